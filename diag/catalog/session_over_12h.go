package catalog

import (
	"fmt"
	"strconv"
	"time"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// longestSession is how long a Connect session lasts at most.
const longestSession = 12 * time.Hour

// Agents are signed out in the middle of a shift.
var sessionOver12h = &rule.Rule{
	ID: "session-over-12h", Title: "Connect ends the session at its own limit",
	Hop: evidence.HopSession, Severity: rule.Info, Connect: true,
	Explains: []string{msgExpired},
	Needs:    evidence.NeedCapture,
	Uses:     evidence.NeedAuthProfiles | evidence.NeedAssertion,
	Why: "A Connect session ends after 12 hours, on a call too, and an authentication profile can set 6 to 12 hours. A longer " +
		"SessionDuration does not change that. Agents sign in again at the IdP.",
	Refs: []string{pageConnectSAML, "https://docs.aws.amazon.com/connect/latest/adminguide/authentication-profiles.html"},
	Check: func(c evidence.Case) []rule.Finding {
		if v := c.Capture.Value.Direct; v != nil && c.Capture.Value.Posted != nil {
			return one(rule.Finding{
				At:      evidence.Spot{In: evidence.InHAR, Path: fmt.Sprintf("/log/entries/%d", v.Entry)},
				Summary: "Connect showed a session that had expired", Evidence: []rule.Exhibit{{What: "page " + v.URL, Saw: v.Text}},
			})
		}
		asked, at := sessionDuration(c)
		for _, p := range c.Live.AuthProfiles.Value {
			if p.Default && p.MaxSession > 0 && asked > p.MaxSession {
				return one(rule.Finding{
					At:       at.At,
					Summary:  fmt.Sprintf("The assertion asks for %s, the authentication profile %s ends sessions after %s", span(asked), quote(p.Name), span(p.MaxSession)),
					Evidence: []rule.Exhibit{shown("SessionDuration", at, strconv.Itoa(int(p.MaxSession.Seconds())))},
				})
			}
		}
		return nil
	},
}

// sessionDuration is what the assertion asks for; 0 where it asks for nothing
// that can be read.
func sessionDuration(c evidence.Case) (time.Duration, evidence.Text) {
	cl, _, ok := federated(c)
	if !ok {
		return 0, evidence.Text{}
	}
	v, ok := claims.First(cl.Duration)
	if !ok {
		return 0, evidence.Text{}
	}
	n, err := strconv.Atoi(trim(v.Value))
	if err != nil || n < 0 || n > 1<<20 {
		return 0, v.Text
	}
	return time.Duration(n) * time.Second, v.Text
}
