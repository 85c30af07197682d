package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Role and provider of different accounts.
var roleAccountMismatch = &rule.Rule{
	ID: "role-account-mismatch", Title: "Role and provider are of different accounts",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgDenied, msgInvalid, msgNoProvider, msgBareDenied, msgUnknownError},
	Needs:    evidence.NeedAssertion,
	Why:      `A role trusts a SAML provider of its own account: each account that is signed in to needs a provider of its own, made from the same metadata. A pair whose two ARNs name different accounts joins a role with a provider that it cannot trust. It is typical of a value copied from another account in which only one ARN was changed.`,
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageProviders, pageAssertions},
	Check:    checkRoleAccountMismatch,
	Fix:      fixRoleAccountMismatch,
}

func checkRoleAccountMismatch(c evidence.Case) []rule.Finding {
	return unlike(c, func(p claims.Pair) (string, string) { return p.Role.Account, p.Provider.Account },
		"The role is in account ", ", its provider in account ")
}

// unlike finds the pairs whose role and provider differ in some part.
func unlike(c evidence.Case, part func(claims.Pair) (role, provider string), role, provider string) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	bad := func(p claims.Pair) bool {
		x, y := part(p)
		return p.OK && x != y
	}
	var f rule.Finding
	for _, p := range cl.Pairs {
		if !bad(p) {
			continue
		}
		x, y := part(p)
		if len(f.Evidence) == 0 {
			f.At, f.Summary = p.Value.At, role+x+provider+y
		}
		f.Evidence = append(f.Evidence,
			rule.Exhibit{What: "role", At: p.Value.At, Saw: p.RoleARN, Want: ""},
			rule.Exhibit{What: "provider", At: p.Value.At, Saw: p.ProviderARN, Want: "a provider beside the role"})
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	f.Severity = weigh(c, cl, bad)
	return one(f)
}

func fixRoleAccountMismatch(c evidence.Case, f rule.Finding) []rule.Fix {
	fixes := fixRole(c, f)
	return append(fixes, rule.Fix{
		Title: "Or make a provider in the role's account",
		Who:   rule.AWSAdmin,
		Steps: []string{"Where the role's account has no provider yet, create one from the IdP's metadata and let the role trust it."},
		Commands: []rule.Command{
			rule.AWS("iam", "create-saml-provider", "--name", "<provider-name>", "--saml-metadata-document", "file://metadata.xml").Noting("in the role's account"),
		},
		Undo:        []rule.Command{rule.AWS("iam", "delete-saml-provider", "--saml-provider-arn", "arn:"+string(partition(c))+":iam::"+account(c)+":saml-provider/<provider-name>")},
		Consequence: "Whoever the IdP signs for can then be let in by roles of that account which trust the provider.",
	})
}
