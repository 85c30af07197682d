// Package trail shows CloudTrail's events around a sign-in as they stream in:
// what succeeded and failed over time, what was changed in between, and which
// event is this capture's own.
//
// The events are laid into one list and walked through beside the screen
// where there are many; a frame draws what is on screen alone.
package trail

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
)

// atOnce is how many events are walked through between two frames; more are
// walked through beside the screen.
const atOnce = 10_000

// Pane is the list of events.
type Pane struct {
	w, h   int
	on     bool
	c      evidence.Case
	moment time.Time // when this sign-in was
	book   *ledger
	dig    *digest
	view   view
	gen    int // of what is under way beside the screen
	busy   bool
	stale  bool   // the ledger lacks events that have come
	want   string // the event to come to once it is there
	follow bool   // the cursor stays on the newest event
	mark   string
	// looking tells that CloudTrail is looked at again and again.
	looking bool
	events  *grid.Grid[*event]
	groups  *grid.Grid[trail.Count]
	raw     *event // shown in full; nil for none
	page    page.Page[part.Ref]
	side    page.Page[part.Ref]
	beside  *event
	calls   []pane.Lookup
	// windows are the questions that CloudTrail is asked about this sign-in.
	windows []awsx.Window
	drawn   []style.Line // the chart, which changes with the digest alone
}

// New returns the pane.
func New() pane.Pane {
	p := &Pane{book: &ledger{}, dig: &digest{}, follow: true}
	p.events = grid.New(func(e *event) string { return e.ID }, said, p.columns()...)
	p.groups = grid.New(func(c trail.Count) string { return c.Key }, func(c trail.Count) string { return c.Key }, p.counts()...)
	return p
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	old := p.c.Live
	p.c = d.Case
	p.moment = moment(d.Case)
	p.windows = awsx.Windows(awsx.SubjectOf(d.Case))
	l := d.Case.Live
	if alike(old.Trail.Value, l.Trail.Value) && alike(old.Changes.Value, l.Changes.Value) && p.dig.regions != nil {
		return nil
	}
	return p.rework(true)
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	body := max(0, h-p.above()-p.below())
	p.events.Resize(p.listW(), body)
	p.groups.Resize(w, body)
	p.beside = nil
	p.drawn = p.chart()
	p.aside()
	p.fill()
}

// Update takes an action, or what was made beside the screen.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.on = msg.On
		p.events.Blur, p.groups.Blur, p.page.Blur = !msg.On, !msg.On, !msg.On
	case digested:
		p.settle(msg)
	case pane.Sift:
		p.raw = nil
		p.view = view{sift: msg.Query}
		return p.rework(false)
	case pane.Click:
		return p.click(msg)
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

// grouped reports whether groups stand in the place of events.
func (p *Pane) grouped() bool { return p.view.by != "" && !p.view.inside }

// at is the event under the cursor.
func (p *Pane) at() (*event, bool) {
	if p.raw != nil {
		return p.raw, true
	}
	if p.grouped() {
		return nil, false
	}
	return p.events.At()
}

func (p *Pane) isOwn(e *event) bool {
	return slices.Contains(p.book.own, e)
}
