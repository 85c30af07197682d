package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The trust policy allows something else than sts:AssumeRoleWithSAML.
var trustAction = &rule.Rule{
	ID: "trust-action", Title: "The trust policy does not allow AssumeRoleWithSAML",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Why: "The trust policy has to allow sts:AssumeRoleWithSAML to the provider. sts:AssumeRole and sts:AssumeRoleWithWebIdentity " +
		"are other actions and let nobody in by SAML.",
	Refs: []string{pageTroubleshoot, pageAssumeRole},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassAction)
		if len(cs) == 0 {
			return nil
		}
		f := roleFinding(d, cs[0], fmt.Sprintf("The trust policy of %s allows %s, not %s",
			d.Pair.Role.Name(), quote(cs[0].Want()), policy.AssumeRoleWithSAML), "Action")
		f.Evidence[0].Saw, f.Evidence[0].Want = cs[0].Want(), policy.AssumeRoleWithSAML
		if cs[0].Place == nil {
			f.Summary = fmt.Sprintf("No statement of %s's trust policy allows %s", d.Pair.Role.Name(), policy.AssumeRoleWithSAML)
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{mendTrust(c, "Allow sts:AssumeRoleWithSAML in the trust policy",
			[]string{"Add sts:AssumeRoleWithSAML to the Action of the statement for this provider"},
			func(doc string, d admission.Door) (string, error) {
				return policy.AddAction(doc, nearestStatement(d), policy.AssumeRoleWithSAML)
			})}
	},
}
