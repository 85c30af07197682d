package awsx

import (
	"context"
	"fmt"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
)

// late is how far back of what is known each look of [Follow] goes: CloudTrail
// delivers events minutes after the fact and in no order.
const late = 15 * time.Minute

// Follow looks at CloudTrail now and then every so often, for sign-ins that it
// has shown since, until ctx ends. Each look is one event of the lookup that
// brings the trail, with everything known laid under what is new; where a look
// failed the event tells why, and what was known stays.
func Follow(ctx context.Context, api API, c evidence.Case, every time.Duration) <-chan Event {
	out := make(chan Event)
	go func() {
		defer close(out)
		// The case's own clock, which in a simulated one is not ours.
		at, began, first := c.Now, time.Now(), c.Live.Trail
		if at.IsZero() {
			at = began
		}
		often(ctx, every, func() bool {
			e := lookOn(ctx, api, c, first, at.Add(time.Since(began)))
			c = c.With(e.Live)
			return sent(ctx, out, e)
		})
	}()
	return out
}

// lookOn reads what came after the newest event that is known. How much of the
// time before is covered, first tells: what was known when it began.
func lookOn(ctx context.Context, api API, c evidence.Case, first evidence.Fact[[]evidence.TrailEvent], now time.Time) Event {
	began := time.Now()
	known := c.Live.Trail
	from := now.Add(-signInSpan)
	for _, e := range known.Value {
		if at := e.Time.Add(-late); at.After(from) {
			from = at
		}
	}
	if from.After(now) { // an event of the future, or a clock that is wrong
		from = now.Add(-late)
	}
	var got evidence.Fact[[]evidence.TrailEvent]
	var p Progress
	err := events(ctx, api, signInWindows(SubjectOf(c), from, now), kept, func(f evidence.Fact[[]evidence.TrailEvent], q Progress) { got, p = f, q })
	f := known
	f.Value, f.At = trail.Merge(known.Value, got.Value), now
	switch whole := first.State == evidence.Known; {
	case got.State == evidence.Known && whole:
		f.State, f.Why = evidence.Known, ""
	case got.State == evidence.Known:
		f.State, f.Source = evidence.Partial, got.Source
		f.Why = first.Why
		if first.State != evidence.Partial {
			f.Why = fmt.Sprintf("only what came after %s was read", from.UTC().Format("2006-01-02 15:04 UTC"))
		}
	case got.State == evidence.Partial:
		f.State, f.Source, f.Why = got.State, got.Source, got.Why
	case known.State != evidence.Known && known.State != evidence.Partial:
		f = got
	}
	p.Rows, p.Left = len(f.Value), 0
	return Event{Lookup: Find(evidence.NeedTrail), Phase: Done, Live: evidence.Live{Trail: f}, Progress: p, Took: time.Since(began), Err: err}
}
