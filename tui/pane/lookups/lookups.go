// Package lookups shows what was asked of AWS, or taken from files in its
// place: how far each answer is, why one did not come, and what would open it.
package lookups

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
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
}

// New returns the pane.
func New() pane.Pane {
	p := &Pane{}
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
	p.grid.Set(p.rows)
	if p.open != list {
		p.lay()
	}
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.grid.Resize(w, max(0, h-p.above()))
	if p.open != list {
		p.lay()
	}
}

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
		return pane.Ask(pane.Gather{})
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

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	if a != keys.AskOne {
		return ""
	}
	for _, r := range p.rows {
		if r.state == running || r.state == waiting {
			return "the lookups are still running"
		}
	}
	if len(awsx.Due(p.c, awsx.Lookups())) == 0 {
		return "every question has its answer"
	}
	return ""
}

// Copy is the field under the cursor, the policy, or the reason.
func (p *Pane) Copy() (text, what string) {
	switch p.open {
	case least:
		return p.policy(), "least policy"
	case detail:
		if ref, ok := p.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	case list:
	}
	r, _ := p.grid.At()
	if w := r.why(); w != "" {
		return w, "why"
	}
	return r.want.Call, "permission"
}

// policy is the least IAM policy for the lookups.
func (p *Pane) policy() string {
	return string(awsx.Policy(awsx.Lookups(), awsx.ScopeOf(awsx.SubjectOf(p.c))))
}

// Count is how many lookups have no answer.
func (p *Pane) Count() string {
	n := 0
	for _, r := range p.rows {
		if r.state == denied || r.state == failed {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// Busy reports whether a lookup is under way.
func (p *Pane) Busy() bool {
	for _, r := range p.rows {
		if r.state == running {
			return true
		}
	}
	return false
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits {
	if p.open != list {
		return p.page.Find(q)
	}
	return p.grid.Find(q)
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	if p.open != list {
		return p.page.Step(by)
	}
	return p.grid.Step(by)
}

// Text is what lies over the list, or the list.
func (p *Pane) Text() string {
	switch p.open {
	case least:
		return p.policy()
	case detail:
		return p.page.Text()
	case list:
	}
	var b strings.Builder
	for _, r := range p.rows {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", words[r.state].word, r.want.Name, r.want.Call, r.why())
	}
	return b.String()
}
