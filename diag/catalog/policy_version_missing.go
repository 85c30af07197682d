package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// ${aws:userid} is a variable only in the newer policy language.
var policyVersionMissing = &rule.Rule{
	ID: "policy-version-missing", Title: "${aws:userid} needs policy version 2012-10-17",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgConnectDenied, msgPolicyDenied}, Predicts: msgConnectDenied,
	Needs: evidence.NeedAssertion | evidence.NeedPermissions,
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedGuardrails | evidence.NeedCapture,
	Lacks: federationLacks,
	Why: "Variables such as ${aws:userid} are replaced only in documents that say \"Version\": \"2012-10-17\". Without it, or with the " +
		"older version, the text is taken as it stands and no resource is ever called that.",
	Refs:     []string{"https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html", pageConnectSAML},
	Eclipses: []string{"federation-resource-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		cs := federationCauses(c, policy.ClassVersion)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		return one(rule.Finding{
			At: permissionSpot(x), Inferred: c.Live.Permissions.Inferred,
			Summary:  fmt.Sprintf("A policy of %s uses a variable without \"Version\": \"2012-10-17\", so the variable is taken as plain text", theRole(c)),
			Evidence: []rule.Exhibit{{What: "Version", At: permissionSpot(x), Saw: orNothing(x), Want: policy.Version2012}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		cs := federationCauses(c, policy.ClassVersion)
		if len(cs) > 0 {
			f, ok := editFix(c, cs[0], "Give the policy its version", func(doc string, _ int) (string, error) { return policy.SetVersion(doc) })
			if ok {
				return []rule.Fix{f, grantFix(c)}
			}
		}
		return []rule.Fix{grantFix(c)}
	},
}

func orNothing(x policy.Cause) string {
	if len(x.Miss.Got) == 0 {
		return "no Version element"
	}
	return x.Miss.Got[0]
}
