package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/stream"
)

// A session is one sign-in with its panes and its questions to AWS. Each
// keeps its own, so that going to another and back loses nothing.
type session struct {
	Session
	panes   map[string]pane.Pane
	feeds   [errands]stream.Feed[awsx.Event]
	asked   bool
	follows bool // CloudTrail is to be looked at again and again
	lookups []pane.Lookup
	places  []place // where Enter led from
	at      string  // the pane that has the focus
	picked  string  // the finding that is looked at, by rule and place

	// What AWS has said since the diagnosis was made, and what of it is
	// still being thought about: a diagnosis is made beside the screen, and
	// one at a time, so that a late one never replaces a newer one.
	said     evidence.Live
	touched  evidence.Need
	thinking bool
}

// A place is where one was before following something.
type place struct {
	pane string
	spot evidence.Spot
}

// concluded is a new diagnosis of session number of.
type concluded struct {
	of   int
	diag diag.Diagnosis
}

// pane returns a pane of the session, made on first use.
func (m *Model) pane(s *session, id string) pane.Pane {
	if p := s.panes[id]; p != nil {
		return p
	}
	spec, ok := m.spec(id)
	if !ok {
		return nil
	}
	p := spec.New()
	p.Update(pane.Focused{On: id == s.at})
	s.panes[id] = p
	return p
}

// enter makes session i the one on screen.
func (m *Model) enter(i int) tea.Cmd {
	if i < 0 || i >= len(m.sessions) {
		return nil
	}
	m.now = i
	s := m.sessions[i]
	cmds := []tea.Cmd{m.show(s)}
	if !s.asked {
		cmds = append(cmds, m.gather(i))
	}
	m.resize()
	return tea.Batch(cmds...)
}

// show hands the diagnosis to every pane.
func (m *Model) show(s *session) tea.Cmd {
	var cmds []tea.Cmd
	for _, spec := range m.specs {
		p := m.pane(s, spec.ID)
		cmds = append(cmds, m.addressed(spec.ID, p.Show(s.Diagnosis)))
		if w, ok := p.(pane.Watcher); ok {
			w.Watch(s.lookups)
		}
	}
	// Whatever finding was looked at is looked at still; at first, the cause.
	if f, ok := findingOf(s); ok {
		news := s.picked != name(f)
		m.pick(s, f)
		if news {
			m.escort(s, f)
		}
	}
	return tea.Batch(cmds...)
}

// findingOf returns the finding that is looked at, as it is now.
func findingOf(s *session) (rule.Finding, bool) {
	for _, f := range s.Diagnosis.Findings {
		if name(f) == s.picked {
			return f, true
		}
	}
	if len(s.Diagnosis.Findings) > 0 {
		return s.Diagnosis.Findings[0], true
	}
	return rule.Finding{}, false
}

// name tells findings apart.
func name(f rule.Finding) string { return f.ID() + " " + f.At.Path }

// pick tells the panes which finding is looked at.
func (m *Model) pick(s *session, f rule.Finding) {
	s.picked = name(f)
	for _, spec := range m.specs {
		if p, ok := m.pane(s, spec.ID).(pane.Picker); ok {
			p.Pick(f)
		}
	}
}

// escort takes the panes beside the focused one to a finding's place.
func (m *Model) escort(s *session, f rule.Finding) {
	for _, spec := range m.specs {
		if p, ok := m.pane(s, spec.ID).(pane.Pointer); ok && spec.ID != s.at {
			p.Point(f.At)
		}
	}
}

// think concludes afresh from what was said, beside the screen.
func (m *Model) think(i int) tea.Cmd {
	s := m.sessions[i]
	if s.thinking || s.touched == 0 {
		return nil
	}
	d, said, touched := s.Diagnosis, s.said, s.touched
	s.said, s.touched, s.thinking = evidence.Live{}, 0, true
	return func() tea.Msg { return concluded{i, m.o.rediagnose(d, said, touched)} }
}

// conclude takes a new diagnosis, and goes on where more was said meanwhile.
func (m *Model) conclude(c concluded) tea.Cmd {
	s := m.sessions[c.of]
	s.Diagnosis, s.thinking = c.diag, false
	return tea.Batch(m.show(s), m.think(c.of), m.lookOn(s))
}

// busy reports whether anything is under way that a spinner should show.
func (s *session) busy() bool {
	for _, l := range s.lookups {
		if l.State == pane.Running {
			return true
		}
	}
	for _, p := range s.panes {
		if b, ok := p.(pane.Busy); ok && b.Busy() {
			return true
		}
	}
	return s.thinking
}
