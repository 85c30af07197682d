package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// What CloudTrail holds of this very assertion.
var trailEvent = &rule.Rule{
	ID: "trail-event", Title: "CloudTrail has this assertion's own event",
	Hop: evidence.HopSTS, Whole: true, Severity: rule.Info,
	Needs: evidence.NeedResponse | evidence.NeedTrail,
	Part:  evidence.NeedTrail,
	Why: "An AssumeRoleWithSAML event carries the assertion's ID as sAMLAssertionID, so a capture and its event can be joined exactly " +
		"and not by guessing from the time.",
	Refs: []string{pageTrailSTS},
	Check: func(c evidence.Case) []rule.Finding {
		var out []rule.Finding
		for _, e := range trail.OwnOf(c) {
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
