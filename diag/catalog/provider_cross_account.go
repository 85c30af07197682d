package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A SAML provider is known only in its own account.
var providerCrossAccount = &rule.Rule{
	ID: "provider-cross-account", Title: "The trust policy names another account's provider",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Why: "A SAML provider can be trusted only by roles of the account it is in. Every account needs a provider of its own, made of the " +
		"same IdP metadata, or the users go through IAM Identity Center.",
	Refs:     []string{pageProviders, pageTroubleshoot},
	Eclipses: []string{"trust-principal"},
	Check: func(c evidence.Case) []rule.Finding {
		if toCenter(c) || elsewhere(c) {
			return nil
		}
		shut := admission.Failing(c)
		for _, d := range admission.Doors(c) {
			cs := d.Verdict.Of(policy.ClassCrossAccount)
			if len(cs) == 0 {
				continue
			}
			x := cs[0]
			f := roleFinding(d, x, fmt.Sprintf("The trust policy of %s in account %s names %s, which is another account's provider",
				d.Pair.Role.Name(), d.Pair.Role.Account, quote(x.Saw())), "Principal")
			f.Evidence[0].Want = "arn:" + string(d.Pair.Role.Partition) + ":iam::" + d.Pair.Role.Account + ":saml-provider/…"
			if len(shut) == 0 {
				// The sign-in at hand is admitted by another principal.
				f.Severity = rule.Warning
			}
			return one(f)
		}
		return nil
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, ok := admission.Chosen(c)
		if !ok {
			return nil
		}
		name := d.Pair.Provider.Name()
		f := mendTrust(c, "Give the role's account its own provider and trust that one",
			[]string{"Create the provider in the role's account from the IdP's metadata", "Name the new provider in the trust policy and in the IdP's Role value"},
			func(doc string, d admission.Door) (string, error) {
				cs := d.Verdict.Of(policy.ClassCrossAccount)
				if len(cs) == 0 {
					return doc, nil
				}
				own := "arn:" + string(d.Pair.Role.Partition) + ":iam::" + d.Pair.Role.Account + ":saml-provider/" + name
				return policy.ReplacePrincipal(doc, nearestStatement(d), cs[0].Saw(), own)
			})
		create := rule.AWS("iam", "create-saml-provider", "--name", name, "--saml-metadata-document", "file://metadata.xml")
		f.Commands = append([]rule.Command{create.Noting("in account " + d.Pair.Role.Account)}, f.Commands...)
		return []rule.Fix{f}
	},
}
