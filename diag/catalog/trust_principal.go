package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The role trusts another provider than the one the assertion came through.
var trustPrincipal = &rule.Rule{
	ID: "trust-principal", Title: "The role does not trust this SAML provider",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "STS lets a provider's users into a role only where the role's trust policy names that provider's ARN as a Federated principal. " +
		"The ARN is compared whole: account, name and case.",
	Inferred: inferredUnknown,
	Refs:     []string{pageTroubleshoot, pageProviders},
	Eclipses: []string{"trust-condition"},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassPrincipal)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		f := roleFinding(d, x, fmt.Sprintf("The trust policy of %s names %s, the assertion came through %s",
			d.Pair.Role.Name(), principals(x), quote(d.Pair.ProviderARN)), "Principal")
		f.Evidence[0].Saw, f.Evidence[0].Want = nearestTo(d.Pair.ProviderARN, x.Miss.Wanted), d.Pair.ProviderARN
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassPrincipal)
		return []rule.Fix{
			mendTrust(d, policy.ClassPrincipal, "Name this provider in the trust policy",
				[]string{"Add the provider's ARN to the Federated principals of the statement, if this IdP is meant to use this role"},
				inStatement(cs, func(doc string, n int, _ policy.Cause) (string, error) {
					return policy.AddPrincipal(doc, n, d.Pair.ProviderARN)
				}), admitting(d, samlAud(c))),
			{
				Title: "Send the provider that the role trusts", Who: rule.IdPAdmin, Setting: idp.Role,
				Steps: []string{"Set the provider half of the Role value to the provider in the trust policy, if the trust policy is right"},
			},
		}
	},
}

// principals says whom a statement names, for a sentence.
func principals(x policy.Cause) string {
	if len(x.Miss.Wanted) == 0 {
		return "no SAML provider"
	}
	return list(quoted(x.Miss.Wanted))
}

// nearestTo is the one of some values that comes nearest to what is sought.
func nearestTo(sought string, values []string) string {
	return nearestWanted(policy.Cause{Miss: policy.Miss{Wanted: values, Got: []string{sought}}})
}
