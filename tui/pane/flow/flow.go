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
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
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
}

// New returns the pane.
func New() pane.Pane {
	p := &Pane{}
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
	p.grid.Resize(w, max(0, h-p.above()))
	p.fill()
}

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

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	switch {
	case a == keys.Open && len(p.hops) == 0:
		return "the capture shows no requests"
	case a == keys.ToAnswer && p.best() < 0:
		return "the capture holds no answer of AWS"
	}
	return ""
}

// Copy is the line under the cursor, or the address.
func (p *Pane) Copy() (text, what string) {
	if p.full != nil {
		if ref, ok := p.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	}
	h, _ := p.grid.At()
	return h.URL, "address"
}

// Spot is the exchange under the cursor.
func (p *Pane) Spot() evidence.Spot {
	h, ok := p.grid.At()
	if !ok {
		return evidence.Spot{}
	}
	return evidence.Spot{In: evidence.InHAR, Path: fmt.Sprintf("/log/entries/%d", h.Entry)}
}

// Point puts the cursor on an entry of the archive, or on the page that AWS
// answered.
func (p *Pane) Point(s evidence.Spot) bool {
	if len(p.hops) == 0 {
		return false
	}
	switch s.In {
	case evidence.InPage:
		if i := p.best(); i >= 0 {
			p.full = nil
			return p.grid.Select(p.hops[i].key)
		}
	case evidence.InHAR:
		n, ok := entry(s.Path)
		for i := range p.hops {
			if ok && p.hops[i].Entry == n {
				p.full = nil
				return p.grid.Select(p.hops[i].key)
			}
		}
		return !ok
	}
	return false
}

// entry reads the number of an entry from a JSON pointer into an archive.
func entry(path string) (int, bool) {
	_, rest, ok := strings.Cut(path, "/entries/")
	if !ok {
		return 0, false
	}
	rest, _, _ = strings.Cut(rest, "/")
	n, err := strconv.Atoi(rest)
	return n, err == nil
}

// Mark marks the exchange that another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) {
	p.grid.Mark("")
	n, ok := entry(s.Path)
	for _, h := range p.hops {
		if s.In == evidence.InHAR && ok && h.Entry == n || s.In == evidence.InPage && h.answer {
			p.grid.Mark(h.key)
		}
	}
}

// Count is how many requests there are.
func (p *Pane) Count() string {
	if len(p.hops) == 0 {
		return ""
	}
	return pane.Number(len(p.hops))
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits {
	if p.full != nil {
		return p.page.Find(q)
	}
	return p.grid.Find(q)
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	if p.full != nil {
		return p.page.Step(by)
	}
	return p.grid.Step(by)
}

// Status is the entry of the archive under the cursor.
func (p *Pane) Status() (l style.Line) {
	if h, ok := p.grid.At(); ok {
		l = l.Add(style.Quiet, fmt.Sprintf("entry %d of the capture", h.Entry))
	}
	return l
}

// Text is the exchange in full, or the list.
func (p *Pane) Text() string {
	if p.full != nil {
		return p.page.Text()
	}
	var b strings.Builder
	for _, h := range p.hops {
		fmt.Fprintf(&b, "%s\t%s\t%d\t%s\n", h.At.UTC().Format(time.RFC3339Nano), h.Method, h.Status, h.URL)
	}
	return b.String()
}
