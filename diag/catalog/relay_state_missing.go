package catalog

import (
	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Without a relay state the agent lands in the AWS console.
var relayStateMissing = &rule.Rule{
	ID: "relay-state-missing", Title: "No relay state: the agent lands in the AWS console",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgBadRequest},
	Needs:    evidence.NeedPosted,
	Uses:     evidence.NeedInstance | evidence.NeedResponse,
	Why: "After the sign-in AWS sends the browser where the relay state says. Without one it opens the AWS console, and the agent " +
		"never reaches Amazon Connect. There is no error to see: the sign-in itself succeeds.",
	Inferred: "AWS documents no error for it; that Connect answers “Bad Request” where something else leads the browser on is inferred.",
	Refs:     []string{pageConnectSAML},
	Check: func(c evidence.Case) []rule.Finding {
		rs := c.Capture.Value.RelayState
		empty := rs.State == evidence.Known && trim(rs.Value.Value) == ""
		if rs.State != evidence.Absent && !empty || service(c) != endpoint.Sign {
			return nil // Global Resiliency and Identity Center take none
		}
		at := c.Capture.Value.Posted.At
		return one(rule.Finding{
			At:       at,
			Summary:  "The response was posted without a relay state, so AWS opens its console and not Amazon Connect",
			Evidence: []rule.Exhibit{{What: "RelayState", At: at, Saw: "", Want: federateURL(c)}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return []rule.Fix{relayFix(c)} },
}

// federateURL is the relay state that leads to the instance at hand, with
// placeholders for what is not known.
func federateURL(c evidence.Case) string {
	region, id := admission.Region(c), admission.Instance(c)
	if region == "" {
		region = "<region>"
	}
	if id == "" {
		id = "<instance-id>"
	}
	return endpoint.Federate(region, id)
}

// relayFix sets the relay state at the IdP.
func relayFix(c evidence.Case) rule.Fix {
	return rule.Fix{
		Title: "Set the relay state to the instance's federate URL", Who: rule.IdPAdmin, Setting: idp.RelayState,
		Steps: []string{
			"Set it to " + federateURL(c),
			"To open a page of Connect, add ?destination= with the page percent-encoded, such as ?destination=%2Fccp-v2",
		},
		Consequence: "every user of this application is sent to that instance",
	}
}
