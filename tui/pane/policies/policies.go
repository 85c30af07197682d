// Package policies shows the policies that a sign-in has to pass, as AWS
// stores them, with the statement that decided lit and what decided in it
// marked. The judging is package policy's.
package policies

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/widget/page"
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
