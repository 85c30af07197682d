package awsx

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"

	"example.com/samlens/diag/evidence"
)

// maxChains bounds how many chains of pages read one Region at once.
const maxChains = 8

// events reads several windows at once and emits what has come so far after
// each page. How fast is the API's affair: it knows the quotas.
func events(ctx context.Context, api API, ws []Window, keep func(evidence.TrailEvent) bool, emit func(evidence.Fact[[]evidence.TrailEvent], Progress)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &sweep{api: api, keep: keep, emit: emit, began: time.Now(), seen: map[string]bool{}, stop: stop}
	s.fact = evidence.Fact[[]evidence.TrailEvent]{Value: []evidence.TrailEvent{}, State: evidence.Partial, Source: "cloudtrail:LookupEvents", Why: "still coming"}
	for _, w := range ws {
		s.whole += w.To.Sub(w.From)
	}
	var wg sync.WaitGroup
	for _, w := range ws {
		wg.Go(func() { s.window(ctx, w) })
	}
	wg.Wait()
	return s.end()
}

// sweep is one reading of CloudTrail, shared by its chains of pages.
type sweep struct {
	api   API
	keep  func(evidence.TrailEvent) bool
	emit  func(evidence.Fact[[]evidence.TrailEvent], Progress)
	began time.Time
	stop  func()

	mu    sync.Mutex
	fact  evidence.Fact[[]evidence.TrailEvent]
	p     Progress
	seen  map[string]bool
	whole time.Duration // of all windows, to tell how much is covered
	done  time.Duration
	fails []*Error
	good  int // windows that came to their end
	full  bool
}

// window reads one window: newest first, one chain of pages. Where the first
// page shows that many will follow, and each takes long to come, the rest is
// cut into slices that are read side by side, so that it is the quota and not
// the round trip that bounds the rate.
func (s *sweep) window(ctx context.Context, w Window) {
	asked := time.Now()
	for page, err := range s.api.Events(ctx, w) {
		oldest, ok := s.page(w, page, err)
		if !ok {
			return
		}
		if !page.More {
			break
		}
		if oldest.IsZero() { // a page of which nothing was kept
			continue
		}
		slices := chains(time.Since(asked), w, oldest)
		if slices <= 1 {
			w.To, asked = oldest, time.Now() // for the measure of what is covered
			continue
		}
		s.sliced(ctx, Window{w.Region, w.EventName, w.From, oldest}, slices)
		return
	}
	s.covered(w.To.Sub(w.From))
	s.mu.Lock()
	s.good++
	s.mu.Unlock()
}

// chains says how many chains are worth while: two requests a second, each
// taking rtt, keep 2×rtt chains busy; but only as many as there are pages.
func chains(rtt time.Duration, w Window, oldest time.Time) int {
	page := w.To.Sub(oldest)
	if page <= 0 {
		page = time.Second
	}
	pages := float64(oldest.Sub(w.From)) / float64(page)
	if pages < 4 {
		return 1
	}
	return int(min(math.Ceil(2*rtt.Seconds()), pages, maxChains))
}

func (s *sweep) sliced(ctx context.Context, w Window, n int) {
	step := w.To.Sub(w.From) / time.Duration(n)
	var wg sync.WaitGroup
	for i := range n {
		part := w
		part.To = w.To.Add(-step * time.Duration(i))
		if i < n-1 {
			part.From = part.To.Add(-step)
		}
		wg.Go(func() {
			for page, err := range s.api.Events(ctx, part) {
				oldest, ok := s.page(part, page, err)
				if !ok {
					return
				}
				if !oldest.IsZero() {
					part.To = oldest
				}
			}
			s.covered(part.To.Sub(part.From))
			s.mu.Lock()
			s.good++
			s.mu.Unlock()
		})
	}
	wg.Wait()
}

// page takes in one page. It reports the oldest event's time, and whether to go
// on.
func (s *sweep) page(w Window, page Page[evidence.TrailEvent], err error) (oldest time.Time, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		e := *asError("cloudtrail:LookupEvents", err)
		e.Message = w.Region + ": " + e.Message
		s.fails = append(s.fails, &e)
		return oldest, false
	}
	s.p.Pages++
	for _, e := range page.Rows {
		oldest = e.Time
		if e.ID != "" && s.seen[e.ID] || s.keep != nil && !s.keep(e) {
			continue
		}
		s.seen[e.ID] = true
		s.fact.Value = append(s.fact.Value, e)
	}
	if !oldest.IsZero() && oldest.Before(w.To) {
		s.done += w.To.Sub(oldest)
	}
	s.p.Rows, s.p.Left = len(s.fact.Value), -1
	if s.done > 0 && s.whole > s.done {
		took := time.Since(s.began)
		s.p.Left = time.Duration(float64(took) * float64(s.whole-s.done) / float64(s.done))
	}
	s.fact.At = time.Now()
	if s.full = s.full || len(s.fact.Value) >= maxEvents; s.full {
		s.stop()
		return oldest, false
	}
	s.emit(s.fact, s.p)
	return oldest, true
}

func (s *sweep) covered(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done += max(d, 0)
}

// end settles the fact. Regions that could not be asked leave it partial.
func (s *sweep) end() error {
	// A copy: the pages that were emitted share what there was so far.
	s.fact.Value = slices.Clone(s.fact.Value)
	slices.SortStableFunc(s.fact.Value, func(a, b evidence.TrailEvent) int { return b.Time.Compare(a.Time) })
	s.p.Left = 0
	switch {
	case s.full:
		s.fact.Why = "only the newest events were read: there are more than are taken in"
		s.fails = nil
	case len(s.fails) == 0:
		s.fact.State, s.fact.Why = evidence.Known, ""
	case s.good == 0 && len(s.fact.Value) == 0:
		e := s.fails[0]
		s.fact = evidence.Fact[[]evidence.TrailEvent]{State: e.State, Source: s.fact.Source, Why: e.Error(), At: time.Now()}
	default:
		s.fact.Why = "part of it could not be asked: " + s.fails[0].Error()
	}
	s.emit(s.fact, s.p)
	if len(s.fails) > 0 {
		return s.fails[0]
	}
	return nil
}
