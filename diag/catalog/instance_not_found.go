package catalog

import (
	"cmp"
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The relay state names an instance that the account does not have.
var instanceNotFound = &rule.Rule{
	ID: "instance-not-found", Title: "The account has no such Connect instance",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgBadRequest, msgConnectDenied, msgNoResource},
	Needs:    evidence.NeedInstance,
	Uses:     evidence.NeedInstances | evidence.NeedCapture,
	Why: "The federate URL names the instance by its ID. An ID that the Region and account do not have, after an instance was deleted or " +
		"copied from a test set-up, leads nowhere.",
	Inferred: "Which page AWS shows for an unknown instance is not documented.",
	Refs:     []string{pageConnectSAML, "https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeInstance.html"},
	Eclipses: []string{"relay-state-region"},
	Check: func(c evidence.Case) []rule.Finding {
		id, v := admission.Instance(c), c.Capture.Value.RelayState.Value
		if id == "" {
			return nil
		}
		if _, listed := theInstance(c, id); listed {
			return nil // relay-state-region tells of an instance that is elsewhere
		}
		f := rule.Finding{At: v.At, Evidence: []rule.Exhibit{{What: "instance ID", At: v.At, Saw: id}}}
		i, known := c.Live.Instance.Get()
		switch {
		case c.Live.Instance.State == evidence.Absent:
			f.Summary = fmt.Sprintf("There is no Connect instance %s in %s", id, cmp.Or(admission.Region(c), "the Region that was asked"))
		case known && i.ID != "" && !strings.EqualFold(i.ID, id):
			f.Summary = fmt.Sprintf("The sign-in is for instance %s, the instance given is %s (%s)", id, instanceName(i), i.ID)
			f.Evidence[0].Want = i.ID
			f.Inferred = c.Live.Instance.Inferred
		default:
			return nil
		}
		if !f.At.Known() {
			f.At = evidence.Spot{In: evidence.InInstance, Path: id}
			f.Evidence[0].At = f.At
		}
		for _, x := range c.Live.Instances.Value {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "instance " + instanceName(x), At: evidence.Spot{In: evidence.InInstance, Path: x.ARN}, Saw: x.ID})
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		f := relayFix(c)
		f.Steps = []string{"Take the ID from the instance's ARN on its overview page, behind “instance/”", "Set the relay state to the federate URL with that ID"}
		list := rule.AWS("connect", "list-instances", "--query", "InstanceSummaryList[].[Id,InstanceAlias,IdentityManagementType]", "--output", "table")
		if r := admission.Region(c); r != "" {
			list.Argv = append(list.Argv, "--region", r)
		}
		f.Commands = []rule.Command{list.Noting("the instances there are in the Region")}
		return []rule.Fix{f}
	},
}
