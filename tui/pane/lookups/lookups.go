// Package lookups shows what was asked of AWS, or taken from files in its
// place: how far each answer is, why one did not come, and what would open it.
package lookups

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
)

// open is what lies over the list.
type open uint8

const (
	list   open = iota
	detail      // one lookup
	least       // the policy
)

// Pane is the list of lookups.
type Pane struct {
	w, h  int
	on    bool
	c     evidence.Case
	calls []pane.Lookup
	rows  []row
	grid  *grid.Grid[row]
	open  open
	page  page.Page[part.Ref]
	below part.Under // the lookup under the cursor, below the list
}

// New returns the pane.
func New() pane.Pane {
	p := &Pane{below: part.Under{Rest: "enter shows all of it"}}
	p.grid = grid.New(func(r row) string { return r.want.Name }, func(r row) string {
		return strings.Join([]string{r.want.Name, r.want.Call, words[r.state].word, r.why(), r.fact.source}, " ")
	}, p.columns()...)
	return p
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.c = d.Case
	p.fill()
	return nil
}

// Watch follows the lookups.
func (p *Pane) Watch(all []pane.Lookup) {
	p.calls = all
	p.fill()
}

// fill makes the rows anew, and what lies over them.
func (p *Pane) fill() {
	p.rows = table(p.c, p.calls)
	p.below.Stale()
	p.measure()
	p.grid.Set(p.rows)
	if p.open != list {
		p.lay()
	}
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.measure()
	if p.open != list {
		p.lay()
	}
}

// measure gives the list its rows.
func (p *Pane) measure() {
	p.grid.Resize(p.w, max(0, p.h-p.above()-p.under()))
}

// under is how many rows below the list tell of the lookup under the cursor.
func (p *Pane) under() int { return part.Room(p.h-p.above(), len(p.rows)) }

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.on = msg.On
		p.grid.Blur, p.page.Blur = !msg.On, !msg.On
	case pane.Click:
		switch {
		case p.open != list:
			p.page.Click(msg.Y)
		case p.grid.Click(msg.Y-p.above()) && msg.Double:
			p.turn(detail)
		}
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

func (p *Pane) act(a keys.Action) tea.Cmd {
	switch a {
	case keys.Open:
		if p.open == list {
			p.turn(detail)
		}
	case keys.LeastMine:
		if p.open == least {
			p.open = list
		} else {
			p.turn(least)
		}
	case keys.AskOne:
		if r, ok := p.grid.At(); ok && r.lookup != nil {
			return pane.Ask(pane.Redo{Lookup: r.lookup})
		}
	case keys.Cancel, keys.Back:
		if p.open == list {
			return pane.Ask(pane.Pass{Action: a})
		}
		p.open = list
	default:
		if p.open != list {
			p.page.Do(a)
		} else {
			p.grid.Do(a)
		}
	}
	return nil
}

func (p *Pane) turn(o open) {
	p.open = o
	p.page = page.Page[part.Ref]{Blur: !p.on}
	p.lay()
}
