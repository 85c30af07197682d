package catalog

import (
	"fmt"
	"net/url"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The page that the relay state asks for inside Connect.
var relayStateDestination = &rule.Rule{
	ID: "relay-state-destination", Title: "The relay state's destination looks wrong",
	Hop: evidence.HopFederate, Severity: rule.Warning, Connect: true,
	Explains: []string{msgBadRequest},
	Needs:    evidence.NeedPosted,
	Why: "The destination is a path inside Connect, percent-encoded, such as %2Fccp-v2. One that is encoded twice names no page. " +
		"A destination on another host is only followed where the instance has that host among its approved origins.",
	Inferred: "Which page Connect shows for such a destination is not documented; that it can be “Bad Request” is inferred.",
	Refs:     []string{pageConnectSAML},
	Check: func(c evidence.Case) []rule.Finding {
		r, ok := admission.Relay(c)
		if !ok || r.Target != endpoint.ToConnect || r.Problem != "" || !r.HasDest {
			return nil
		}
		v := c.Capture.Value.RelayState.Value
		var what string
		switch low := strings.ToLower(r.Destination); {
		case r.Destination == "":
			what = "is empty"
		case strings.HasPrefix(low, "%2f") || strings.HasPrefix(low, "https%3a"):
			what = "is percent-encoded once too often"
		case strings.HasPrefix(r.Destination, "//") || strings.Contains(low, "://"):
			u, err := url.Parse(r.Destination)
			if err == nil && endpoint.IsConnectHost(u.Hostname()) {
				return nil
			}
			what = "leads to another host, which has to be among the instance's approved origins"
		case !strings.HasPrefix(r.Destination, "/"):
			what = "does not begin with a slash"
		default:
			return nil
		}
		return one(rule.Finding{
			At:       v.At,
			Summary:  fmt.Sprintf("The relay state's destination %s %s", quote(r.Destination), what),
			Evidence: []rule.Exhibit{{What: "destination", At: v.At, Saw: r.Destination, Want: "a path of Connect, such as /ccp-v2"}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return []rule.Fix{relayFix(c)} },
}
