package catalog

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A role of IAM Identity Center's own.
var roleReservedSSO = &rule.Rule{
	ID: "role-reserved-sso", Title: "The role belongs to IAM Identity Center",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgDenied, msgInvalid, msgBareDenied, msgUnknownError, msgProtected},
	Needs:    evidence.NeedAssertion,
	Why: `Roles named AWSReservedSSO_… are made and kept by IAM Identity Center for its permission sets. They trust only the provider that Identity Center makes beside them, AWSSSO_…_DO_NOT_DELETE, and nobody else can change them. An IdP that names such a role with a provider of its own is refused, and the trust policy cannot be corrected: “this role is only modifiable by AWS”.

Where Identity Center itself issued the response for its own provider, all is as it should be.`,
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageAssumeRole, pageCenterHelp},
	Check:    checkRoleReservedSSO,
	Fix:      fixRoleReservedSSO,
}

func checkRoleReservedSSO(c evidence.Case) []rule.Finding {
	cl, a, ok := federated(c)
	if !ok {
		return nil
	}
	reserved := func(p claims.Pair) bool { return p.OK && strings.HasPrefix(p.Role.Resource, reservedPath) }
	own := func(p claims.Pair) bool {
		name := p.Provider.Name()
		return strings.HasPrefix(name, "AWSSSO_") && strings.HasSuffix(name, "_DO_NOT_DELETE") && strings.Contains(a.Issuer.Value, "portal.sso.")
	}
	var f rule.Finding
	foreign := false
	for _, p := range cl.Pairs {
		if !reserved(p) || foreign && own(p) {
			continue
		}
		if len(f.Evidence) == 0 || !foreign && !own(p) {
			foreign = !own(p)
			f = rule.Finding{At: p.Value.At, Summary: "The role " + quote(p.Role.Name()) + " belongs to IAM Identity Center, which issued this response for its own provider"}
			if foreign {
				f.Summary = "The role " + quote(p.Role.Name()) + " belongs to IAM Identity Center and trusts only Identity Center's own provider, not " + quote(p.Provider.Name())
			}
		}
		f.Evidence = append(f.Evidence,
			rule.Exhibit{What: "role", At: p.Value.At, Saw: p.RoleARN},
			rule.Exhibit{What: "provider", At: p.Value.At, Saw: p.ProviderARN, Want: "AWSSSO_…_DO_NOT_DELETE"},
			shown("issuer", a.Issuer, "https://portal.sso.<region>.amazonaws.com/saml/assertion/…"))
	}
	switch {
	case len(f.Evidence) == 0:
		return nil
	case !foreign:
		f.Severity = rule.Info
	default:
		f.Severity = weigh(c, cl, func(p claims.Pair) bool { return reserved(p) && !own(p) })
	}
	return one(f)
}

func fixRoleReservedSSO(c evidence.Case, f rule.Finding) []rule.Fix {
	if f.Severity == rule.Info {
		return nil
	}
	fixes := fixRole(c, f)
	fixes[0].Title = "Let the IdP name a role of your own"
	fixes[0].Commands = nil
	fixes[0].Steps = append([]string{"Make a role for SAML federation that trusts your IdP's provider, give it the permissions that are needed, and send its ARN."}, fixes[0].Steps...)
	return fixes
}
