package awsx

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/samlens/diag/evidence"
)

// history is a Region with one event every step, paged by fifty as AWS does.
func eventsEvery(step time.Duration) func(Window) []Page[evidence.TrailEvent] {
	return func(w Window) (ps []Page[evidence.TrailEvent]) {
		if w.EventName != "AssumeRoleWithSAML" {
			return []Page[evidence.TrailEvent]{{}}
		}
		var p Page[evidence.TrailEvent]
		for at := w.To.Truncate(step); !at.Before(w.From); at = at.Add(-step) {
			p.Rows = append(p.Rows, evidence.TrailEvent{ID: w.Region + at.String(), Name: w.EventName, Source: "sts.amazonaws.com", Time: at, Region: w.Region})
			if len(p.Rows) == 50 {
				ps, p = append(ps, p), Page[evidence.TrailEvent]{}
			}
		}
		return append(ps, p)
	}
}

func TestTrailIsReadWholeOnceAndNewestFirst(t *testing.T) {
	for _, tt := range []struct {
		step, rtt time.Duration
	}{{time.Hour, 200 * time.Millisecond}, {time.Minute, 200 * time.Millisecond}, {time.Minute, 4 * time.Second}, {10 * time.Second, 4 * time.Second}} {
		t.Run(fmt.Sprint(tt.step, tt.rtt), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{slow: tt.rtt, account: testAccount, events: eventsEvery(tt.step)}
				c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), []*Lookup{Find(evidence.NeedTrail)}))
				got := c.Live.Trail
				// From a day before to now, in us-east-1 and the instance's Region.
				from, to := c.AsOf.At.Add(-signInSpan), c.Now
				want := 0
				for at := to.Truncate(tt.step); !at.Before(from); at = at.Add(-tt.step) {
					want += 2
				}
				if got.State != evidence.Known || len(got.Value) != want {
					t.Errorf("%v with %d events, want %d", got.State, len(got.Value), want)
				}
				if !slices.IsSortedFunc(got.Value, func(a, b evidence.TrailEvent) int { return b.Time.Compare(a.Time) }) {
					t.Error("they are not newest first")
				}
			})
		})
	}
}

func TestSlowRegionsAreReadInSlices(t *testing.T) {
	took := func(rtt time.Duration) (d time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			f := &fake{slow: rtt, account: testAccount, events: eventsEvery(10 * time.Second)}
			began := time.Now()
			drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), []*Lookup{Find(evidence.NeedTrail)}))
			d = time.Since(began)
		})
		return d
	}
	// 8640 events are 173 pages: one chain would take 173 round trips.
	if d := took(4 * time.Second); d > 173*4*time.Second/6 {
		t.Errorf("it took %v", d)
	}
}

func TestOneRegionsFailureLeavesTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount, errs: map[string]error{"Events GetFederationToken": Refusal("cloudtrail:LookupEvents", "AccessDeniedException", "no")}, events: eventsEvery(time.Hour)}
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), []*Lookup{Find(evidence.NeedTrail)}))
		if got := c.Live.Trail; got.State != evidence.Partial || len(got.Value) == 0 || got.Why == "" {
			t.Errorf("%v with %d events: %q", got.State, len(got.Value), got.Why)
		}
	})
}

func TestOldSignInsAreNotAskedAbout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := signIn("jdoe")
		c.AsOf.At = c.Now.Add(-100 * 24 * time.Hour)
		f := &fake{account: testAccount}
		c, _ = drain(c, Gather(t.Context(), f, c, []*Lookup{Find(evidence.NeedTrail)}))
		if c.Live.Trail.State != evidence.Failed || len(f.calls) > 0 {
			t.Errorf("%v after %v", c.Live.Trail.State, f.calls)
		}
	})
}

func TestPaceKeepsToTheQuota(t *testing.T) {
	for _, tt := range []struct {
		call string
		n    int
		want time.Duration
	}{
		{"cloudtrail:LookupEvents", 20, 10 * time.Second},
		{"connect:ListUsers", 4, 0},
		{"connect:ListUsers", 23, 10 * time.Second},
		{"sts:GetCallerIdentity", 1000, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			var p Pace
			began := time.Now()
			var wg sync.WaitGroup
			for range tt.n {
				wg.Go(func() {
					if _, err := p.Wait(t.Context(), tt.call, "us-east-1"); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if took := time.Since(began).Round(time.Millisecond); took != tt.want {
				t.Errorf("%d of %s took %v, want %v", tt.n, tt.call, took, tt.want)
			}
			if w, _ := p.Wait(t.Context(), tt.call, "eu-west-2"); w > 0 {
				t.Errorf("another Region waited %v", w)
			}
		})
	}
}
