package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// No Role attribute at all.
var roleMissing = &rule.Rule{
	ID: "role-missing", Title: "The assertion has no Role attribute",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgPair, msgValidation}, Predicts: msgInvalid,
	Needs: evidence.NeedAssertion,
	Why: `AWS sign-in takes the role to assume, and the IAM SAML provider to check the response with, from the attribute https://aws.amazon.com/SAML/Attributes/Role. Without it there is no STS call to make: the page with the general error appears, and CloudTrail shows nothing.

The usual reasons: the user is in no group that the mapping turns into a role, the attribute is not released for this application, or its name is another one.`,
	Inferred: "That no CloudTrail event is written is inferred from there being no call.",
	Refs:     []string{pageTroubleshoot, pageAssertions},
	Check:    checkRoleMissing,
	Fix:      fixRole,
}

func checkRoleMissing(c evidence.Case) []rule.Finding {
	cl, a, ok := federated(c)
	if !ok || len(cl.Role) > 0 {
		return nil
	}
	f := rule.Finding{At: a.At, Summary: "The assertion has no attribute " + quote(claims.Role.Full())}
	switch n := len(a.Attributes); n {
	case 0:
		f.Summary += "; it has no attributes at all"
		f.Evidence = []rule.Exhibit{{What: "attributes", At: a.At, Saw: "none", Want: claims.Role.Full()}}
	default:
		f.At = a.Attributes[0].At
		f.Summary += "; it has " + count(n, "other attribute", "others")
		f.Evidence = []rule.Exhibit{{What: "attributes", At: f.At, Saw: attributeNames(a), Want: claims.Role.Full()}}
		for _, at := range a.Attributes {
			if holdsPair(at) {
				f.Summary += ", and " + quote(at.Name.Value) + " holds what looks like the pair"
				f.Evidence = append(f.Evidence, rule.Exhibit{What: "a pair under another name", At: at.At, Saw: at.Name.Value, Want: claims.Role.Full()})
				break
			}
		}
	}
	return one(f)
}

// attributeNames lists the names of an assertion's attributes, one to a line.
func attributeNames(a evidence.Assertion) string {
	const most = 40
	s := ""
	for i, at := range a.Attributes {
		if i == most {
			return s + ", …"
		}
		if i > 0 {
			s += ", "
		}
		s += at.Name.Value
	}
	return s
}
