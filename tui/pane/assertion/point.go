package assertion

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// Point puts the cursor on a spot of the response.
func (p *Pane) Point(s evidence.Spot) bool {
	if p.doc == nil || s.In != evidence.InResponse {
		return false
	}
	i := p.doc.find(s)
	if i < 0 {
		return false
	}
	p.tree.Show(i)
	p.raw.show(s)
	return true
}

// Mark marks what another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) {
	if p.doc == nil {
		return
	}
	if s.In != evidence.InResponse {
		p.tree.Mark(-1)
		return
	}
	p.tree.Mark(p.doc.find(s))
}

// Spot is the node under the cursor.
func (p *Pane) Spot() evidence.Spot {
	if p.doc == nil {
		return evidence.Spot{}
	}
	return p.doc.spot(p.tree.Node())
}

// Copy is the value under the cursor, else the element as sent.
func (p *Pane) Copy() (text, what string) {
	if p.doc == nil {
		return "", ""
	}
	if v := p.doc.value(p.tree.Node()); v != "" {
		return v, "value"
	}
	return p.doc.branch(p.tree.Node()), "as sent"
}

// Status is the path of the node under the cursor, and what was found there.
func (p *Pane) Status(w int) style.Line {
	if p.doc == nil {
		return style.Line{}
	}
	i := p.tree.Node()
	if i < 0 {
		return style.Line{}
	}
	var after style.Line
	for _, f := range p.doc.found[i] {
		after = after.Add(style.Plain, "  ").Append(pane.Sign(f.Severity)).Add(style.Plain, " "+f.ID())
	}
	if p.flat {
		after = after.Add(style.Quiet, "  as sent")
	}
	return style.New(style.Plain.Of(style.CutLeft(style.Clean(p.doc.path(i)), max(12, w-after.Width())))).Join(after)
}
