package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// Without SAML:aud a response made for another service opens this role too.
var trustBroad = &rule.Rule{
	ID: "trust-broad", Title: "The trust policy has no condition on SAML:aud",
	Hop: evidence.HopTrust, Severity: rule.Warning,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Why: "SAML:aud ties a response to the endpoint it was made for. Without the condition, a response that the IdP made for another " +
		"service provider under the same signing key is not told apart by the trust policy.",
	Refs: []string{pageKeys, pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		if toCenter(c) || elsewhere(c) {
			return nil
		}
		for _, d := range admission.Doors(c) {
			if cs := d.Verdict.Of(policy.ClassBroad); d.Opens() && len(cs) > 0 {
				f := roleFinding(d, cs[0], fmt.Sprintf("The trust policy of %s admits any response of %s, whichever endpoint it was made for",
					d.Pair.Role.Name(), d.Pair.Provider.Name()), "Condition")
				f.Evidence[0].Saw, f.Evidence[0].Want = "none on SAML:aud", ownACS(c)
				return one(f)
			}
		}
		return nil
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{mendTrust(c, "Add a condition on SAML:aud",
			[]string{"Add \"Condition\": {\"StringEquals\": {\"SAML:aud\": [\"" + ownACS(c) + "\"]}} to the statement, with every endpoint that the IdP posts to"}, nil)}
	},
}
