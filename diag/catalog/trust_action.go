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
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "The trust policy has to allow sts:AssumeRoleWithSAML to the provider. sts:AssumeRole and sts:AssumeRoleWithWebIdentity " +
		"are other actions and let nobody in by SAML.",
	Inferred: inferredUnknown,
	Refs:     []string{pageTroubleshoot, pageAssumeRole},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassAction)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		f := roleFinding(d, x, fmt.Sprintf("The trust policy of %s allows %s to this provider, not %s",
			d.Pair.Role.Name(), list(x.Miss.Wanted), policy.AssumeRoleWithSAML), "Action")
		if len(x.Miss.Wanted) == 0 {
			f.Summary = fmt.Sprintf("No statement of %s's trust policy allows %s", d.Pair.Role.Name(), policy.AssumeRoleWithSAML)
		}
		f.Evidence = actionExhibits(d, x, policy.AssumeRoleWithSAML)
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassAction)
		return []rule.Fix{mendTrust(d, policy.ClassAction, "Allow sts:AssumeRoleWithSAML in the trust policy",
			[]string{"Allow sts:AssumeRoleWithSAML to this provider, in the statement that is meant for it or in one of its own"},
			inStatement(cs, func(doc string, n int, _ policy.Cause) (string, error) {
				return policy.AddAction(doc, n, policy.AssumeRoleWithSAML)
			}), admitting(d, samlAud(c)))}
	},
}

// actionExhibits shows the actions that a statement allows in place of the one
// that is needed.
func actionExhibits(d admission.Door, x policy.Cause, want string) []rule.Exhibit {
	saw := nearestTo(want, x.Miss.Wanted)
	if saw == "" {
		saw = "no statement that allows it"
	}
	return []rule.Exhibit{{What: "Action", At: trustSpot(d, x), Saw: saw, Want: want}}
}
