package awsx

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/samlens/diag/evidence"
)

// TestFollowLaysNewSignInsOverWhatIsKnown lets the world go on while it is
// followed: every look brings what came since, asks for no more than that, and
// loses nothing.
func TestFollowLaysNewSignInsOverWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := signIn("jdoe")
		newest := c.Now
		var longest atomic.Int64
		f := &fake{slow: 200 * time.Millisecond, account: testAccount}
		f.events = func(w Window) []Page[evidence.TrailEvent] {
			if d := w.To.Sub(w.From); int64(d) > longest.Load() {
				longest.Store(int64(d))
			}
			if w.EventName != "AssumeRoleWithSAML" {
				return []Page[evidence.TrailEvent]{{}}
			}
			var p Page[evidence.TrailEvent]
			for at := w.To.Truncate(time.Minute); !at.Before(w.From); at = at.Add(-time.Minute) {
				p.Rows = append(p.Rows, evidence.TrailEvent{ID: w.Region + at.String(), Name: w.EventName, Source: "sts.amazonaws.com", Time: at, Region: w.Region})
			}
			return []Page[evidence.TrailEvent]{p}
		}
		c, _ = drain(c, Gather(t.Context(), f, c, []*Lookup{Find(evidence.NeedTrail)}))
		before := len(c.Live.Trail.Value)
		longest.Store(0)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		looks := 0
		for e := range Follow(ctx, f, c, 30*time.Second) {
			if e.Err != nil || e.Phase != Done || e.Live.Trail.State != evidence.Known {
				t.Errorf("look %d: %v, phase %d, %v", looks, e.Err, e.Phase, e.Live.Trail.State)
			}
			c = c.With(e.Live)
			if looks++; looks == 11 { // five minutes
				stop()
				break
			}
		}
		// Two Regions, a sign-in a minute each.
		if got := len(c.Live.Trail.Value) - before; got < 8 || got > 12 {
			t.Errorf("%d events more after five minutes, want about 10", got)
		}
		if at := c.Live.Trail.Value[0].Time; at.Before(newest.Add(4 * time.Minute)) {
			t.Errorf("the newest event is of %v, and it began at %v", at, newest)
		}
		if d := time.Duration(longest.Load()); d > late+2*time.Minute {
			t.Errorf("a look asked for %v", d)
		}
	})
}

// TestFollowKeepsWhatIsKnownWhereALookFails tells why and loses nothing.
func TestFollowKeepsWhatIsKnownWhereALookFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount, events: eventsEvery(time.Hour)}
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), []*Lookup{Find(evidence.NeedTrail)}))
		f.errs = map[string]error{"Events AssumeRoleWithSAML": Refusal("cloudtrail:LookupEvents", "ThrottlingException", "slow down"), "Events GetFederationToken": Refusal("cloudtrail:LookupEvents", "ThrottlingException", "slow down")}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		events := Follow(ctx, f, c, time.Minute)
		e := <-events
		if e.Err == nil {
			t.Error("a look that failed is told as one that went well")
		}
		if got, want := len(e.Live.Trail.Value), len(c.Live.Trail.Value); got != want || want == 0 || e.Live.Trail.State != evidence.Known {
			t.Errorf("%d of %d events are left, %v", got, want, e.Live.Trail.State)
		}
		f.mu.Lock()
		f.errs = nil
		f.mu.Unlock()
		if e = <-events; e.Err != nil || e.Live.Trail.State != evidence.Known {
			t.Errorf("the look after it: %v, %v", e.Err, e.Live.Trail.State)
		}
	})
}
