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
	Explains: []string{msgBadRequest},
	Needs:    evidence.NeedPosted,
	Why: "Amazon Connect is entered by its federate URL, https://REGION.console.aws.amazon.com/connect/federate/INSTANCE-ID. " +
		"Any other address leads somewhere else or nowhere.",
	Inferred: "Which page AWS shows for a malformed relay state is not documented; “Bad Request” is one that has been seen.",
	Refs:     []string{pageConnectSAML},
	Eclipses: []string{"relay-state-destination", "relay-state-region"},
	Check: func(c evidence.Case) []rule.Finding {
		r, ok := admission.Relay(c)
		if !ok || service(c) != endpoint.Sign || r.Target != endpoint.ToConnect || r.Problem == "" {
			return nil
		}
		v := c.Capture.Value.RelayState.Value
		return one(rule.Finding{
			At:       v.At,
			Summary:  fmt.Sprintf("The relay state %s does not open Amazon Connect: %s", quote(v.Value), r.Problem),
			Evidence: []rule.Exhibit{shown("RelayState", v, federateURL(c))},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return []rule.Fix{relayFix(c)} },
}
