// Package users shows the Connect users as they stream in: a search as one
// types, which says of every user why it is there, and whether the role
// session name of this sign-in is one of them.
//
// The search is package roster's. Nothing here grows with the number of users
// but the index, which is kept as long as the list only grows.
package users

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
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
	mark   string // the user that another pane's cursor is on
	about  *about // the user that is shown in full; nil for none
	side   page.Page[part.Ref]
	beside string // the user that side shows
	near   nearest
	// searching tells that a search is under way beside the screen.
	searching bool
	sought    int // users in the list at the last search
	// later tells that what stands in the prompt is still to be searched for.
	later bool
}

// New returns the pane.
func New() pane.Pane {
	return &Pane{roll: newRoll(), mode: listed, picked: true, look: prompt.Prompt{Label: "› "}}
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

// Update takes an action, text, or a step of the pane's own work.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		return p.focused(msg.On)
	case tally:
		return p.rows.count(msg)
	case built:
		p.rows.reset()
		return tea.Batch(p.roll.got(msg), p.refresh())
	case result:
		return p.found(msg)
	case nearest:
		if msg.index == p.roll.index && msg.name == p.name {
			p.near = msg
		}
		grow := p.roll.read()
		return tea.Batch(grow, p.refresh())
	case pane.Sift:
		p.look.Set(msg.Query)
		return p.search()
	case pane.Click:
		return p.click(msg)
	case tea.KeyMsg:
		return p.typed(msg)
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

func (p *Pane) focused(on bool) tea.Cmd {
	p.on = on
	p.mode = listed
	var cmd tea.Cmd
	if on && p.later {
		p.later = false
		cmd = p.search()
	}
	if on && p.about == nil {
		p.mode, p.picked = armed, true
	}
	if p.about != nil {
		p.about.page.Blur = !on
	}
	return cmd
}

// Typing reports whether keys are text.
func (p *Pane) Typing() bool { return p.on && p.about == nil && p.mode != listed }

// act carries out an action.
func (p *Pane) act(a keys.Action) tea.Cmd {
	switch a {
	case keys.Narrow:
		p.about, p.mode, p.picked = nil, live, true
		return nil
	case keys.Cancel, keys.Back:
		if p.about != nil {
			p.about = nil
			return nil
		}
		return pane.Ask(pane.Pass{Action: a})
	case keys.ToOwn:
		p.about, p.mode = nil, listed
		p.look.Set(p.name)
		return p.search()
	case keys.Open:
		p.open()
		return nil
	case keys.Copy, keys.CopyARN:
		return p.copy(a)
	case keys.Events:
		u, ok := p.user()
		if !ok {
			return nil
		}
		return tea.Batch(pane.Ask(pane.To{ID: "trail", Msg: pane.Sift{Query: u.Username}}), pane.Ask(pane.Focus{ID: "trail"}))
	}
	if p.about != nil {
		p.about.page.Do(a)
		return nil
	}
	moved, more := p.rows.do(p.roll.index, a)
	if moved {
		p.mode = listed
		p.aside()
	}
	if more {
		return p.search()
	}
	return nil
}

// click puts the cursor on a row; a click on the prompt begins to type.
func (p *Pane) click(c pane.Click) tea.Cmd {
	if p.about != nil {
		p.about.page.Click(c.Y)
		return nil
	}
	i := p.rows.top + c.Y - p.chrome()
	switch {
	case c.Y == p.promptRow():
		p.mode, p.picked = live, true
	case c.Y >= p.chrome() && i < p.rows.len(p.roll.index):
		p.mode = listed
		p.rows.cursor = i
		p.rows.follow(p.roll.index)
		p.aside()
		if c.Double {
			p.open()
		}
	}
	return nil
}

// user is the one under the cursor, or shown in full.
func (p *Pane) user() (evidence.User, bool) {
	if p.about != nil {
		return p.about.user, true
	}
	r, ok := p.rows.at(p.roll.index)
	return r.User, ok
}

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	u, ok := p.user()
	switch a {
	case keys.Open, keys.Events, keys.Copy:
		if !ok {
			return "there is no user here"
		}
	case keys.CopyARN:
		if !ok || u.ARN == "" {
			return "the list tells no ARN of this user"
		}
	case keys.ToOwn:
		if p.name == "" {
			return "this capture tells no role session name"
		}
	}
	return ""
}

func (p *Pane) copy(a keys.Action) tea.Cmd {
	text, what := p.Copy()
	if u, ok := p.user(); ok && a == keys.CopyARN {
		text, what = u.ARN, "ARN"
	}
	return pane.Ask(pane.Copy{Text: text, What: what})
}

// Copy is the user name under the cursor, or the field of the user that is
// shown in full.
func (p *Pane) Copy() (text, what string) {
	if p.about != nil {
		if ref, ok := p.about.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	}
	u, _ := p.user()
	return u.Username, "user name"
}

// Spot is the user under the cursor.
func (p *Pane) Spot() evidence.Spot {
	u, ok := p.user()
	if !ok {
		return evidence.Spot{}
	}
	return evidence.Spot{In: evidence.InUsers, Path: u.Username}
}

// Point looks for a user by name.
func (p *Pane) Point(s evidence.Spot) bool {
	if s.In == evidence.InInstance {
		return true
	}
	if s.In != evidence.InUsers {
		return false
	}
	p.about = nil
	if s.Path == "" {
		return true
	}
	// The search for the session name may show it already.
	for i, f := range p.rows.found {
		if f.User.Username == s.Path {
			p.rows.cursor = i
			p.rows.follow(p.roll.index)
			p.aside()
			return true
		}
	}
	p.look.Set(s.Path)
	p.jump(s.Path)
	return true
}

// Mark marks the user that another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) {
	p.mark = ""
	if s.In == evidence.InUsers {
		p.mark = s.Path
	}
}

// Watch follows the lookups that bring users.
func (p *Pane) Watch(all []pane.Lookup) {
	p.lookup, p.exact = pane.Lookup{}, pane.Lookup{}
	for _, l := range all {
		switch {
		case l.Lookup == nil:
		case l.Gives.Has(evidence.NeedUsers):
			p.lookup = l
		case l.Gives.Has(evidence.NeedExact):
			p.exact = l
		}
	}
	p.answer = p.judge()
}

// Busy reports whether users are still coming in.
func (p *Pane) Busy() bool { return p.lookup.State == pane.Running || p.roll.busy || p.searching }

// Count is the number of users.
func (p *Pane) Count() string {
	if n := p.roll.index.Len(); n > 0 {
		return pane.Number(n)
	}
	return ""
}

// Status is the user that is shown in full.
func (p *Pane) Status() (l style.Line) {
	if p.about != nil {
		l = l.Show(style.Quiet, p.about.user.Username)
	}
	return l
}

// Text is what is on screen, or the user in full.
func (p *Pane) Text() string {
	if p.about != nil {
		return p.about.page.Text()
	}
	var b strings.Builder
	for i := range min(p.rows.len(p.roll.index), furthest) {
		r := p.rows.row(p.roll.index, i)
		b.WriteString(line(r) + "\n")
	}
	return b.String()
}

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
		all = append(all[:len(all):len(all)], i)
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
