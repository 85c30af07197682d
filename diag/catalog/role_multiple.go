package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Several roles: AWS asks which.
var roleMultiple = &rule.Rule{
	ID: "role-multiple", Title: "Several roles are sent; AWS asks which to take",
	Hop: evidence.HopSignIn, Severity: rule.Info, Connect: true,
	Needs: evidence.NeedAssertion, Uses: evidence.NeedCapture | evidence.NeedTrail,
	Why:   `With several role pairs AWS shows a page on which one has to be chosen, and posts the response again with that choice. Amazon Connect uses one role for federation: an agent who chooses another one ends without access, and one who takes long to choose runs into the five minutes in which the response has to be redeemed.`,
	Refs:  []string{pageAssertions, pageConnectSAML},
	Check: checkRoleMultiple,
	Fix:   fixRoleMultiple,
}

func checkRoleMultiple(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	var f rule.Finding
	for _, p := range cl.Pairs {
		if k := p.RoleARN + "," + p.ProviderARN; p.OK && !seen[k] {
			seen[k] = true
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "role", At: p.Value.At, Saw: p.RoleARN})
		}
	}
	if len(seen) < 2 {
		return nil
	}
	f.At = f.Evidence[0].At
	f.Summary = fmt.Sprintf("The assertion offers %d roles, so AWS shows its role picker", len(seen))
	if p, ok := cl.Chosen(c); ok {
		f.Summary += "; " + quote(p.Role.Name()) + " was taken"
	}
	return one(f)
}

func fixRoleMultiple(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Send one role from the tile for Amazon Connect",
		Who:     rule.IdPAdmin,
		Setting: idp.Role,
		Steps:   []string{"Give Amazon Connect an application of its own at the IdP whose Role attribute has one value, apart from the one for the AWS console."},
	}}
}
