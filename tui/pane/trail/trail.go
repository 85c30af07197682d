// Package trail shows CloudTrail's sign-in events as they stream in.
package trail

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/seek"
)

// Pane is the list of events.
type Pane struct {
	fact evidence.Fact[[]evidence.TrailEvent]
	grid *grid.Grid[evidence.TrailEvent]
	w, h int
}

// New returns the pane.
func New() pane.Pane {
	type event = evidence.TrailEvent
	key := func(e event) string { return e.ID }
	text := func(e event) string {
		return e.SessionName + " " + e.ErrorCode + " " + e.ErrorMessage + " " + e.SourceIP
	}
	return &Pane{grid: grid.New(key, text,
		grid.Column[event]{Title: "time", Min: 19, Cell: func(e event, _ int) style.Line { return style.New(style.Quiet.Of(pane.Clock(e.Time))) }},
		grid.Column[event]{Title: "outcome", Min: 20, Weight: 2, Cell: outcome},
		grid.Column[event]{Title: "session name", Min: 16, Weight: 2, Rank: 1, Cell: func(e event, _ int) style.Line { return style.Line{}.Show(style.Plain, e.SessionName) }},
		grid.Column[event]{Title: "from", Min: 15, Rank: 2, Cell: func(e event, _ int) style.Line { return style.Line{}.Show(style.Quiet, e.SourceIP) }},
	)}
}

func outcome(e evidence.TrailEvent, _ int) style.Line {
	if !e.Failed {
		return style.New(style.Good.Of("✓ "), style.Plain.Of(e.Name))
	}
	return style.New(style.Bad.Of("✗ ")).Show(style.Plain, e.ErrorCode).Add(style.Plain, " ").Show(style.Quiet, e.ErrorMessage)
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.fact = d.Case.Live.Trail
	p.grid.Set(p.fact.Value)
	return nil
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.grid.Resize(w, h)
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.grid.Blur = !msg.On
	case pane.Click:
		p.grid.Click(msg.Y)
	case keys.Action:
		p.grid.Do(msg)
	}
	return nil
}

// Point puts the cursor on an event.
func (p *Pane) Point(s evidence.Spot) bool {
	return s.In == evidence.InTrail && p.grid.Select(s.Path)
}

// Spot is the event under the cursor.
func (p *Pane) Spot() evidence.Spot {
	if e, ok := p.grid.At(); ok {
		return evidence.Spot{In: evidence.InTrail, Path: e.ID}
	}
	return evidence.Spot{}
}

// Copy is the event under the cursor, as CloudTrail wrote it.
func (p *Pane) Copy() (text, what string) {
	e, _ := p.grid.At()
	return string(e.Raw), "event"
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
	if len(p.fact.Value) == 0 {
		return []style.Line{{}, style.New(style.Quiet.Of(" no events: " + p.fact.State.String() + " " + p.fact.Why))}
	}
	return p.grid.View()
}
