package catalog

import (
	"errors"
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The federation role should do one thing.
var federationPolicyBroad = &rule.Rule{
	ID: "federation-policy-broad", Title: "The role may do more than open this instance",
	Hop: evidence.HopFederate, Severity: rule.Warning, Connect: true,
	Needs: evidence.NeedAssertion | evidence.NeedPermissions,
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedGuardrails | evidence.NeedCapture,
	Lacks: federationLacks,
	Why: "Agents need connect:GetFederationToken on one instance and nothing else. With a wildcard every agent can open other " +
		"instances of the account, or more.",
	Refs: []string{pageConnectSAML},
	Check: func(c evidence.Case) []rule.Finding {
		v, ok := admission.Federate(c)
		if !ok {
			return nil
		}
		cs := v.Of(policy.ClassBroad)
		if v.Outcome != policy.Allowed || len(cs) == 0 {
			return nil
		}
		x := cs[0]
		saw := statementName(x)
		if len(x.Miss.Wanted) > 0 {
			saw = strings.Join(x.Miss.Got, ", ") + " on " + strings.Join(x.Miss.Wanted, ", ")
		}
		return one(rule.Finding{
			At: permissionSpot(x), Inferred: c.Live.Permissions.Inferred,
			Summary:  fmt.Sprintf("%s of %s allows more than opening this instance%s", statementName(x), theRole(c), behind(": ", x.Why)),
			Evidence: []rule.Exhibit{{What: "allowed", At: permissionSpot(x), Saw: saw, Want: policy.GetFederationToken + " on " + instanceARN(c)}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		v, _ := admission.Federate(c)
		if cs := v.Of(policy.ClassBroad); len(cs) > 0 {
			f, ok := editFix(c, cs[0], "Narrow the policy to this instance", func(doc string, n int) (string, error) {
				if len(cs[0].Miss.Wanted) != 1 {
					return doc, errors.New("more than one resource")
				}
				return policy.ReplaceResource(doc, n, cs[0].Miss.Wanted[0], instanceARN(c)+"/user/${aws:userid}")
			})
			if ok {
				f.Consequence = "whoever uses the policy for other instances loses that"
				return []rule.Fix{f}
			}
		}
		f := grantFix(c)
		f.Title = "Give the role a policy of what federation needs, and take the broad one away"
		f.Change = nil // it leaves the broad one to be taken away by hand
		f.Steps = []string{"Save a policy that allows " + policy.GetFederationToken + " on " + instanceARN(c) + "/user/${aws:userid} as connect-federation.json"}
		f.Steps = append(f.Steps, "Once agents sign in by it, detach the broad policy: what else it allows goes with it")
		return []rule.Fix{f}
	},
}
