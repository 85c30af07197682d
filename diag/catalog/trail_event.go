package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// What CloudTrail holds of this very assertion.
var trailEvent = &rule.Rule{
	ID: "trail-event", Title: "CloudTrail has this assertion's own event",
	Hop: evidence.HopSTS, Whole: true, Severity: rule.Info,
	Needs: evidence.NeedResponse | evidence.NeedTrail,
	Why: "An AssumeRoleWithSAML event carries the assertion's ID as sAMLAssertionID, so a capture and its event can be joined exactly " +
		"and not by guessing from the time.",
	Refs: []string{pageTrailSTS},
	Check: func(c evidence.Case) []rule.Finding {
		var out []rule.Finding
		for _, e := range ownEvents(c) {
			at := evidence.Spot{In: evidence.InTrail, Path: e.ID}
			f := rule.Finding{At: at, Evidence: []rule.Exhibit{{What: "sAMLAssertionID", At: at, Saw: e.AssertionID}}}
			if e.Failed {
				f.Summary = fmt.Sprintf("CloudTrail (%s, %s) has this assertion's event: it was refused with %s, %s", e.Region, stamp(e.Time), e.ErrorCode, quote(e.ErrorMessage))
				f.Evidence = append(f.Evidence, rule.Exhibit{What: e.ErrorCode, At: at, Saw: e.ErrorMessage})
			} else {
				f.Summary = fmt.Sprintf("CloudTrail (%s, %s) has this assertion's event: STS accepted it", e.Region, stamp(e.Time))
			}
			out = append(out, f)
		}
		return out
	},
}

// ownEvents returns the AssumeRoleWithSAML events of the case's assertion.
func ownEvents(c evidence.Case) []evidence.TrailEvent {
	var out []evidence.TrailEvent
	for _, e := range c.Live.Trail.Value {
		if isOwn(c, e) {
			out = append(out, e)
		}
	}
	return out
}

// isOwn reports whether an event is of the case's own assertion.
func isOwn(c evidence.Case, e evidence.TrailEvent) bool {
	r, ok := c.Response.Get()
	if !ok || e.Name != "AssumeRoleWithSAML" || e.AssertionID == "" {
		return false
	}
	a, _ := r.First()
	return e.AssertionID == a.ID.Value || e.AssertionID == r.ID.Value
}
