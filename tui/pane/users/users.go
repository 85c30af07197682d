// Package users shows the Connect users as they stream in, and the role
// session name that has to be one of them.
package users

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/seek"
)

// Pane is the list of users.
type Pane struct {
	fact evidence.Fact[[]evidence.User]
	name string // the role session name
	grid *grid.Grid[evidence.User]
	w, h int
}

// New returns the pane.
func New() pane.Pane {
	key := func(u evidence.User) string { return u.ID }
	text := func(u evidence.User) string { return u.Username }
	return &Pane{grid: grid.New(key, text,
		grid.Column[evidence.User]{Title: "user name", Min: 24, Weight: 3, Cell: func(u evidence.User, _ int) style.Line { return style.Line{}.Show(style.Plain, u.Username) }},
		grid.Column[evidence.User]{Title: "e-mail", Min: 20, Weight: 2, Rank: 1, Cell: func(u evidence.User, _ int) style.Line { return style.Line{}.Show(style.Quiet, u.Email) }},
	)}
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.fact = d.Case.Live.Users
	if c, _, ok := claims.Read(d.Case); ok {
		p.name = c.NameIn(d.Case)
	}
	p.grid.Set(p.fact.Value)
	return nil
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.grid.Resize(w, max(0, h-2))
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.grid.Blur = !msg.On
	case pane.Click:
		p.grid.Click(msg.Y - 2)
	case keys.Action:
		p.grid.Do(msg)
	}
	return nil
}

// Point puts the cursor on a user.
func (p *Pane) Point(s evidence.Spot) bool {
	if s.In != evidence.InUsers {
		return false
	}
	for _, u := range p.fact.Value {
		if u.Username == s.Path {
			return p.grid.Select(u.ID)
		}
	}
	return false
}

// Copy is the user name under the cursor.
func (p *Pane) Copy() (text, what string) {
	u, _ := p.grid.At()
	return u.Username, "user name"
}

// Count is how many there are.
func (p *Pane) Count() string {
	if n := len(p.fact.Value); n > 0 {
		return fmt.Sprint(n)
	}
	return ""
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits { return p.grid.Find(q) }

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits { return p.grid.Step(by) }

// View draws it.
func (p *Pane) View() []style.Line {
	head := style.New(style.Plain.Of(" "), style.Quiet.Of("role session name  ")).Show(style.Strong, p.name)
	if len(p.fact.Value) == 0 {
		return []style.Line{head, {}, style.New(style.Quiet.Of(" no users: " + p.fact.State.String() + " " + p.fact.Why))}
	}
	return append([]style.Line{head, {}}, p.grid.View()...)
}
