package diag

import (
	"time"

	"example.com/samlens/diag/evidence"
)

// AsOf settles when AWS judged a sign-in, for a case that is opened again: at
// what the flag says, and zero leaves it to the capture.
func AsOf(c evidence.Case, flag time.Time) evidence.AsOf { return asOf(c, flag) }

// asOf settles when AWS judged: the flag, else AWS's own Date in the capture,
// else the browser's clock, else now while the assertion is still valid now.
func asOf(c evidence.Case, flag time.Time) evidence.AsOf {
	k := c.Capture.Value.Clock
	seen := k.AWS
	if seen.IsZero() {
		seen = k.Started
	}
	switch {
	case !flag.IsZero():
		a := evidence.AsOf{At: flag, Source: evidence.AsOfFlag}
		if !seen.IsZero() && seen.Sub(flag).Abs() > time.Minute {
			a.Disagrees = seen
		}
		return a
	case !seen.IsZero():
		return evidence.AsOf{At: seen, Source: evidence.AsOfCapture}
	case stillValid(c):
		return evidence.AsOf{At: c.Now, Source: evidence.AsOfNow}
	}
	return evidence.AsOf{Source: evidence.AsOfNone}
}

// stillValid reports whether the assertion's own limits include now, so that
// now is a fair time to judge it by.
func stillValid(c evidence.Case) bool {
	r, ok := c.Response.Get()
	if !ok || c.Now.IsZero() {
		return false
	}
	a, ok := r.First()
	if !ok || a.IssueInstant.Time.IsZero() {
		return false
	}
	limits := []evidence.Instant{a.NotOnOrAfter}
	if a.Subject != nil {
		for _, s := range a.Subject.Confirmations {
			limits = append(limits, s.NotOnOrAfter)
		}
	}
	ends := a.IssueInstant.Time.Add(5 * time.Minute) // STS's redeem limit
	for _, l := range limits {
		if !l.Time.IsZero() && l.Time.Before(ends) {
			ends = l.Time
		}
	}
	return c.Now.Before(ends) && !c.Now.Before(a.IssueInstant.Time.Add(-5*time.Minute))
}
