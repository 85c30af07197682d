package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The permission is there, for another instance.
var federationResourceMismatch = &rule.Rule{
	ID: "federation-resource-mismatch", Title: "The permission is for another resource",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgConnectDenied, msgPolicyDenied}, Predicts: msgConnectDenied,
	Needs: evidence.NeedAssertion | evidence.NeedPermissions,
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedGuardrails | evidence.NeedCapture,
	Lacks: federationLacks,
	Why: "The Resource of the statement has to match this instance: Region, account and instance ID, and after that /user/… or *. " +
		"AWS's sample policies name instance/ID/user/${aws:userid}; the service's action table names instance/ID. Either is taken here.",
	Refs: []string{pageConnectSAML, pageConnectHelp},
	Check: func(c evidence.Case) []rule.Finding {
		cs := federationCauses(c, policy.ClassResource)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		f := rule.Finding{At: permissionSpot(x), Inferred: c.Live.Permissions.Inferred}
		f.Summary = fmt.Sprintf("%s may call %s on %s, not on this instance", theRole(c), policy.GetFederationToken, list(quoted(x.Miss.Wanted)))
		if len(x.Differs) > 0 {
			f.Summary += ": another " + strings.Join(x.Differs, ", another ")
		}
		want := instanceARN(c) + "/user/${aws:userid}"
		f.Evidence = []rule.Exhibit{{What: "Resource", At: permissionSpot(x), Saw: nearestTo(want, x.Miss.Wanted), Want: want}}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		cs := federationCauses(c, policy.ClassResource)
		if len(cs) > 0 && cs[0].By == policy.ByIdentity {
			f, ok := editFix(c, cs[0], "Name this instance in the policy", func(doc string, n int) (string, error) {
				return policy.AddResource(doc, n, instanceARN(c)+"/user/${aws:userid}")
			})
			if ok {
				return []rule.Fix{f, grantFix(c)}
			}
		}
		return []rule.Fix{grantFix(c)}
	},
}
