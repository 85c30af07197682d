// Package attributes shows what AWS reads from the assertion, what else is in
// it, and which of it was found wrong.
package attributes

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
)

// Pane is the table of attributes.
type Pane struct {
	d     diag.Diagnosis
	facts []fact
	found map[string][]rule.Finding // by path
	page  page.Page[part.Ref]
	below part.Under // the row under the cursor, below a short table
	w, h  int
}

// New returns the pane.
func New() pane.Pane { return &Pane{} }

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.d = d
	p.facts = facts(d)
	p.found = map[string][]rule.Finding{}
	for _, f := range d.Findings {
		for _, s := range spots(f) {
			if s.In == evidence.InResponse && s.Path != "" {
				p.found[s.Path] = append(p.found[s.Path], f)
			}
		}
	}
	p.build()
	return nil
}

// spots are the places a finding speaks of, each once.
func spots(f rule.Finding) []evidence.Spot {
	out := []evidence.Spot{f.At}
	seen := map[string]bool{f.At.Path: true}
	add := func(s evidence.Spot) {
		if !seen[s.Path] {
			seen[s.Path] = true
			out = append(out, s)
		}
	}
	for _, s := range f.Also {
		add(s)
	}
	for _, x := range f.Evidence {
		add(x.At)
	}
	return out
}

// at returns the findings that point at a spot, or at the attribute that
// holds it.
func (p *Pane) at(s evidence.Spot) []rule.Finding {
	if s.Path == "" {
		return nil
	}
	out := p.found[s.Path]
	if i := strings.LastIndex(s.Path, "/AttributeValue"); i > 0 {
		out = append(slices.Clip(out), p.found[s.Path[:i]]...)
	}
	return out
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.build()
}

func (p *Pane) build() {
	if p.w <= 0 || p.h <= 0 {
		return
	}
	p.below.Stale()
	p.page.Resize(p.w, p.h)
	p.page.Set(p.rows())
	p.page.Resize(p.w, p.h-p.under())
}

func (p *Pane) rows() []part.Row {
	r := &part.Rows{W: p.page.Width(), Indent: 2}
	if len(p.facts) == 0 {
		r.Gap()
		why := "There is no assertion to read"
		if w := p.d.Case.Response.Why; w != "" {
			why += ": " + w
		} else if len(p.d.Case.Response.Value.Encrypted) > 0 {
			why += ": it is encrypted. Give the private key with --key"
		}
		r.Put(style.Line{})
		r.Text(style.Plain, why)
		return r.All
	}
	name := 16
	for _, f := range p.facts {
		name = max(name, min(28, style.Width(style.Clean(f.name))))
	}
	if r.W < 70 {
		name = min(name, 18)
	}
	meaning := 0 // the column of meanings, where there is room
	if r.W >= 110 {
		meaning = min(46, r.W/3)
	}
	group := ""
	for i, f := range p.facts {
		if f.group != group {
			group = f.group
			r.Head(group)
		}
		p.row(r, fmt.Sprintf("%s#%d", f.id(), i), f, name, meaning)
	}
	return r.All
}

// row adds one fact: a mark, its name, its value and what AWS makes of it.
func (p *Pane) row(r *part.Rows, id string, f fact, name, meaning int) {
	mark := style.Good.Of("✓")
	fs := p.at(f.spot)
	switch {
	case len(fs) > 0:
		mark = pane.Sign(fs[0].Severity)
	case f.lacking:
		mark = style.Bad.Of("✗")
	case f.extra:
		mark = style.Quiet.Of("·")
	}
	l := style.New(style.Plain.Of(" "), mark, style.Plain.Of(" "))
	ink := style.Plain
	if f.extra {
		ink = style.Quiet
	}
	l = l.Add(ink, style.Pad(style.CutMiddle(style.Clean(f.name), name), name)).Add(style.Plain, "  ")
	lead := l.Width()
	room := max(12, r.W-lead-meaning-2)
	value := style.Line{}.Show(ink, f.value)
	switch {
	case f.lacking:
		value = style.New(style.Bad.Of("not there"))
	case f.value == "":
		value = style.New(style.Odd.Of("empty"))
	}
	ref := part.Ref{Text: f.value, What: f.name, Spot: f.spot}
	for i, v := range style.Wrap(value, room, 0) {
		line := l
		if i > 0 {
			line = style.New(style.Plain.Of(style.Blank(lead)))
		}
		line = line.Join(v)
		if i == 0 && meaning > 0 && f.means != "" {
			line = line.To(r.W-meaning).Add(style.Quiet, f.means)
		}
		r.All = append(r.All, part.Row{Line: line.Cut(r.W), ID: id, Ref: ref})
	}
	for _, g := range fs {
		line := style.New(style.Plain.Of(style.Blank(lead)), pane.Sign(g.Severity), style.Strong.Of(" "+g.ID()), style.Quiet.Of("  "+g.Summary))
		r.All = append(r.All, part.Row{Line: line.Cut(r.W), ID: id, Ref: ref})
	}
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.page.Blur = !msg.On
	case pane.Click:
		if p.page.Click(msg.Y) && msg.Double {
			return p.open()
		}
	case keys.Action:
		if msg == keys.Open {
			return p.open()
		}
		p.page.Do(msg)
	}
	return nil
}

func (p *Pane) open() tea.Cmd {
	s := p.Spot()
	if !s.Known() {
		return pane.Ask(pane.Say{Text: "it is not in the assertion"})
	}
	return pane.Ask(pane.Goto{Spot: s, What: "attribute"})
}

// Point puts the cursor on a spot of the assertion.
func (p *Pane) Point(s evidence.Spot) bool {
	id := p.idOf(s)
	return id != "" && p.page.Select(id)
}

// Mark marks what another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) { p.page.Mark(p.idOf(s)) }

// idOf is the row that shows a spot: its own, else the first inside it.
func (p *Pane) idOf(s evidence.Spot) string {
	if s.In != evidence.InResponse || s.Path == "" {
		return ""
	}
	for i, f := range p.facts {
		if f.spot.Path == s.Path {
			return fmt.Sprintf("%s#%d", f.id(), i)
		}
	}
	for i, f := range p.facts {
		if strings.HasPrefix(f.spot.Path, s.Path+"/") && strings.Contains(s.Path, "/Attribute") {
			return fmt.Sprintf("%s#%d", f.id(), i)
		}
	}
	return ""
}

// Spot is what the cursor is on.
func (p *Pane) Spot() evidence.Spot {
	ref, _ := p.page.At()
	return ref.Spot
}

// Copy is the value under the cursor.
func (p *Pane) Copy() (text, what string) {
	ref, _ := p.page.At()
	return ref.Text, ref.What
}

// Status is what AWS makes of the row under the cursor.
func (p *Pane) Status(int) style.Line {
	if f, ok := p.chosen(); ok && f.means != "" {
		return style.New(style.Quiet.Of(f.means))
	}
	return style.Line{}
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits { return p.page.Find(q) }

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits { return p.page.Step(by) }

// Text is the whole table.
func (p *Pane) Text() string { return p.page.Text() }

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) { return p.page.More() }

// View draws it.
func (p *Pane) View() []style.Line {
	out := p.page.View()
	if f, ok := p.chosen(); ok && p.under() > 0 {
		out = append(out, p.below.View(p.page.ID(), p.w, p.under(), func(r *part.Rows) { p.tell(r, f) })...)
	}
	return out
}
