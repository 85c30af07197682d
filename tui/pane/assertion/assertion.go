// Package assertion shows the SAML response as a tree that folds, or as it
// was sent.
package assertion

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/saml"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
	"example.com/samlens/tui/widget/tree"
)

// Pane shows the response.
type Pane struct {
	doc  *document // nil where there is none to show
	xml  string    // the document that doc was made of
	why  []string  // why there is none
	tree tree.Tree
	raw  raw
	flat bool // shown as sent
	w, h int
}

// New returns the pane.
func New() pane.Pane { return &Pane{} }

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	r, ok := d.Case.Response.Get()
	if !ok || len(r.XML) == 0 {
		p.doc, p.xml = nil, ""
		p.why = absent(d.Case)
		return nil
	}
	if p.doc == nil || p.xml != string(r.XML) {
		t, err := saml.Tree(r.XML)
		if err != nil {
			p.doc, p.why = nil, []string{"The response is no XML that can be laid out: " + err.Error(), string(r.XML[:min(len(r.XML), 2000)])}
			return nil
		}
		p.xml = string(r.XML)
		p.doc = read(t)
		p.doc.judge(d)
		p.tree.Set(p.doc)
		for i, row := range p.doc.rows {
			// Signatures are long and seldom read; Goto unfolds them.
			if n := t.Nodes[row.node]; n.Name == "Signature" || n.Name == "EncryptedAssertion" {
				p.tree.Fold(i)
			}
		}
		p.raw.set(p.xml, p.w)
		return nil
	}
	p.doc.judge(d)
	return nil
}

// absent says why there is no response to show.
func absent(c evidence.Case) []string {
	out := []string{"There is no response to show."}
	if why := c.Response.Why; why != "" {
		out = append(out, why)
	}
	if f := c.Capture.Value.Found; f != "" {
		out = append(out, "Found instead: "+f)
	}
	if s := c.Capture.Value.Sanitised; s != "" {
		out = append(out, "It was masked by "+s+": record again, and export without masking.")
	}
	return out
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.tree.Resize(w, h)
	p.raw.resize(w, h)
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.tree.Blur = !msg.On
	case pane.Click:
		if p.doc != nil && !p.flat {
			p.tree.Click(msg.Y)
		}
	case keys.Action:
		if p.doc != nil {
			return p.act(msg)
		}
	}
	return nil
}

func (p *Pane) act(a keys.Action) tea.Cmd {
	name, arg := a.Cut()
	switch name {
	case keys.RawPretty:
		p.flat = !p.flat
		if p.flat {
			p.raw.show(p.Spot())
		}
	case keys.Open:
		return p.open()
	case keys.Depth:
		if n, err := strconv.Atoi(arg); err == nil {
			p.tree.Depth(n)
		}
	case keys.YankKey:
		return p.yank(p.doc.name(p.tree.Node()), "name")
	case keys.YankPath:
		return p.yank(p.doc.path(p.tree.Node()), "path")
	case keys.YankValue:
		return p.yank(p.doc.value(p.tree.Node()), "value")
	case keys.YankBranch:
		return p.yank(p.doc.branch(p.tree.Node()), "as sent")
	default:
		if p.flat {
			p.raw.do(a)
		} else {
			p.tree.Do(a)
		}
	}
	return nil
}

// open follows a node to what was found there, or to the pane that tells more
// of it; what leads nowhere folds or unfolds.
func (p *Pane) open() tea.Cmd {
	i := p.tree.Node()
	switch fs := p.doc.found[i]; {
	case i < 0:
		return nil
	case len(fs) > 0:
		return tea.Batch(pane.Ask(pane.Picked{Finding: fs[0]}), pane.Ask(pane.Focus{ID: "finding"}))
	case p.doc.End(i) <= i+1:
		return pane.Ask(pane.Goto{Spot: p.Spot(), What: "node"})
	}
	p.tree.Toggle()
	return nil
}

func (p *Pane) yank(text, what string) tea.Cmd {
	if text == "" {
		return pane.Ask(pane.Say{Text: "there is no " + what + " here"})
	}
	return pane.Ask(pane.Copy{Text: text, What: what})
}

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	if p.doc != nil {
		return ""
	}
	switch a {
	case keys.RawPretty, keys.YankKey, keys.YankPath, keys.YankValue, keys.YankBranch, keys.Copy, keys.Search,
		keys.Left, keys.Right, keys.FoldAll, keys.UnfoldAll, keys.FoldDeep, keys.OpenDeep, keys.Depth:
		return "there is no response"
	}
	return ""
}

// Find searches names and values.
func (p *Pane) Find(q string) seek.Hits {
	if p.doc == nil {
		return seek.Hits{}
	}
	h := p.tree.Find(q)
	p.raw.show(p.Spot())
	return h
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	if p.doc == nil {
		return seek.Hits{}
	}
	h := p.tree.Step(by)
	p.raw.show(p.Spot())
	return h
}

// Text is the document as sent.
func (p *Pane) Text() string {
	if p.doc == nil {
		return strings.Join(p.why, "\n") + "\n"
	}
	return p.xml + "\n"
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) {
	switch {
	case p.doc == nil:
		return 0, 0
	case p.flat:
		return p.raw.more()
	}
	return p.tree.More()
}

// View draws it.
func (p *Pane) View() []style.Line {
	switch {
	case p.doc == nil:
		out := []style.Line{{}}
		for i, s := range p.why {
			ink := style.Plain
			if i > 0 {
				ink = style.Quiet
			}
			out = append(out, style.Wrap(style.New(style.Plain.Of("  "), ink.Of(s)), p.w-2, 2)...)
		}
		return out
	case p.flat:
		return p.raw.view()
	}
	return p.tree.View()
}
