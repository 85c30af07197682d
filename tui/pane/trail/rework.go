package trail

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/keys"
)

// digested is a ledger or digest that was made beside the screen.
type digested struct {
	gen  int
	view view
	book *ledger
	dig  *digest
}

// alike reports whether two lists are the very same.
func alike(a, b []event) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] && a[len(a)-1].ID == b[len(b)-1].ID)
}

// moment is when the sign-in was, as the capture tells it.
func moment(c evidence.Case) time.Time {
	if p := c.Capture.Value.Posted; p != nil && !p.SentAt.IsZero() {
		return p.SentAt
	}
	if c.AsOf.Source != evidence.AsOfNow {
		return c.AsOf.At
	}
	return time.Time{}
}

// ids are what CloudTrail may name this sign-in's assertion by.
func ids(c evidence.Case) []string {
	r, ok := c.Response.Get()
	if !ok {
		return nil
	}
	var out []string
	if a, ok := r.First(); ok && a.ID.Value != "" {
		out = append(out, a.ID.Value)
	}
	if r.ID.Value != "" {
		out = append(out, r.ID.Value)
	}
	return out
}

// rework makes the digest anew, and before it, where events have come, the
// ledger. Of what is under way beside the screen only the last is taken.
func (p *Pane) rework(afresh bool) tea.Cmd {
	p.stale = p.stale || afresh
	p.gen++
	c, v, book, moment, gen, stale := p.c, p.view, p.book, p.moment, p.gen, p.stale
	work := func() digested {
		if stale {
			book = booked(c)
		}
		return digested{gen, v, book, book.sieve(v, moment)}
	}
	if len(c.Live.Trail.Value)+len(c.Live.Changes.Value) <= atOnce {
		p.settle(work())
		return nil
	}
	p.busy = true
	return func() tea.Msg { return work() }
}

// resieve makes the digest at once, of the ledger that is there: for what
// cannot wait. What is under way is sieved again when it comes.
func (p *Pane) resieve() {
	p.put(p.book.sieve(p.view, p.moment))
}

func booked(c evidence.Case) *ledger {
	l := book(c.Live.Trail.Value, c.Live.Changes.Value, ids(c)...)
	if e := trail.Likely(c); e != nil {
		l.likely = e
	}
	return l
}

// settle takes what was made; what is older than the last wish is dropped.
func (p *Pane) settle(d digested) {
	if d.gen != p.gen {
		return
	}
	p.book, p.busy, p.stale = d.book, false, false
	if d.view != p.view {
		d.dig = d.book.sieve(p.view, p.moment)
	}
	p.put(d.dig)
}

func (p *Pane) put(d *digest) {
	p.dig = d
	p.drawn = p.chart()
	p.events.Set(d.rows)
	p.groups.Set(d.groups)
	if p.want != "" && p.events.Select(p.want) {
		p.follow, p.want = false, ""
	}
	if p.follow {
		p.events.Do(keys.Top)
	}
	p.aside()
}
