package users

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

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
func (p *Pane) Busy() bool {
	return p.lookup.State == pane.Running || p.roll.busy || p.searching || p.asking != ""
}

// Count is the number of users.
func (p *Pane) Count() string {
	if n := p.roll.index.Len(); n > 0 {
		return pane.Number(n)
	}
	return ""
}

// Status is the user that is shown in full.
func (p *Pane) Status(int) (l style.Line) {
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
