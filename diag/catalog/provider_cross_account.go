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
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "A SAML provider can be trusted only by roles of the account it is in. Every account needs a provider of its own, made of the " +
		"same IdP metadata, or the users go through IAM Identity Center.",
	Inferred: inferredUnknown,
	Refs:     []string{pageProviders, pageTroubleshoot},
	Eclipses: []string{"trust-principal"},
	Check: func(c evidence.Case) []rule.Finding {
		d, x, ok := foreignDoor(c)
		if !ok {
			return nil
		}
		f := roleFinding(d, x, fmt.Sprintf("The trust policy of %s in account %s names %s, which is another account's provider",
			d.Pair.Role.Name(), d.Pair.Role.Account, quote(x.Saw())), "Principal")
		f.Evidence[0].Saw, f.Evidence[0].Want = x.Saw(), ownProvider(d)
		if len(d.Verdict.Of(policy.ClassPrincipal)) == 0 || len(admission.Failing(c)) == 0 {
			// This sign-in's own provider is named too, or another role lets it in.
			f.Severity = rule.Warning
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, x, ok := foreignDoor(c)
		if !ok {
			return nil
		}
		name := d.Pair.Provider.Name()
		f := mendTrust(d, policy.ClassCrossAccount, "Trust a provider of the role's own account",
			[]string{
				"See that account " + d.Pair.Role.Account + " has a provider of this IdP; if not, create it from the IdP's metadata, saved as metadata.xml",
				"Name that provider in the trust policy, and in the Role value that the IdP sends",
			},
			inStatement([]policy.Cause{x}, func(doc string, n int, x policy.Cause) (string, error) {
				return policy.ReplacePrincipal(doc, n, x.Saw(), ownProvider(d))
			}))
		f.Commands = append([]rule.Command{
			rule.AWS("iam", "list-saml-providers").Noting("in account " + d.Pair.Role.Account),
			rule.AWS("iam", "create-saml-provider", "--name", name, "--saml-metadata-document", "file://metadata.xml").Noting("only if it is not among them"),
		}, f.Commands...)
		return []rule.Fix{f}
	},
}

// foreignDoor returns a role whose trust policy names a provider of another
// account.
func foreignDoor(c evidence.Case) (admission.Door, policy.Cause, bool) {
	if toCenter(c) || elsewhere(c) {
		return admission.Door{}, policy.Cause{}, false
	}
	for _, d := range admission.Doors(c) {
		if cs := d.Verdict.Of(policy.ClassCrossAccount); len(cs) > 0 {
			return d, cs[0], true
		}
	}
	return admission.Door{}, policy.Cause{}, false
}

// ownProvider is the ARN that the sign-in's provider has, or would have, in
// the role's own account.
func ownProvider(d admission.Door) string {
	return "arn:" + string(d.Pair.Role.Partition) + ":iam::" + d.Pair.Role.Account + ":saml-provider/" + d.Pair.Provider.Name()
}
