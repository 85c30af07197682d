package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The trust policy asks for something that no SAML sign-in can have.
var trustImpossibleCondition = &rule.Rule{
	ID: "trust-impossible-condition", Title: "The trust policy asks for what no SAML call carries",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "AssumeRoleWithSAML is an unsigned call: it carries what the assertion says and nothing of a caller. A condition on a key " +
		"such as aws:MultiFactorAuthPresent can then never hold, and the statement lets nobody in. A second factor is enforced at the IdP.",
	Inferred: inferredUnknown,
	Refs:     []string{pageKeys, pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassImpossible)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		f := roleFinding(d, x, fmt.Sprintf("The trust policy of %s asks for %s, which a SAML sign-in never carries: %s",
			d.Pair.Role.Name(), x.Miss.Key, x.Why), x.Miss.Operator+" "+x.Miss.Key)
		f.Evidence[0].Saw = "not in the request"
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassImpossible)
		return []rule.Fix{mendTrust(d, policy.ClassImpossible, "Take the condition out of the trust policy",
			[]string{
				"Enforce at the IdP what the condition was meant for (a second factor, say): without it no assertion is issued",
				"Remove the condition from the statement for this provider",
			},
			inStatement(cs, func(doc string, n int, x policy.Cause) (string, error) {
				return policy.RemoveCondition(doc, n, x.Miss.Operator, x.Miss.Key)
			}))}
	},
}
