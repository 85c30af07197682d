package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Provider first, role second.
var roleOrder = &rule.Rule{
	ID: "role-order", Title: "The pair is written provider first",
	Hop: evidence.HopSignIn, Severity: rule.Info,
	Explains: []string{msgRequestARN},
	Needs:    evidence.NeedAssertion,
	Why:      `AWS documents a Role value as role ARN, comma, provider ARN. The other order is met in working sign-ins, and breaks nothing in the browser as far as is known. Programs that read the pair themselves and call the API may take the first ARN for the role, and STS answers “Request ARN is invalid”.`,
	Inferred: "That AWS sign-in takes both orders rests on what clients have met, not on a document.",
	Refs:     []string{pageAssertions},
	Check:    checkRoleOrder,
	Fix:      fixRole,
}

func checkRoleOrder(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	var f rule.Finding
	for _, p := range cl.Pairs {
		if !p.OK || !p.Swapped {
			continue
		}
		if len(f.Evidence) == 0 {
			f.At = p.Value.At
			f.Summary = "The Role value names the provider " + quote(p.Provider.Name()) + " before the role " + quote(p.Role.Name()) + "; AWS documents the role first"
		}
		f.Evidence = append(f.Evidence, shown("Role", p.Value.Text, p.RoleARN+","+p.ProviderARN))
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return one(f)
}
