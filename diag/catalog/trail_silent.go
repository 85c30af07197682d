package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// No event is no sign of health.
var trailSilent = &rule.Rule{
	ID: "trail-silent", Title: "CloudTrail has no event of this assertion",
	Hop: evidence.HopSTS, Whole: true, Severity: rule.Info,
	Needs: evidence.NeedAssertion | evidence.NeedTrail,
	Why: "AWS may not log a request that is not valid enough to be attributed, and what fails at the sign-in page never reaches STS. " +
		"So a missing event is no sign of health. It can also mean that another Region, account or time was searched, or that " +
		"CloudTrail has not delivered yet.",
	Refs: []string{pageTrailSTS, pageTrailLookup},
	Check: func(c evidence.Case) []rule.Finding {
		_, a, ok := federated(c)
		if !ok || len(trail.OwnOf(c)) > 0 || a.ID.Value == "" {
			return nil
		}
		if e := trail.Likely(c); e != nil {
			return one(rule.Finding{
				At:       a.ID.At,
				Summary:  fmt.Sprintf("CloudTrail names no event by this assertion's ID; one refused at %s (%s) fits it in role, time and error", stamp(e.Time), e.ErrorCode),
				Evidence: []rule.Exhibit{shown("assertion ID", a.ID, ""), {What: "the event that fits", At: evidence.Spot{In: evidence.InTrail, Path: e.ID}, Saw: e.ErrorMessage}},
				Inferred: true,
			})
		}
		n := len(c.Live.Trail.Value)
		return one(rule.Finding{
			At:       a.ID.At,
			Summary:  fmt.Sprintf("CloudTrail has no event of this assertion (%s looked at); that is no sign of health", count(n, "event", "events")),
			Evidence: []rule.Exhibit{shown("assertion ID", a.ID, "")},
		})
	},
}
