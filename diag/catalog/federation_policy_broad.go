package catalog

import (
	"fmt"

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
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedCapture,
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
		if w := x.Want(); w != "" {
			saw = w
		}
		return one(rule.Finding{
			At:       permissionSpot(x),
			Summary:  fmt.Sprintf("%s of %s allows more than opening this instance%s", statementName(x), theRole(c), colon(x.Why)),
			Evidence: []rule.Exhibit{{What: "allowed", At: permissionSpot(x), Saw: saw, Want: policy.GetFederationToken + " on " + instanceARN(c)}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		f := grantFix(c)
		f.Title = "Give the role only what federation needs"
		f.Steps = append(f.Steps, "Once agents sign in by it, detach the broad policy")
		return []rule.Fix{f}
	},
}

func colon(s string) string {
	if s == "" {
		return ""
	}
	return ": " + s
}
