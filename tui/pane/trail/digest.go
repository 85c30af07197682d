package trail

import (
	"slices"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/style"
)

type event = evidence.TrailEvent

// A ledger is every event there is, newest first, sign-ins and changes alike.
// It is made once for an answer of AWS and never changed.
type ledger struct {
	all     []*event
	changes map[*event]trail.Change
	own     []*event // this sign-in's own, newest first
	likely  *event   // the one that may be, where none names it; nil for none
	first   *event   // the first failure after the last success; nil for none
	cause   *event   // the last change before it; nil for none
}

// book lays events and changes into one list. It copies none of them.
func book(signIns, writes []event, ids ...string) *ledger {
	l := &ledger{all: make([]*event, 0, len(signIns)+len(writes)), changes: map[*event]trail.Change{}}
	seen := make(map[string]bool, len(writes))
	for i := range writes {
		if e := &writes[i]; e.ID == "" || !seen[e.ID] {
			seen[e.ID] = true
			l.all = append(l.all, e)
		}
	}
	for i := range signIns {
		e := &signIns[i]
		if len(seen) > 0 && e.ID != "" && seen[e.ID] {
			continue
		}
		l.all = append(l.all, e)
		if e.AssertionID != "" && slices.Contains(ids, e.AssertionID) {
			l.own = append(l.own, e)
		}
	}
	newest := func(a, b *event) int { return b.Time.Compare(a.Time) }
	if !slices.IsSortedFunc(l.all, newest) {
		slices.SortStableFunc(l.all, newest)
	}
	slices.SortStableFunc(l.own, newest)
	l.first = turned(l.all)
	since := time.Time{}
	if l.first != nil {
		since = l.first.Time
	}
	for i := range writes {
		e := &writes[i]
		for _, c := range trail.Changes(writes[i:i+1], since) {
			l.changes[e] = c
			if (c.Before || l.first == nil) && (l.cause == nil || e.Time.After(l.cause.Time)) {
				l.cause = e
			}
		}
	}
	return l
}

// turned returns the first failure after the last success, of events newest
// first; nil where the last sign-in succeeded or none is known to have.
func turned(all []*event) (first *event) {
	for _, e := range all {
		switch {
		case e.Name != "AssumeRoleWithSAML":
		case !e.Failed:
			return first
		default:
			first = e
		}
	}
	return first
}

// A view is what of the ledger is wanted.
type view struct {
	failures bool
	window   time.Duration // before the newest event; 0 for all
	by       trail.By      // "" for one by one
	only     string        // with by: the group whose events are wanted
	inside   bool          // only is set, be it to ""
	sift     string
}

// bins is how finely events are counted over time; a screen is narrower.
const bins = 720

// A digest is a ledger seen through a view.
type digest struct {
	rows       []*event
	groups     []trail.Count
	from, to   time.Time
	ok, failed int
	regions    map[string]int
	good, bad  [bins]int
	marks      []*event // changes, newest first
}

// sieve makes the digest of a view: one walk over the events.
func (l *ledger) sieve(v view, moment time.Time) *digest {
	d := &digest{regions: map[string]int{}}
	if len(l.all) == 0 {
		return d
	}
	d.to = l.all[0].Time
	d.from = l.all[len(l.all)-1].Time
	cut := time.Time{}
	if v.window > 0 {
		cut = d.to.Add(-v.window)
		d.from = cut
	} else if first := l.oldest(); !first.IsZero() {
		// Changes are looked for further back than sign-ins: the axis is
		// that of the sign-ins, and of what came shortly before them.
		d.from = first
	}
	if !moment.IsZero() && moment.After(d.to) && moment.Sub(d.to) < time.Hour {
		d.to = moment
	}
	groups := newGroups(v.by)
	span := d.to.Sub(d.from)
	for _, e := range l.all {
		if e.Time.Before(cut) {
			break
		}
		change := !signIn(e)
		if change && l.changes[e].What != "" {
			d.marks = append(d.marks, e)
		}
		if v.sift != "" && !holds(e, v.sift) || v.inside && (change || trail.Key(*e, v.by) != v.only) {
			continue
		}
		if !change {
			d.regions[e.Region]++
			d.count(e, span)
			groups.add(e)
		}
		if v.failures && !e.Failed && !change {
			continue
		}
		d.rows = append(d.rows, e)
	}
	d.groups = groups.sorted()
	return d
}

// signIn is trail.SignIn without a copy of the event for the two that are most
// frequent.
func signIn(e *event) bool {
	return e.Name == "AssumeRoleWithSAML" || e.Name == "GetFederationToken" || trail.SignIn(*e)
}

// oldest is when the first sign-in was.
func (l *ledger) oldest() time.Time {
	for _, e := range slices.Backward(l.all) {
		if signIn(e) {
			return e.Time
		}
	}
	return time.Time{}
}

func (d *digest) count(e *event, span time.Duration) {
	i := place(e.Time, d.from, span, bins)
	if e.Failed {
		d.failed++
		d.bad[i]++
	} else {
		d.ok++
		d.good[i]++
	}
}

// place is which of n parts of a span a time falls into.
func place(t, from time.Time, span time.Duration, n int) int {
	if span <= 0 {
		return n - 1
	}
	return max(0, min(n-1, int(float64(t.Sub(from))/float64(span)*float64(n))))
}

// holds reports whether an event has to do with what was typed.
func holds(e *event, q string) bool {
	for _, s := range [...]string{e.SessionName, e.NameID, e.ErrorCode, e.ErrorMessage, e.RoleARN, e.ProviderARN, e.SourceIP, e.Name, e.Region, e.Actor, e.AssertionID} {
		if s != "" && style.Has(s, q) {
			return true
		}
	}
	return false
}
