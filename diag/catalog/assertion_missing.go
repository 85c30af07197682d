package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// A response without an assertion.
var assertionMissing = &rule.Rule{
	ID: "assertion-missing", Title: "The response holds no assertion",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Explains: []string{msgCenterOne},
	Needs:    evidence.NeedResponse,
	Why:      `The response is one of SAML 2.0, but there is neither an Assertion nor an EncryptedAssertion in it. Roles, session name and subject all stand in the assertion: without one there is nothing for AWS to redeem.`,
	Inferred: "Which text is shown is not documented; the one on exactly one assertion is IAM Identity Center’s.",
	Refs:     []string{pageAssertions, pageSAMLProfiles},
	Check:    checkAssertionMissing,
	Fix:      fixAssertionMissing,
}

func checkAssertionMissing(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || len(r.Assertions)+len(r.Encrypted) > 0 || wrongMessage(c) != "" {
		return nil
	}
	f := rule.Finding{
		Summary:  "The response holds neither an Assertion nor an EncryptedAssertion",
		At:       r.At,
		Evidence: []rule.Exhibit{{What: "assertions in the response", At: r.At, Saw: "none", Want: "one"}},
	}
	if r.Status.Success() {
		f.Summary += ", although its status is Success"
	}
	return one(f)
}

func fixAssertionMissing(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Let the IdP send the assertion in the response itself",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps: []string{
			"Use the browser POST binding; the artifact binding sends a reference, which AWS does not follow.",
			"See in the IdP's log why it issued no assertion for this user.",
		},
	}}
}
