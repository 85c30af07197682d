package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The relay state names a Region, or an instance, that the evidence is not of.
var relayStateRegion = &rule.Rule{
	ID: "relay-state-region", Title: "The relay state names another Region than the instance's",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgBadRequest, msgConnectDenied, msgNoResource},
	Needs:    evidence.NeedPosted | evidence.NeedInstance,
	Uses:     evidence.NeedInstances,
	Why: "An instance lives in one Region and is only known there. A relay state that names another Region asks for an instance that " +
		"does not exist there.",
	Inferred: "Which page AWS shows for a wrong Region is not documented.",
	Refs:     []string{pageConnectSAML},
	Check: func(c evidence.Case) []rule.Finding {
		r, ok := admission.Relay(c)
		served := r.ServedFrom()
		if !ok || r.Target != endpoint.ToConnect || r.Problem != "" || served == "" {
			return nil
		}
		i, known := theInstance(c, r.Instance)
		if !known || i.Region == "" || i.Region == served {
			return nil
		}
		v := c.Capture.Value.RelayState.Value
		return one(rule.Finding{
			At: v.At, Also: []evidence.Spot{{In: evidence.InInstance, Path: i.ARN}},
			Summary:  fmt.Sprintf("The relay state names %s, the instance %s is in %s", served, instanceName(i), i.Region),
			Evidence: []rule.Exhibit{shown("RelayState", v, endpoint.Federate(i.Region, i.ID))},
		})
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		x := relayFix(c)
		x.Steps[0] = "Set it to " + f.Evidence[0].Want
		return []rule.Fix{x}
	},
}

// theInstance is the instance of that ID as far as the evidence has it: the
// one described, else the one listed.
func theInstance(c evidence.Case, id string) (evidence.Instance, bool) {
	if i, ok := c.Live.Instance.Get(); ok && strings.EqualFold(i.ID, id) {
		return i, true
	}
	for _, i := range c.Live.Instances.Value {
		if strings.EqualFold(i.ID, id) {
			return i, true
		}
	}
	return evidence.Instance{}, false
}

// instanceName is an instance's alias, else its ID.
func instanceName(i evidence.Instance) string {
	if i.Alias != "" {
		return i.Alias
	}
	return i.ID
}
