package awsx

import (
	"context"
	"slices"
	"time"

	"example.com/samlens/diag/evidence"
)

// A Look is one look of [Watch] at CloudTrail.
type Look struct {
	At time.Time
	// New are the sign-ins through the same role or provider that were not
	// seen before, oldest first.
	New []evidence.TrailEvent
	// Success is the first one that worked; nil so far.
	Success *evidence.TrailEvent
	Err     error // why this look failed; the next may not
}

// Watch looks every so often for a sign-in that works: an AssumeRoleWithSAML
// event without an error, through one of the case's roles, later than since.
// It closes the channel after the first success, or when ctx ends. CloudTrail
// shows an event minutes after it happened, and may leave out requests that
// were not valid enough; so that only success is proof of anything.
func Watch(ctx context.Context, api API, c evidence.Case, since time.Time, every time.Duration) <-chan Look {
	out := make(chan Look)
	go func() {
		defer close(out)
		seen := map[string]bool{}
		often(ctx, every, func() bool {
			look := lookOnce(ctx, api, SubjectOf(c), since, seen)
			return sent(ctx, out, look) && look.Success == nil
		})
	}()
	return out
}

// often does something at once and then every so often, until it says no or ctx
// ends.
func often(ctx context.Context, every time.Duration, do func() bool) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for do() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// sent hands v on; it reports false where ctx ended first.
func sent[T any](ctx context.Context, out chan<- T, v T) bool {
	select {
	case out <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

func lookOnce(ctx context.Context, api API, s Subject, since time.Time, seen map[string]bool) Look {
	look := Look{At: time.Now()}
	roles, providers := s.Roles(), s.Providers()
	ours := func(e evidence.TrailEvent) bool {
		return e.Name == "AssumeRoleWithSAML" && e.Time.After(since) &&
			(len(roles) == 0 || slices.Contains(roles, e.RoleARN) || e.RoleARN == "" && slices.Contains(providers, e.ProviderARN))
	}
	var all evidence.Fact[[]evidence.TrailEvent]
	var ws []Window
	for _, w := range signInWindows(s, since, look.At) {
		if w.EventName == "AssumeRoleWithSAML" {
			ws = append(ws, w)
		}
	}
	look.Err = events(ctx, api, ws, ours, func(f evidence.Fact[[]evidence.TrailEvent], _ Progress) { all = f })
	for _, e := range slices.Backward(all.Value) {
		if seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		look.New = append(look.New, e)
		if !e.Failed && look.Success == nil {
			look.Success = &e
		}
	}
	return look
}
