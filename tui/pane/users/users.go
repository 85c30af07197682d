// Package users shows the Connect users as they stream in: a search as one
// types, which says of every user why it is there, and whether the role
// session name of this sign-in is one of them.
//
// The search is package roster's. Nothing here grows with the number of users
// but the index, which is kept as long as the list only grows.
package users

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/prompt"
)

// A mode is what keys do.
type mode uint8

const (
	listed mode = iota // keys are actions
	armed              // letters begin a name, other keys are actions
	live               // keys are text
)

// Pane is the search among the users.
type Pane struct {
	w, h int
	on   bool
	mode mode
	// picked tells that the whole text of the prompt is marked: the next
	// character replaces it.
	picked bool
	look   prompt.Prompt
	roll   roll
	rows   rows
	c      evidence.Case
	name   string // the role session name
	answer answer
	lookup pane.Lookup // the one that lists the users
	exact  pane.Lookup
	mark   string               // the user that another pane's cursor is on
	about  *about               // the user that is shown in full; nil for none
	told   map[string]pane.Told // what AWS said of users, by ID
	asking string               // the ID of the user that it is asked about
	side   page.Page[part.Ref]
	beside string // the user that side shows
	below  part.Under
	near   nearest
	// searching tells that a search is under way beside the screen.
	searching bool
	sought    int // users in the list at the last search
	// later tells that what stands in the prompt is still to be searched for.
	later bool
}

// New returns the pane.
func New() pane.Pane {
	return &Pane{below: part.Under{Rest: "enter shows all of it"}, told: map[string]pane.Told{}, roll: newRoll(), mode: listed, picked: true, look: prompt.Prompt{Label: "› "}}
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.c = d.Case
	old, untouched := p.name, p.look.Text() == p.name
	p.name = ""
	if c, _, ok := claims.Read(d.Case); ok {
		p.name = c.NameIn(d.Case)
	}
	if p.name != old && untouched {
		p.look.Set(p.name)
	}
	build := p.roll.take(list(d.Case))
	return tea.Batch(build, p.refresh())
}

// list is what is known of the users: all of them, else those that were found
// by their exact name.
func list(c evidence.Case) []evidence.User {
	if l := c.Live.Users; len(l.Value) > 0 || l.State == evidence.Known {
		return l.Value
	}
	return c.Live.Exact.Value
}

// refresh searches again, and judges the session name again: the list, or what
// is known of it, has changed.
func (p *Pane) refresh() tea.Cmd {
	near := p.seekNearest()
	p.answer = p.judge()
	p.beside = "\x00"
	p.below.Stale()
	return tea.Batch(near, p.search())
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.rows.h = max(0, h-p.chrome())
	p.rows.follow(p.roll.index)
	p.beside = "\x00"
	p.aside()
	if p.about != nil {
		p.about.fill(p)
	}
}

// Typing reports whether keys are text.
func (p *Pane) Typing() bool { return p.on && p.about == nil && p.mode != listed }

// instance is how the sign-in's instance is called, "" where unknown.
func (p *Pane) instance() string {
	if i, ok := p.c.Live.Instance.Get(); ok && i.Alias != "" {
		return i.Alias
	}
	return p.called(admission.Instance(p.c))
}

// called is how an instance is called: its alias where that is known.
func (p *Pane) called(id string) string {
	if id == "" {
		return ""
	}
	all := p.c.Live.Instances.Value
	if i, ok := p.c.Live.Instance.Get(); ok {
		all = append(slices.Clip(all), i)
	}
	for _, i := range all {
		if strings.EqualFold(i.ID, id) && i.Alias != "" {
			return i.Alias
		}
	}
	if len(id) > 8 {
		return id[:8] + "…"
	}
	return id
}
