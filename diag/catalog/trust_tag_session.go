package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// Session tags need an action of their own.
var trustTagSession = &rule.Rule{
	ID: "trust-tag-session", Title: "The assertion carries tags, the role does not allow them",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "An assertion with a PrincipalTag attribute asks for a tagged session, and that needs sts:TagSession in the trust policy " +
		"beside sts:AssumeRoleWithSAML. Without it the whole sign-in is refused, not the tags alone.",
	Inferred: inferredUnknown,
	Refs:     []string{pageSessionTags, pageTroubleshoot},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassTagSession)
		if len(cs) == 0 {
			return nil
		}
		cl, _, _ := federated(c)
		f := roleFinding(d, cs[0], fmt.Sprintf("The assertion carries %s, and the trust policy of %s does not allow %s",
			count(len(cl.Tags), "session tag", "session tags"), d.Pair.Role.Name(), policy.TagSession), "Action")
		f.Evidence = actionExhibits(d, cs[0], policy.TagSession)
		for _, t := range cl.Tags {
			f.Evidence = append(f.Evidence, shown("attribute", t.Attribute.Name, ""))
			f.Also = append(f.Also, t.Attribute.At)
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassTagSession)
		return []rule.Fix{
			mendTrust(d, policy.ClassTagSession, "Allow sts:TagSession in the trust policy", []string{"Add sts:TagSession to the Action of the statement for this provider"},
				inStatement(cs, func(doc string, n int, _ policy.Cause) (string, error) {
					return policy.AddAction(doc, n, policy.TagSession)
				}), admitting(d, samlAud(c))),
			{
				Title: "Stop sending session tags", Who: rule.IdPAdmin, Setting: idp.SessionTags,
				Steps: []string{"Remove the PrincipalTag attributes, if nothing in AWS decides by them"},
			},
		}
	},
}
