package policies

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	x := p.doc()
	switch {
	case x == nil && (a == keys.Open || a == keys.ToReason || a == keys.Proposed || a == keys.Left || a == keys.Right):
		return "no policy is at hand"
	case x == nil:
	case a == keys.Proposed && x.fix == nil:
		return "no fix changes this policy"
	case (a == keys.Left || a == keys.Right) && len(p.docs) < 2:
		return "there is one policy only"
	case (a == keys.ToReason || a == keys.Open) && !p.decides():
		return "no statement of these policies decided"
	}
	return ""
}

func (p *Pane) decides() bool {
	for i := range p.docs {
		if _, _, ok := p.docs[i].decided(); ok {
			return true
		}
	}
	return false
}

// Copy is the document on screen, or what it is to become.
func (p *Pane) Copy() (text, what string) {
	x := p.doc()
	switch {
	case x == nil:
		return "", ""
	case p.diff && x.fix != nil:
		return x.fix.After, x.fix.Name
	}
	return x.text, x.title
}

// Spot is the line under the cursor.
func (p *Pane) Spot() evidence.Spot {
	x := p.doc()
	if x == nil {
		return evidence.Spot{}
	}
	s := evidence.Spot{In: x.in, Path: x.name}
	if ref, ok := p.page.At(); ok {
		s.Start, s.End, s.Line = ref.Spot.Start, ref.Spot.End, ref.Spot.Line
	}
	return s
}

// Point puts the cursor on a place in one of the policies.
func (p *Pane) Point(s evidence.Spot) bool {
	switch s.In {
	case evidence.InTrust, evidence.InPermissions, evidence.InGuardrails:
	default:
		return false
	}
	at := -1
	for i, x := range p.docs {
		if x.in == s.In && (at < 0 || x.name == s.Path) {
			at = i
			if x.name == s.Path {
				break
			}
		}
	}
	if at < 0 {
		return false
	}
	p.at, p.diff = at, false
	p.fill()
	if s.End > s.Start {
		p.toByte(s.Start)
	} else {
		p.toLit()
	}
	return true
}

// Count is how many policies there are.
func (p *Pane) Count() string {
	if len(p.docs) == 0 {
		return ""
	}
	return pane.Number(len(p.docs))
}

// Find searches the policy on screen.
func (p *Pane) Find(q string) seek.Hits { return p.page.Find(q) }

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits { return p.page.Step(by) }

// Status is the document, and the line of it.
func (p *Pane) Status(int) (l style.Line) {
	x := p.doc()
	if x == nil {
		return l
	}
	l = l.Show(style.Quiet, x.title)
	if ref, ok := p.page.At(); ok && ref.Spot.Line > 0 {
		l = l.Add(style.Quiet, fmt.Sprintf(", line %d", ref.Spot.Line))
	}
	if x.source != "" {
		l = l.Add(style.Quiet, " · ").Show(style.Quiet, x.source)
	}
	return l
}

// Text is the policy on screen.
func (p *Pane) Text() string {
	if x := p.doc(); x != nil && !p.diff {
		return x.text + "\n"
	}
	return p.page.Text()
}
