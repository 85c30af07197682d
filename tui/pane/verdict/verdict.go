// Package verdict shows the first screen: where the chain broke, why, the
// proof and the fix; and, as a pane of its own, one finding in full. It
// decides nothing: the diagnosis has.
package verdict

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
)

// Pane is the first screen.
type Pane struct {
	d     diag.Diagnosis
	page  page.Page[part.Ref]
	w, h  int
	shell part.Shell
	full  bool // everything is told; else what has a page of its own is cut
	tight bool // the proof gives way to the fix
	hop   int  // index into the chain of the hop that is told of
	moved bool
	last  int // the finding that was told of last, from 1

	scope  scope
	counts int // how often it was counted: a late count is dropped
}

// New returns the pane.
func New() pane.Pane { return &Pane{hop: -1} }

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.d = d
	if !p.moved {
		p.hop = telling(d)
	}
	defer p.build()
	p.counts++
	if len(d.Case.Live.Trail.Value) < few && len(d.Case.Live.Users.Value) < few {
		p.scope = measure(d.Case)
		return nil
	}
	n, c := p.counts, d.Case
	return func() tea.Msg { return counted{n, measure(c)} }
}

// few is how many events are counted at once; more are counted beside the
// screen.
const few = 4096

// counted is the scope that was counted for the n-th diagnosis.
type counted struct {
	n int
	scope
}

// telling is the hop to tell of at first: the one that broke, else the first
// that could not be judged, else the last that was.
func telling(d diag.Diagnosis) int {
	at := 0
	for i, l := range d.Chain {
		switch {
		case l.State == chain.Failed:
			return i
		case l.State == chain.Unchecked && d.Verdict.State == chain.Unknown:
			return i
		case l.State == chain.Verified || l.State == chain.Inferred:
			at = i
		}
	}
	return at
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.build()
}

// foot is how many rows at the bottom tell of the scope: always as many, so
// that nothing moves when answers arrive.
func (p *Pane) foot() int {
	switch {
	case p.h < 18:
		return 0
	case p.h < 24:
		return 2
	}
	return 3
}

func (p *Pane) build() {
	if p.w <= 0 || p.h <= 0 {
		return
	}
	p.page.Resize(p.w, p.h-p.foot())
	// The whole story where it fits, else the short one, and where even that
	// hides what is to be done, the shortest.
	p.full, p.tight = true, p.h < 18
	rows := p.rows(p.page.Width())
	if len(rows) > p.page.Height() {
		p.full = false
		rows = p.rows(p.page.Width())
		if !p.tight && !mends(rows, p.page.Height()) {
			p.tight = true
			rows = p.rows(p.page.Width())
		}
	}
	p.page.Set(rows)
	if p.page.ID() == "" {
		p.page.Do(keys.Top)
	}
}

// mends reports whether the first command or step of the fix is wholly within
// the first h rows; true where there is none.
func mends(rows []part.Row, h int) bool {
	first, last := "", -1
	for i, r := range rows {
		if first == "" && (strings.HasPrefix(r.ID, "cmd/") || strings.HasPrefix(r.ID, "step/")) {
			first = r.ID
		}
		if first != "" && r.ID == first {
			last = i
		}
	}
	return last < h
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case counted:
		if msg.n == p.counts {
			p.scope = msg.scope
		}
	case pane.Focused:
		p.page.Blur = !msg.On
	case pane.Click:
		if p.page.Click(msg.Y) && msg.Double {
			return p.open()
		}
		return p.told()
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

func (p *Pane) act(a keys.Action) tea.Cmd {
	switch a {
	case keys.Open:
		return p.open()
	case keys.Copy:
		text, what := p.Copy()
		return pane.Ask(pane.Copy{Text: text, What: what})
	case keys.CopyUndo:
		f, ok := p.finding()
		if !ok || len(f.Fixes) == 0 {
			return pane.Ask(pane.Say{Text: "this finding has no fix to take back"})
		}
		if part.Undo(f.Fixes[0], p.shell) == "" {
			return pane.Ask(pane.Say{Text: "no way back is known for this fix: note what is set before it is changed"})
		}
		return pane.Ask(pane.Copy{Text: part.Undo(f.Fixes[0], p.shell), What: "how to take the fix back"})
	case keys.PowerShell:
		p.shell = 1 - p.shell
		p.build()
		return pane.Ask(pane.Say{Text: p.shell.Says()})
	case keys.Left, keys.Right:
		by := 1
		if a == keys.Left {
			by = -1
		}
		p.moved = true
		p.hop = max(0, min(p.hop+by, len(p.d.Chain)-1))
		p.build()
	default:
		if p.page.Do(a) {
			return p.told()
		}
	}
	return nil
}

// told tells the program which finding the cursor has come to.
func (p *Pane) told() tea.Cmd {
	ref, ok := p.page.At()
	if !ok || ref.Finding == p.last || ref.Finding == 0 || ref.Finding > len(p.d.Findings) {
		return nil
	}
	p.last = ref.Finding
	return pane.Ask(pane.Picked{Finding: p.d.Findings[ref.Finding-1]})
}

// open follows the finding under the cursor: its page opens, and every pane
// goes to its place.
func (p *Pane) open() tea.Cmd {
	f, ok := p.finding()
	if !ok {
		return nil
	}
	return tea.Batch(
		pane.Ask(pane.Picked{Finding: f}),
		pane.Ask(pane.Goto{Spot: f.At, Stay: true}),
		pane.Ask(pane.Focus{ID: "finding"}),
	)
}

// finding is the one that the row under the cursor belongs to, else the
// cause.
func (p *Pane) finding() (rule.Finding, bool) {
	if ref, ok := p.page.At(); ok && ref.Finding > 0 && ref.Finding <= len(p.d.Findings) {
		return p.d.Findings[ref.Finding-1], true
	}
	if len(p.d.Findings) > 0 {
		return p.d.Findings[0], true
	}
	return rule.Finding{}, false
}

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	switch a {
	case keys.Open, keys.CopyUndo:
		if len(p.d.Findings) == 0 {
			return "there is no finding"
		}
	case keys.Copy:
		if t, _ := p.Copy(); t == "" {
			return "there is no fix to copy"
		}
	}
	return ""
}

// Copy is the command under the cursor, else the finding's best fix.
func (p *Pane) Copy() (text, what string) {
	if ref, ok := p.page.At(); ok && ref.Text != "" {
		return ref.Text, ref.What
	}
	f, ok := p.finding()
	if !ok || len(f.Fixes) == 0 {
		return "", ""
	}
	return part.Whole(f.Fixes[0], p.d.IdP(), p.shell), "the fix of " + f.ID()
}

// Spot is the place of the finding under the cursor.
func (p *Pane) Spot() evidence.Spot {
	f, _ := p.finding()
	return f.At
}

// Count is how many findings there are.
func (p *Pane) Count() string {
	if n := len(p.d.Findings); n > 0 {
		return fmt.Sprintf("%d finding%s", n, plural(n))
	}
	return ""
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits { return p.page.Find(q) }

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits { return p.page.Step(by) }

// Text is the whole screen.
func (p *Pane) Text() string {
	var b strings.Builder
	b.WriteString(p.page.Text())
	for _, l := range p.footing() {
		b.WriteString(strings.TrimRight(l.Text(), " ") + "\n")
	}
	return b.String()
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) { return p.page.More() }

// View draws it.
func (p *Pane) View() []style.Line {
	out := p.page.View()
	if p.foot() == 0 {
		return out
	}
	for len(out) < p.h-p.foot() {
		out = append(out, style.Line{})
	}
	foot := p.footing()
	return append(out, foot[len(foot)-p.foot():]...)
}
