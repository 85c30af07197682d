package catalog

import (
	"fmt"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A source identity needs an action of its own.
var trustSourceIdentity = &rule.Rule{
	ID: "trust-source-identity", Title: "A source identity is sent, the role does not allow it",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "An assertion with a SourceIdentity attribute needs sts:SetSourceIdentity in the trust policy beside " +
		"sts:AssumeRoleWithSAML. Without it the sign-in is refused.",
	Inferred: inferredUnknown,
	Refs:     []string{pageSource, pageTroubleshoot},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassSourceIdentity)
		if len(cs) == 0 {
			return nil
		}
		f := roleFinding(d, cs[0], fmt.Sprintf("The assertion carries a SourceIdentity, and the trust policy of %s does not allow %s",
			d.Pair.Role.Name(), policy.SetSourceIdentity), "Action")
		f.Evidence = actionExhibits(d, cs[0], policy.SetSourceIdentity)
		cl, _, _ := federated(c)
		if v, ok := claims.First(cl.Source); ok {
			f.Evidence = append(f.Evidence, shown("SourceIdentity", v.Text, ""))
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassSourceIdentity)
		return []rule.Fix{
			mendTrust(d, policy.ClassSourceIdentity, "Allow sts:SetSourceIdentity in the trust policy", []string{"Add sts:SetSourceIdentity to the Action of the statement for this provider"},
				inStatement(cs, func(doc string, n int, _ policy.Cause) (string, error) {
					return policy.AddAction(doc, n, policy.SetSourceIdentity)
				}), admitting(d, samlAud(c))),
			{
				Title: "Stop sending a source identity", Who: rule.IdPAdmin, Setting: idp.SourceIdentity,
				Steps: []string{"Remove the SourceIdentity attribute, if nothing in AWS decides by it"},
			},
		}
	},
}
