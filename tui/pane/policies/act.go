package policies

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

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
			if p.diff {
				p.toChange()
			} else {
				p.toLit()
			}
		}
	case keys.Cancel, keys.Back:
		if !p.diff {
			return pane.Ask(pane.Pass{Action: a})
		}
		p.diff = false
		p.fill()
		p.toLit()
	default:
		p.page.Do(a)
	}
	return nil
}

// toChange puts the cursor on the first line that the fix changes.
func (p *Pane) toChange() {
	for _, r := range p.page.Rows() {
		for _, s := range r.Line.Spans {
			if s.Ink == style.Added || s.Ink == style.Gone {
				p.page.Do(keys.Top)
				p.page.Select(r.ID)
				return
			}
		}
	}
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
