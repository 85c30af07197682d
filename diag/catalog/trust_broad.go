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
	Lacks: trustLacks,
	Why: "SAML:aud ties a response to the endpoint it was made for. Without the condition, a response that the IdP made for another " +
		"service provider under the same signing key is not told apart by the trust policy.",
	Refs: []string{pageKeys, pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		d, x, ok := broadDoor(c)
		if !ok {
			return nil
		}
		f := roleFinding(d, x, fmt.Sprintf("The trust policy of %s admits any response of %s, whichever endpoint it was made for",
			d.Pair.Role.Name(), d.Pair.Provider.Name()), "Condition")
		f.Evidence[0].Saw, f.Evidence[0].Want = "none that ties it to SAML:aud", samlAud(c)
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, x, ok := broadDoor(c)
		if !ok {
			return nil
		}
		return []rule.Fix{mendTrust(d, policy.ClassBroad, "Add a condition on SAML:aud",
			[]string{"Tie the statement to SAML:aud, with every endpoint that the IdP posts to as a value: " + samlAud(c)},
			inStatement([]policy.Cause{x}, func(doc string, n int, _ policy.Cause) (string, error) {
				return policy.AddCondition(doc, n, "StringEquals", "SAML:aud", samlAud(c))
			}))}
	},
}

// broadDoor returns a role that lets this sign-in in and whose trust policy
// does not ask which endpoint the response was made for.
func broadDoor(c evidence.Case) (admission.Door, policy.Cause, bool) {
	if toCenter(c) || elsewhere(c) {
		return admission.Door{}, policy.Cause{}, false
	}
	for _, d := range admission.Doors(c) {
		if cs := d.Verdict.Of(policy.ClassBroad); d.Opens() && len(cs) > 0 {
			return d, cs[0], true
		}
	}
	return admission.Door{}, policy.Cause{}, false
}
