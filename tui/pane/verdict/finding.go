package verdict

import (
	"fmt"

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

// Finding is one finding in full.
type Finding struct {
	d     diag.Diagnosis
	f     rule.Finding
	has   bool
	page  page.Page[part.Ref]
	w, h  int
	shell part.Shell
}

// NewFinding returns the pane.
func NewFinding() pane.Pane { return &Finding{} }

// Show takes a diagnosis; which of its findings to show, Pick says.
func (p *Finding) Show(d diag.Diagnosis) tea.Cmd {
	p.d = d
	p.has = p.has && len(d.Findings) > 0
	p.build()
	return nil
}

// Pick shows another finding.
func (p *Finding) Pick(f rule.Finding) {
	if p.has && (p.f.ID() != f.ID() || p.f.At != f.At) {
		p.page = page.Page[part.Ref]{Blur: p.page.Blur}
	}
	p.f, p.has = f, true
	p.build()
}

// Resize sets the cells.
func (p *Finding) Resize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.build()
}

func (p *Finding) build() {
	if p.w <= 0 || p.h <= 0 {
		return
	}
	p.page.Resize(p.w, p.h)
	p.page.Set(p.rows())
}

// Update takes an action.
func (p *Finding) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.page.Blur = !msg.On
	case pane.Click:
		if p.page.Click(msg.Y) && msg.Double {
			return p.open()
		}
	case keys.Action:
		switch msg {
		case keys.Open:
			return p.open()
		case keys.Copy:
			text, what := p.Copy()
			return pane.Ask(pane.Copy{Text: text, What: what})
		case keys.CopyUndo:
			if len(p.f.Fixes) == 0 {
				return pane.Ask(pane.Say{Text: "this finding has no fix to take back"})
			}
			if part.Undo(p.f.Fixes[0], p.shell) == "" {
				return pane.Ask(pane.Say{Text: "no way back is known for this fix: note what is set before it is changed"})
			}
			return pane.Ask(pane.Copy{Text: part.Undo(p.f.Fixes[0], p.shell), What: "how to take the fix back"})
		case keys.PowerShell:
			p.shell = 1 - p.shell
			p.build()
			return pane.Ask(pane.Say{Text: p.shell.Says()})
		default:
			p.page.Do(msg)
		}
	}
	return nil
}

// open follows the place under the cursor, else the finding's own.
func (p *Finding) open() tea.Cmd {
	spot := p.Spot()
	if !spot.Known() {
		return pane.Ask(pane.Say{Text: "no place is known for this"})
	}
	return pane.Ask(pane.Goto{Spot: spot, What: p.f.ID()})
}

// Spot is the place under the cursor, else the finding's own.
func (p *Finding) Spot() evidence.Spot {
	if ref, ok := p.page.At(); ok && ref.Spot.Known() {
		return ref.Spot
	}
	return p.f.At
}

// Copy is what is under the cursor, else the best fix.
func (p *Finding) Copy() (text, what string) {
	if ref, ok := p.page.At(); ok && ref.Text != "" {
		return ref.Text, ref.What
	}
	if len(p.f.Fixes) == 0 {
		return "", ""
	}
	return part.Whole(p.f.Fixes[0], p.d.IdP(), p.shell), "the fix"
}

// Status names the finding.
func (p *Finding) Status(int) style.Line {
	if !p.has {
		return style.Line{}
	}
	return style.New(style.Plain.Of(p.f.ID()))
}

// Find searches.
func (p *Finding) Find(q string) seek.Hits { return p.page.Find(q) }

// Step goes to another match.
func (p *Finding) Step(by int) seek.Hits { return p.page.Step(by) }

// Text is the whole page.
func (p *Finding) Text() string { return p.page.Text() }

// More tells how much is above and below the window.
func (p *Finding) More() (above, below int) { return p.page.More() }

// View draws it.
func (p *Finding) View() []style.Line { return p.page.View() }

func (p *Finding) rows() []part.Row {
	r := &part.Rows{W: p.page.Width() - 1, Indent: 3}
	if !p.has {
		r.Text(style.Quiet, "Nothing was found that is wrong, so there is nothing to tell in full here.")
		return r.All
	}
	f := p.f
	r.Stop("self", style.New(style.Plain.Of(" "), pane.Sign(f.Severity), style.Strong.Of(" "+f.ID()), style.Quiet.Of("  "+f.Severity.String()+" at "+pane.At(hop(f)))), 3,
		part.Ref{Spot: f.At})
	r.Text(style.Plain, f.Summary)
	if f.After != "" {
		r.Text(style.Note, "Mend "+f.After+" first: this one comes behind it.")
	}
	if f.Now != "" {
		r.Text(style.Warn, f.Now)
	}
	if f.Inferred {
		r.Text(style.Note, "≈ Rests on evidence that was matched by likeness, not by name.")
	}
	if len(f.Evidence) > 0 {
		r.Head("EVIDENCE")
	}
	for i, x := range f.Evidence {
		r.Exhibit(fmt.Sprintf("x%d", i), x, 0)
		if x.At.Known() {
			r.At(x.At)
		}
	}
	if f.At.Known() && len(f.Evidence) == 0 {
		r.Head("PLACE")
		r.Stop("at", style.New(style.Plain.Of("   "), style.Link.Of(part.Place(f.At))), 3, part.Ref{Spot: f.At, Text: f.At.Path, What: "path"})
	}
	shown := map[evidence.Spot]bool{}
	for _, x := range f.Evidence {
		shown[x.At] = true
	}
	for i, s := range f.Also {
		if shown[s] {
			continue
		}
		r.Stop(fmt.Sprintf("also%d", i), style.New(style.Plain.Of("   "), style.Quiet.Of("see also "), style.Link.Of(part.Place(s))), 3, part.Ref{Spot: s, Text: s.Path, What: "path"})
	}
	if f.Rule != nil {
		r.Head("WHY")
		r.Text(style.Plain, f.Rule.Why)
		if f.Rule.Inferred != "" {
			r.Text(style.Note, "Inferred, not documented: "+f.Rule.Inferred)
		}
	}
	for i, fx := range f.Fixes {
		r.Head([]string{"FIX", "ANOTHER WAY"}[min(i, 1)])
		r.Fix(fmt.Sprintf("fix%d", i), fx, p.d.IdP(), p.shell, 0)
	}
	if len(f.Folded) > 0 {
		r.Head("FOLLOWS FROM IT")
	}
	for i, g := range f.Folded {
		r.Stop(fmt.Sprintf("folded%d", i), style.New(style.Plain.Of("   "), pane.Sign(g.Severity), style.Plain.Of(" "+g.ID()), style.Quiet.Of("  "+g.Summary)), 5, part.Ref{Spot: g.At})
	}
	if f.Rule != nil && len(f.Rule.Refs) > 0 {
		r.Head("SOURCES")
		for i, s := range f.Rule.Refs {
			r.Stop(fmt.Sprintf("ref%d", i), style.New(style.Plain.Of("   "), style.Quiet.Of(s)), 5, part.Ref{Text: s, What: "address"})
		}
	}
	return r.All
}

func hop(f rule.Finding) evidence.Hop {
	if f.Rule == nil {
		return evidence.HopCapture
	}
	return f.Rule.Hop
}
