// Package policies shows the policies that a sign-in has to pass, as AWS
// stores them, with the statement that decided lit and what decided in it
// marked. The judging is package policy's.
package policies

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
)

// Pane is the policies, one at a time.
type Pane struct {
	w, h int
	on   bool
	d    diag.Diagnosis
	docs []document
	at   int
	diff bool
	page page.Page[part.Ref]
	old  print
}

// print tells whether what the documents are made of has changed.
type print struct {
	roles, permissions, guardrails evidence.State
	role, policy, guardrail        string
	findings                       int
	first                          string
}

// New returns the pane.
func New() pane.Pane { return &Pane{} }

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	now := printOf(d)
	p.d = d
	if now == p.old && p.docs != nil {
		return nil
	}
	p.old = now
	name := ""
	if x := p.doc(); x != nil {
		name = x.title
	}
	p.docs = documents(d)
	p.at = 0
	for i, x := range p.docs {
		if x.title == name {
			p.at = i
		}
	}
	if name == "" {
		p.toReason()
	}
	p.fill()
	if name == "" {
		p.toLit()
	}
	return nil
}

func printOf(d diag.Diagnosis) print {
	l := d.Case.Live
	now := print{roles: l.Roles.State, permissions: l.Permissions.State, guardrails: l.Guardrails.State, findings: len(d.Findings)}
	for _, r := range l.Roles.Value {
		now.role += r.ARN + r.Trust
	}
	for _, r := range l.Permissions.Value {
		now.policy += r.Name + r.Document
	}
	for _, r := range l.Guardrails.Value {
		now.guardrail += r.Name + r.Document
	}
	if len(d.Findings) > 0 {
		now.first = d.Findings[0].ID()
	}
	return now
}

// doc is the document on screen; nil for none.
func (p *Pane) doc() *document {
	if p.at < 0 || p.at >= len(p.docs) {
		return nil
	}
	return &p.docs[p.at]
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	p.fill()
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.on, p.page.Blur = msg.On, !msg.On
	case pane.Click:
		switch {
		case msg.Y == 0:
			p.turn(1)
		case msg.Y >= p.above():
			p.page.Click(msg.Y - p.above())
		}
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

func (p *Pane) act(a keys.Action) tea.Cmd {
	switch a {
	case keys.Left:
		p.turn(-1)
	case keys.Right:
		p.turn(1)
	case keys.Open, keys.ToReason:
		p.diff = false
		p.toReason()
		p.fill()
		p.toLit()
	case keys.Proposed:
		if x := p.doc(); x != nil && x.fix != nil {
			p.diff = !p.diff
			p.fill()
		}
	case keys.Cancel, keys.Back:
		if !p.diff {
			return pane.Ask(pane.Pass{Action: a})
		}
		p.diff = false
		p.fill()
	default:
		p.page.Do(a)
	}
	return nil
}

// turn goes to another document, around the end.
func (p *Pane) turn(by int) {
	if n := len(p.docs); n > 0 {
		p.at, p.diff = (p.at+by+n)%n, false
		p.fill()
		p.toLit()
	}
}

// toReason goes to the document that decided, the refusing one first.
func (p *Pane) toReason() {
	best := -1
	for i := range p.docs {
		_, allows, ok := p.docs[i].decided()
		if ok && !allows && p.docs[i].judged {
			p.at = i
			return
		}
		if ok && best < 0 {
			best = i
		}
	}
	if best >= 0 {
		p.at = best
	}
}

// toLit puts the cursor on the place that decided.
func (p *Pane) toLit() {
	x := p.doc()
	if x == nil {
		return
	}
	for _, c := range x.causes() {
		if c.Miss.At.Known() {
			p.toByte(c.Miss.At.Start)
			return
		}
	}
	if at, _, ok := x.decided(); ok {
		p.toByte(at.At.Start)
	}
}

// toByte puts the cursor on the line that holds a byte of the document.
func (p *Pane) toByte(n int) {
	line := 1
	for i := 0; i < n && i < len(p.doc().text); i++ {
		if p.doc().text[i] == '\n' {
			line++
		}
	}
	p.page.Select(fmt.Sprintf("line/%d", line))
}

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
func (p *Pane) Status() (l style.Line) {
	x := p.doc()
	if x == nil {
		return l
	}
	l = l.Show(style.Quiet, x.title)
	if ref, ok := p.page.At(); ok && ref.Spot.Line > 0 {
		l = l.Add(style.Quiet, fmt.Sprintf(", line %d", ref.Spot.Line))
	}
	if x.source != "" {
		l = l.Show(style.Quiet, " · "+x.source)
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
