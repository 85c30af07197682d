// Package flow shows what the browser did around the sign-in: every request
// with its place in time, whom it went to, and what came back.
package flow

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
)

// A hop is one exchange and what is worth knowing of it.
type hop struct {
	evidence.Exchange
	key    string
	answer bool   // it holds what AWS or Connect answered
	says   string // AWS's error text, where it is this one
}

// Pane is the list of exchanges.
type Pane struct {
	w, h     int
	on       bool
	c        evidence.Capture
	known    bool
	hops     []hop
	from, to time.Time
	grid     *grid.Grid[hop]
	full     *hop // shown in full; nil for none
	page     page.Page[part.Ref]
	below    part.Under // the exchange under the cursor, below a short list
}

// New returns the pane.
func New() pane.Pane {
	p := &Pane{below: part.Under{Rest: "enter shows all of it"}}
	p.grid = grid.New(func(h hop) string { return h.key }, func(h hop) string {
		return strings.Join([]string{h.Method, strconv.Itoa(h.Status), h.URL, h.SAML, h.Text}, " ")
	}, p.columns()...)
	return p
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	c, ok := d.Case.Capture.Get()
	if ok == p.known && len(c.Exchanges) == len(p.hops) && len(p.hops) > 0 && &c.Exchanges[0] == &p.c.Exchanges[0] {
		return nil
	}
	p.c, p.known = c, ok
	p.hops = make([]hop, len(c.Exchanges))
	p.from, p.to = time.Time{}, time.Time{}
	for i, x := range c.Exchanges {
		p.hops[i] = hop{Exchange: x, key: fmt.Sprintf("%d/%d", i, x.Entry)}
		if o := c.Observed; o != nil && o.Entry == x.Entry {
			p.hops[i].answer, p.hops[i].says = true, o.Text
		}
		if x.At.IsZero() {
			continue
		}
		if end := x.At.Add(x.Took); end.After(p.to) {
			p.to = end
		}
		if p.from.IsZero() || x.At.Before(p.from) {
			p.from = x.At
		}
	}
	p.below.Stale()
	p.measure()
	p.grid.Set(p.hops)
	if i := p.best(); i >= 0 {
		p.grid.Select(p.hops[i].key)
	}
	p.full = nil
	return nil
}

// best is the exchange that answered the sign-in: the one with AWS's error,
// else the answer to the response; -1 where there is none.
func (p *Pane) best() int {
	at := -1
	for i, h := range p.hops {
		switch {
		case h.answer:
			return i
		case h.SAML == "SAMLResponse" && at < 0, p.c.Posted != nil && h.Entry == p.c.Posted.Entry:
			at = i
		}
	}
	return at
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.measure()
	p.fill()
}

// measure gives the list its rows.
func (p *Pane) measure() {
	p.grid.Resize(p.w, max(0, p.h-p.above()-p.under()))
}

// under is how many rows below the list tell of the exchange under the cursor.
func (p *Pane) under() int { return part.Room(p.h-p.above(), len(p.hops)) }

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.on = msg.On
		p.grid.Blur, p.page.Blur = !msg.On, !msg.On
	case pane.Click:
		switch {
		case p.full != nil:
			p.page.Click(msg.Y)
		case p.grid.Click(msg.Y-p.above()) && msg.Double:
			p.open()
		}
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

func (p *Pane) act(a keys.Action) tea.Cmd {
	switch a {
	case keys.Cancel, keys.Back:
		if p.full == nil {
			return pane.Ask(pane.Pass{Action: a})
		}
		p.full = nil
	case keys.ToAnswer:
		if i := p.best(); i >= 0 {
			p.full = nil
			p.grid.Select(p.hops[i].key)
		}
	case keys.Open:
		if p.full != nil {
			if ref, ok := p.page.At(); ok && ref.Spot.Known() {
				return pane.Ask(pane.Goto{Spot: ref.Spot, What: "answer"})
			}
			return nil
		}
		p.open()
	default:
		if p.full != nil {
			p.page.Do(a)
		} else {
			p.grid.Do(a)
		}
	}
	return nil
}

func (p *Pane) open() {
	if h, ok := p.grid.At(); ok {
		p.full = &h
		p.page = page.Page[part.Ref]{Blur: !p.on}
		p.fill()
	}
}
