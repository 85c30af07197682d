package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The role trusts another provider than the one the assertion came through.
var trustPrincipal = &rule.Rule{
	ID: "trust-principal", Title: "The role does not trust this SAML provider",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Why: "STS lets a provider's users into a role only where the role's trust policy names that provider's ARN as a Federated principal. " +
		"The ARN is compared whole: account, name and case.",
	Refs:     []string{pageTroubleshoot, pageProviders},
	Eclipses: []string{"trust-condition"},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassPrincipal)
		if len(cs) == 0 {
			return nil
		}
		f := roleFinding(d, cs[0], fmt.Sprintf("The trust policy of %s names %s, the assertion came through %s",
			d.Pair.Role.Name(), quote(cs[0].Want()), quote(d.Pair.ProviderARN)), "Principal")
		f.Evidence[0].Saw, f.Evidence[0].Want = cs[0].Want(), d.Pair.ProviderARN
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{
			mendTrust(c, "Name this provider in the trust policy",
				[]string{"Add the provider's ARN to the Federated principals of the statement, if this IdP is meant to use this role"},
				func(doc string, d admission.Door) (string, error) {
					return policy.AddPrincipal(doc, nearestStatement(d), d.Pair.ProviderARN)
				}),
			{
				Title: "Send the provider that the role trusts", Who: rule.IdPAdmin, Setting: idp.Role,
				Steps: []string{"Set the provider half of the Role value to the provider in the trust policy, if the trust policy is right"},
			},
		}
	},
}
