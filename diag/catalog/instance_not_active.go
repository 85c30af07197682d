package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The instance is not there yet, or was never made.
var instanceNotActive = &rule.Rule{
	ID: "instance-not-active", Title: "The instance is not active",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgBadRequest, msgNotOnboarded, msgConnectDenied},
	Needs:    evidence.NeedInstance,
	Why:      "Agents can sign in only to an instance whose status is ACTIVE.",
	Inferred: "Which text Connect shows then is not documented.",
	Refs:     []string{"https://docs.aws.amazon.com/connect/latest/APIReference/API_Instance.html"},
	Check: func(c evidence.Case) []rule.Finding {
		i, ok := c.Live.Instance.Get()
		if !ok || i.Status == "" || i.Status == "ACTIVE" {
			return nil
		}
		at := evidence.Spot{In: evidence.InInstance, Path: i.ARN}
		f := rule.Finding{
			At: at, Summary: fmt.Sprintf("The instance %s is %s", instanceName(i), i.Status),
			Evidence: []rule.Exhibit{{What: "InstanceStatus", At: at, Saw: i.Status, Want: "ACTIVE"}},
		}
		if i.StatusReason != "" {
			f.Summary += ": " + i.StatusReason
		}
		return one(f)
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Wait for the instance, or have AWS Support look at it", Who: rule.ConnectAdmin,
			Steps: []string{"CREATION_IN_PROGRESS ends by itself; CREATION_FAILED tells its reason and needs a new instance"},
		}}
	},
}
