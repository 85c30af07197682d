package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// Session tags need an action of their own.
var trustTagSession = &rule.Rule{
	ID: "trust-tag-session", Title: "The assertion carries tags, the role does not allow them",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Why: "An assertion with a PrincipalTag attribute asks for a tagged session, and that needs sts:TagSession in the trust policy " +
		"beside sts:AssumeRoleWithSAML. Without it the whole sign-in is refused, not the tags alone.",
	Refs: []string{pageSessionTags, pageTroubleshoot},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassTagSession)
		if len(cs) == 0 {
			return nil
		}
		cl, _, _ := federated(c)
		f := roleFinding(d, cs[0], fmt.Sprintf("The assertion carries %s, and the trust policy of %s does not allow %s",
			count(len(cl.Tags), "session tag", "session tags"), d.Pair.Role.Name(), policy.TagSession), "Action")
		f.Evidence[0].Want = policy.TagSession
		if f.Evidence[0].Saw = cs[0].Want(); f.Evidence[0].Saw == "" {
			f.Evidence[0].Saw = "nothing that allows it"
		}
		for _, t := range cl.Tags {
			f.Evidence = append(f.Evidence, shown("attribute", t.Attribute.Name, ""))
			f.Also = append(f.Also, t.Attribute.At)
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{
			mendTrust(c, "Allow sts:TagSession in the trust policy", []string{"Add sts:TagSession to the Action of the statement for this provider"},
				func(doc string, d admission.Door) (string, error) {
					return policy.AddAction(doc, nearestStatement(d), policy.TagSession)
				}),
			{
				Title: "Stop sending session tags", Who: rule.IdPAdmin, Setting: idp.SessionTags,
				Steps: []string{"Remove the PrincipalTag attributes, if nothing in AWS decides by them"},
			},
		}
	},
}
