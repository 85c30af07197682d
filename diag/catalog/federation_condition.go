package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A condition of the permission does not hold.
var federationCondition = &rule.Rule{
	ID: "federation-condition", Title: "A condition of the permission does not hold",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgConnectDenied, msgPolicyDenied}, Predicts: msgConnectDenied,
	Needs: evidence.NeedAssertion | evidence.NeedPermissions,
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedGuardrails | evidence.NeedCapture,
	Lacks: federationLacks,
	Why:   "The statement allows connect:GetFederationToken only under a condition, such as connect:InstanceId being a given instance.",
	Refs:  []string{pageConnectSAML, "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html"},
	Check: func(c evidence.Case) []rule.Finding {
		cs := federationCauses(c, policy.ClassCondition)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		return one(rule.Finding{
			At: permissionSpot(x), Inferred: c.Live.Permissions.Inferred,
			Summary:  fmt.Sprintf("The permission of %s wants %s to be %s, the call has %s", theRole(c), x.Miss.Key, wanted(x), quoteOrNothing(x)),
			Evidence: []rule.Exhibit{conditionExhibit(x, permissionSpot(x))},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		cs := federationCauses(c, policy.ClassCondition)
		if len(cs) > 0 && cs[0].By == policy.ByIdentity && !cs[0].Miss.Negated && len(cs[0].Miss.Got) > 0 {
			f, ok := editFix(c, cs[0], "Let the condition take this value as well", func(doc string, n int) (string, error) {
				return policy.AddConditionValue(doc, n, cs[0].Miss.Operator, cs[0].Miss.Key, cs[0].Miss.Got[0])
			})
			if ok {
				return []rule.Fix{f, grantFix(c)}
			}
		}
		return []rule.Fix{grantFix(c)}
	},
}
