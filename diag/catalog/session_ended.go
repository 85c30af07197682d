package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The IdP's own session was over when AWS got the assertion.
var sessionEnded = &rule.Rule{
	ID: "session-ended", Title: "The IdP's session had ended when this was redeemed",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Explains: []string{msgExpired},
	Needs:    evidence.NeedAssertion | evidence.NeedTime, Uses: evidence.NeedCapture,
	Why: `SessionNotOnOrAfter tells until when the IdP's session lasts. AWS takes the lesser of it and of SessionDuration as the length of the console session; where it lies in the past there is no session left to give.

An IdP whose clock is behind writes such a time into every assertion.`,
	Inferred: "That AWS refuses, rather than giving the shortest session, is inferred from “the lesser of the two”; the text it shows is not documented. How much tolerance AWS allows is not published: 60 seconds are allowed here.",
	Refs:     []string{pageAssertions},
	Check:    checkSessionEnded,
	Fix:      fixClock,
}

func checkSessionEnded(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	for _, s := range a.Authn {
		end := s.SessionNotOnOrAfter
		if end.Time.IsZero() {
			continue
		}
		over := c.AsOf.At.Sub(end.Time)
		sev := past(over)
		if sev == rule.Unset {
			continue
		}
		return one(rule.Finding{
			Severity: sev,
			Summary:  fmt.Sprintf("SessionNotOnOrAfter %s had passed %s before the response was redeemed%s", stamp(end.Time), span(over), because(c, true)),
			At:       end.At,
			Evidence: []rule.Exhibit{shown("AuthnStatement/@SessionNotOnOrAfter", end.Text, "a time after "+stamp(c.AsOf.At)), judgedAt(c)},
		})
	}
	return nil
}

// fixClock tells how to put the IdP's clock right, first where it is
// measurably wrong, and to sign in anew.
func fixClock(c evidence.Case, _ rule.Finding) []rule.Fix {
	again := rule.Fix{
		Title: "Sign in again from the IdP's tile",
		Who:   rule.Agent,
		Steps: []string{
			"Close the old tabs, open the IdP's portal anew and choose the tile; do not use the back button or a restored tab.",
			"Where AWS asks for a role, choose within a few minutes.",
		},
	}
	clock := rule.Fix{
		Title:   "Put the IdP's clock right",
		Who:     rule.IdPAdmin,
		Setting: idp.Clock,
		Steps: []string{
			"On the IdP's servers compare the clock with true time: “w32tm /stripchart /computer:time.aws.com /samples:3 /dataonly” on Windows, “chronyc tracking” or “timedatectl” on Linux.",
			"Let them follow an NTP source, every node of a farm and the hypervisor's guests as well.",
		},
		Consequence: "A clock that is set back by much can end sessions that are open at the IdP.",
	}
	if _, wrong := skew(c); wrong != "" {
		return []rule.Fix{clock, again}
	}
	return []rule.Fix{again, clock}
}
