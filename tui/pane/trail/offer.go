package trail

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	e, ok := p.at()
	switch a {
	case keys.Open:
		if len(p.dig.rows)+len(p.dig.groups) == 0 {
			return "there is no event"
		}
	case keys.UserOf:
		if !ok || trail.User(*e) == "" {
			return "no event is chosen that names a user"
		}
	case keys.ToOwn:
		if len(p.book.own) == 0 && p.book.likely == nil {
			return "none of these events names this capture's assertion"
		}
	case keys.Failures, keys.GroupBy, keys.Span:
		if len(p.book.all) == 0 {
			return "there are no events"
		}
	}
	return ""
}

// Copy is the field under the cursor, the event's JSON, or the group's key.
func (p *Pane) Copy() (text, what string) {
	if p.raw != nil {
		if ref, ok := p.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	}
	if p.grouped() {
		c, _ := p.groups.At()
		return c.Key, string(p.view.by)
	}
	e, ok := p.at()
	if !ok {
		return "", ""
	}
	if text := pretty(e.Raw); text != "" {
		return text, "event"
	}
	return e.ID, "event ID"
}

// Spot is the event under the cursor.
func (p *Pane) Spot() evidence.Spot {
	e, ok := p.at()
	if !ok {
		return evidence.Spot{}
	}
	return evidence.Spot{In: evidence.InTrail, Path: e.ID}
}

// Point puts the cursor on an event, by its ID.
func (p *Pane) Point(s evidence.Spot) bool {
	if s.In != evidence.InTrail {
		return false
	}
	if s.Path == "" {
		return true
	}
	for _, e := range p.book.all {
		if e.ID == s.Path {
			p.goTo(s.Path)
			return true
		}
	}
	return len(p.book.all) > 0
}

// Mark marks the event that another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) {
	p.mark = ""
	if s.In == evidence.InTrail {
		p.mark = s.Path
	}
	p.events.Mark(p.mark)
}

// Watch follows the lookups that bring events.
func (p *Pane) Watch(all []pane.Lookup) {
	p.calls = p.calls[:0:0]
	for _, l := range all {
		if l.Lookup != nil && l.Gives&(evidence.NeedTrail|evidence.NeedChanges) != 0 {
			p.calls = append(p.calls, l)
		}
	}
}

// Busy reports whether events are still coming in.
func (p *Pane) Busy() bool { return p.busy || p.running() }

func (p *Pane) running() bool { return p.asking(evidence.NeedTrail | evidence.NeedChanges) }

// asking reports whether something of needs is being asked, or will be.
func (p *Pane) asking(needs evidence.Need) bool {
	for _, l := range p.calls {
		if l.Gives&needs != 0 && (l.State == pane.Running || l.State == pane.Waiting) {
			return true
		}
	}
	return false
}

// Count is the number of failures.
func (p *Pane) Count() string {
	switch {
	case len(p.book.all) == 0:
		return ""
	case p.dig.failed > 0:
		return "✗" + pane.Number(p.dig.failed)
	}
	return pane.Number(p.dig.ok)
}

// Find searches the events, or the groups.
func (p *Pane) Find(q string) seek.Hits {
	switch {
	case p.raw != nil:
		return p.page.Find(q)
	case p.grouped():
		return p.groups.Find(q)
	}
	h := p.events.Find(q)
	p.aside()
	return h
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	switch {
	case p.raw != nil:
		return p.page.Step(by)
	case p.grouped():
		return p.groups.Step(by)
	}
	h := p.events.Step(by)
	p.aside()
	return h
}

// Filter leaves out the events that have nothing to do with what was typed.
func (p *Pane) Filter(q string) seek.Hits {
	p.raw, p.view.sift = nil, q
	p.resieve()
	return seek.Hits{Of: len(p.dig.rows)}
}

// Status is the event that is shown in full, by its ID.
func (p *Pane) Status(int) (l style.Line) {
	if p.raw != nil {
		l = l.Show(style.Quiet, "event "+p.raw.ID)
	}
	return l
}

// Text is the event in full, or the list.
func (p *Pane) Text() string {
	if p.raw != nil {
		return p.page.Text()
	}
	var out strings.Builder
	for _, e := range p.dig.rows[:min(len(p.dig.rows), 5000)] {
		out.WriteString(fmt.Sprintf("%s\t%s\n", pane.Clock(e.Time), said(e)))
	}
	return out.String()
}
