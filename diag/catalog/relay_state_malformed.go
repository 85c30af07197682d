package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The relay state means Connect and is not its federate URL.
var relayStateMalformed = &rule.Rule{
	ID: "relay-state-malformed", Title: "The relay state is not a federate URL",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgBadRequest, msgExpired},
	Needs:    evidence.NeedPosted,
	Uses:     evidence.NeedInstance | evidence.NeedResponse,
	Why: "Amazon Connect is entered by its federate URL, https://REGION.console.aws.amazon.com/connect/federate/INSTANCE-ID. " +
		"Any other address leads somewhere else or nowhere.",
	Inferred: "Which page AWS shows for a malformed relay state is not documented; that it can be “Bad Request”, and “Session expired” for the instance's own address, is inferred.",
	Refs:     []string{pageConnectSAML},
	Eclipses: []string{"relay-state-destination", "relay-state-region", "direct-visit"},
	Check: func(c evidence.Case) []rule.Finding {
		r, ok := admission.Relay(c)
		v := c.Capture.Value.RelayState.Value
		if !ok || service(c) != endpoint.Sign || trim(v.Value) == "" {
			return nil
		}
		f := rule.Finding{At: v.At, Evidence: []rule.Exhibit{shown("RelayState", v, federateURL(c))}}
		switch {
		case r.Target == endpoint.ToConnect && r.Problem != "":
			f.Summary = fmt.Sprintf("The relay state %s does not open Amazon Connect: %s", quote(v.Value), r.Problem)
		case r.Target != endpoint.ToConnect:
			f.Summary = fmt.Sprintf("The relay state %s leads to %s and not to Amazon Connect", quote(v.Value), whither(r.Target))
			if c.Asked.InstanceID == "" && !c.Asked.Connect {
				f.Severity = rule.Warning // it may well be meant so
			}
		default:
			return nil
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return []rule.Fix{relayFix(c)} },
}

// whither names where a relay state leads, for a sentence.
func whither(t endpoint.Target) string {
	switch t {
	case endpoint.ToConsole:
		return "the AWS console"
	case endpoint.ToPortal:
		return "an access portal"
	case endpoint.ToConnect, endpoint.ToElse:
	}
	return "another place"
}
