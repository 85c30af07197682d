package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
)

// asked carries out what a pane asked for.
func (m *Model) asked(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case private:
		return m.deliver(msg)
	case pane.To:
		return m.tell(m.now, msg.ID, msg.Msg)
	case pane.Goto:
		return m.follow(msg)
	case pane.Picked:
		m.pick(m.cur(), msg.Finding)
		m.escort(m.cur(), msg.Finding)
	case pane.Focus:
		return m.visit(msg.ID)
	case pane.Copy:
		return m.copy(msg)
	case pane.Say:
		m.said = msg.Text
	case pane.Explain:
		m.explain(msg.Query)
	case pane.Page:
		return m.pager(msg)
	case pane.Redo:
		return m.redo(msg.Lookup)
	case pane.Follow:
		return m.stay(msg.On)
	case pane.Pass:
		if f := m.actions[msg.Action]; f != nil {
			return f()
		}
	case pane.Press:
		return m.press(msg.Key)
	case copied:
		m.said = string(msg)
	case pasted:
		return m.open(msg)
	}
	return nil
}

// deliver hands on what the command of a pane yielded: a request of this
// package's to the program, several to each, anything else to the pane.
func (m *Model) deliver(p private) tea.Cmd {
	switch msg := p.msg.(type) {
	case nil:
		return nil
	case pane.About: // answered to whoever asks
		return m.whoIs(p.of, p.id, msg.User)
	case tea.BatchMsg:
		cmds := make([]tea.Cmd, len(msg))
		for i, c := range msg {
			if c != nil {
				cmds[i] = func() tea.Msg { return private{p.of, p.id, c()} }
			}
		}
		return tea.Batch(cmds...)
	case pane.To, pane.Goto, pane.Picked, pane.Focus, pane.Copy, pane.Say, pane.Explain, pane.Page, pane.Redo, pane.Follow, pane.Pass, pane.Press:
		return m.asked(msg)
	default:
		return m.tell(p.of, p.id, msg)
	}
}

// tell hands a message to one pane of one session.
func (m *Model) tell(of int, id string, msg tea.Msg) tea.Cmd {
	s := m.sessions[of]
	p := m.pane(s, id)
	if p == nil {
		return nil
	}
	spotter, _ := p.(pane.Spotter)
	var before evidence.Spot
	if spotter != nil {
		before = spotter.Spot()
	}
	cmd := m.addressed(id, p.Update(msg))
	if spotter != nil {
		if now := spotter.Spot(); now != before {
			m.mark(s, id, now)
		}
	}
	if b, ok := p.(pane.Busy); ok && b.Busy() {
		cmd = tea.Batch(cmd, m.beat())
	}
	return cmd
}

// mark marks in every other pane what the cursor of pane id is on.
func (m *Model) mark(s *session, id string, spot evidence.Spot) {
	for other, p := range s.panes {
		if mk, ok := p.(pane.Marker); ok && other != id {
			mk.Mark(spot)
		}
	}
}

// home says which pane is the best to show a document.
var home = map[evidence.Doc]string{
	evidence.InResponse: "assertion", evidence.InMetadata: "certs", evidence.InIdPMetadata: "certs",
	evidence.InTrust: "policies", evidence.InPermissions: "policies", evidence.InGuardrails: "policies",
	evidence.InUsers: "users", evidence.InInstance: "users", evidence.InTrail: "trail",
	evidence.InHAR: "flow", evidence.InPage: "flow",
}

// follow takes every pane to a spot, and the focus to the one that is best to
// show it.
func (m *Model) follow(g pane.Goto) tea.Cmd {
	s := m.cur()
	best := ""
	for _, spec := range m.specs {
		p, ok := m.pane(s, spec.ID).(pane.Pointer)
		if !ok || !p.Point(g.Spot) || spec.ID == s.at && !g.Stay {
			continue
		}
		if best == "" || spec.ID == home[g.Spot.In] {
			best = spec.ID
		}
	}
	if g.Stay {
		return nil
	}
	if best == "" {
		m.said = "no pane shows that place"
		return nil
	}
	return m.visit(best)
}

// visit gives a pane the focus and remembers where one was.
func (m *Model) visit(id string) tea.Cmd {
	s := m.cur()
	if _, ok := m.spec(id); !ok || id == s.at {
		return nil
	}
	from := place{pane: s.at}
	if sp, ok := m.focus().(pane.Spotter); ok {
		from.spot = sp.Spot()
	}
	if s.places = append(s.places, from); len(s.places) > 32 {
		s.places = s.places[1:]
	}
	return m.turn(id)
}

// turn gives a pane the focus.
func (m *Model) turn(id string) tea.Cmd {
	s := m.cur()
	if _, ok := m.spec(id); !ok || id == s.at {
		return nil
	}
	old := m.tell(m.now, s.at, pane.Focused{})
	s.at = id
	m.input.close()
	m.resize()
	return tea.Batch(old, m.tell(m.now, id, pane.Focused{On: true}))
}

// back returns to where Enter led from.
func (m *Model) back() tea.Cmd {
	s := m.cur()
	if len(s.places) == 0 {
		if s.at != m.specs[0].ID {
			return m.turn(m.specs[0].ID)
		}
		return nil
	}
	p := s.places[len(s.places)-1]
	s.places = s.places[:len(s.places)-1]
	cmd := m.turn(p.pane)
	if pt, ok := m.pane(s, p.pane).(pane.Pointer); ok && p.spot.Known() {
		pt.Point(p.spot)
	}
	return cmd
}

// cycle gives the focus to the next pane of the bar.
func (m *Model) cycle(by int) tea.Cmd {
	s := m.cur()
	at := s.at
	if spec, _ := m.spec(at); spec.Inner {
		at = spec.Of
	}
	var bar []string
	here := 0
	for _, spec := range m.specs {
		if spec.Inner {
			continue
		}
		if spec.ID == at {
			here = len(bar)
		}
		bar = append(bar, spec.ID)
	}
	s.places = nil // one went there by oneself: nowhere to come back to
	return m.turn(bar[(here+by+len(bar))%len(bar)])
}

// shown gives pane id the focus by its own key.
func (m *Model) shown(id string) tea.Cmd {
	if _, ok := m.spec(id); !ok {
		m.said = "there is no such pane"
		return nil
	}
	m.cur().places = nil
	return m.turn(id)
}

// act carries out an action on the focused pane.
func (m *Model) act(a keys.Action) tea.Cmd { return m.tell(m.now, m.cur().at, a) }
