package trail

import (
	"slices"
	"time"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

// nearby is how far an event may be from the moment a sign-in was posted: the
// way there, AWS's own time for it, and two clocks.
const nearby = 15 * time.Second

// Likely returns the event that may well be a case's own although CloudTrail
// does not name its assertion: a refused AssumeRoleWithSAML of the second it
// was posted in, or of AWS's request ID, for the same role and provider, with
// the error that the capture shows, and by nobody else. It returns nil where
// none fits or several do, and where [Own] knows one. Which requests CloudTrail
// names by their assertion is not documented; a refused one need not be.
func Likely(c evidence.Case) *evidence.TrailEvent {
	r, ok := c.Response.Get()
	if !ok {
		return nil
	}
	a, _ := r.First()
	if len(OwnOf(c)) > 0 {
		return nil
	}
	t := traceOf(c, a)
	var found *evidence.TrailEvent
	for i := range c.Live.Trail.Value {
		e := &c.Live.Trail.Value[i]
		if !t.fits(e) {
			continue
		}
		if found != nil && found.ID != e.ID {
			return nil
		}
		found = e
	}
	return found
}

// A trace is what an event of a sign-in would have to show.
type trace struct {
	at               time.Time
	names            []string // it may call the user by
	roles, providers []string
	code, request    string
}

func traceOf(c evidence.Case, a evidence.Assertion) trace {
	cl := claims.Of(a)
	var t trace
	for _, p := range cl.Candidates(c) {
		t.roles, t.providers = append(t.roles, p.RoleARN), append(t.providers, p.ProviderARN)
	}
	if a.Subject != nil {
		t.names = append(t.names, a.Subject.NameID.Value)
	}
	for _, n := range cl.SessionName {
		for _, v := range n.Values {
			t.names = append(t.names, v.Value)
		}
	}
	cp := c.Capture.Value
	switch {
	case !cp.Clock.AWS.IsZero() && !cp.Clock.AWSNearest:
		t.at = cp.Clock.AWS // the clock that CloudTrail goes by
	case cp.Posted != nil:
		t.at = cp.Posted.SentAt
	}
	if o := cp.Observed; o != nil {
		t.code, t.request = o.Code, o.RequestID
	}
	return t
}

func (t trace) fits(e *evidence.TrailEvent) bool {
	if e.Name != "AssumeRoleWithSAML" || !e.Failed || e.AssertionID != "" {
		return false
	}
	if t.request != "" && e.RequestID == t.request {
		return true
	}
	same := func(got string, want []string) bool { return got == "" || slices.Contains(want, got) }
	return !t.at.IsZero() && e.Time.Sub(t.at).Abs() <= nearby &&
		(e.RoleARN != "" || e.ProviderARN != "") && same(e.RoleARN, t.roles) && same(e.ProviderARN, t.providers) &&
		same(e.SessionName, t.names) && same(e.NameID, t.names) &&
		(t.code == "" || e.ErrorCode == t.code)
}
