package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A Role attribute without a value.
var roleEmpty = &rule.Rule{
	ID: "role-empty", Title: "The Role attribute has no value",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgValidation}, Predicts: msgInvalid,
	Needs: evidence.NeedAssertion,
	Why:   `The Role attribute is there, but it holds no AttributeValue, or only empty ones. The mapping at the IdP works and yields nothing for this user: no group that stands for a role, no app role assigned, an empty directory field.`,
	Refs:  []string{pageTroubleshoot, pageAssertions},
	Check: checkRoleEmpty,
	Fix:   fixRole,
}

func checkRoleEmpty(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok || len(cl.Role) == 0 {
		return nil
	}
	empty := 0
	f := rule.Finding{At: cl.Role[0].At}
	for _, p := range cl.Pairs {
		if strip(p.Value.Value) == "" {
			empty++
			f.Evidence = append(f.Evidence, shown("Role", p.Value.Text, samplePair(c)))
		}
	}
	switch {
	case len(cl.Pairs) == 0:
		f.Summary = "The Role attribute holds no AttributeValue"
		f.Evidence = []rule.Exhibit{{What: "Role", At: f.At, Saw: "no AttributeValue", Want: samplePair(c)}}
	case empty == len(cl.Pairs):
		f.Summary = "The Role attribute's value is empty"
	case empty > 0:
		f.At = f.Evidence[0].At
		f.Severity = rule.Warning
		f.Summary = "Of the Role attribute's " + count(len(cl.Pairs), "value", "values") + " " + count(empty, "is empty", "are empty")
	default:
		return nil
	}
	return one(f)
}
