package tui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/stream"
)

// An errand is what AWS is asked for; each has a feed of its own, so that one
// does not end another.
type errand uint8

const (
	gathering errand = iota // what is lacking
	again                   // one lookup, whatever is known
	following               // CloudTrail, now and then
	errands
)

// gather asks AWS what session i lacks.
func (m *Model) gather(i int) tea.Cmd {
	s := m.sessions[i]
	s.asked = true
	if m.o.Gather == nil {
		return nil
	}
	c := s.Diagnosis.Case
	cmd := m.send(s, gathering, func(ctx context.Context) <-chan awsx.Event { return m.o.Gather(ctx, c) })
	s.lookups = nil
	for _, l := range awsx.Due(c, awsx.Lookups()) {
		s.lookups = append(s.lookups, pane.Lookup{Lookup: l})
	}
	return tea.Batch(cmd, m.beat())
}

// redo asks one lookup again. Without an identity nothing else was asked, so
// that after it all that is lacking is.
func (m *Model) redo(l *awsx.Lookup) tea.Cmd {
	s := m.cur()
	switch {
	case m.o.Redo == nil:
		m.said = "AWS cannot be asked: " + m.o.WhyNoAWS
		return nil
	case l.Gives.Has(evidence.NeedIdentity) && s.Diagnosis.Case.Live.Identity.State != evidence.Known:
		return m.gather(m.now)
	case s.under(l.Gives):
		m.said = "it is being asked"
		return nil
	}
	c := s.Diagnosis.Case
	return tea.Batch(m.send(s, again, func(ctx context.Context) <-chan awsx.Event { return m.o.Redo(ctx, c, l) }), m.beat())
}

// whoIs asks for pane id of session number of what is to be known of a user,
// beside the screen.
func (m *Model) whoIs(of int, id string, u evidence.User) tea.Cmd {
	if m.o.About == nil {
		return m.tell(of, id, pane.Told{ID: u.ID, Err: errors.New(m.o.WhyNoAWS)})
	}
	c := m.sessions[of].Diagnosis.Case
	return tea.Batch(m.beat(), func() tea.Msg {
		full, err := m.o.About(m.ctx, c, u)
		return private{of, id, pane.Told{ID: u.ID, User: full, Err: err}}
	})
}

// stay begins or ends to look at CloudTrail again and again.
func (m *Model) stay(on bool) tea.Cmd {
	s := m.cur()
	if s.follows = on; !on {
		s.feeds[following].Stop()
		s.feeds[following] = stream.Feed[awsx.Event]{}
		return nil
	}
	return m.lookOn(s)
}

// lookOn follows CloudTrail where that is wished, once what was read is over and
// thought about: it goes on from there, and two readings at once would put
// their answers over each other's.
func (m *Model) lookOn(s *session) tea.Cmd {
	if !s.follows || m.o.Follow == nil || s.feeds[following].Running() || s.under(evidence.NeedTrail) || s.thinking {
		return nil
	}
	c := s.Diagnosis.Case
	return m.send(s, following, func(ctx context.Context) <-chan awsx.Event { return m.o.Follow(ctx, c) })
}

// send begins an errand, in place of what it was on before.
func (m *Model) send(s *session, e errand, open func(context.Context) <-chan awsx.Event) tea.Cmd {
	if e != following { // what is read anew is followed from there on
		s.feeds[following].Stop()
		s.feeds[following] = stream.Feed[awsx.Event]{}
	}
	m.feeds++
	var cmd tea.Cmd
	s.feeds[e], cmd = stream.Start(m.ctx, s.feeds[e], m.feeds, open)
	return cmd
}

// under reports whether a lookup that brings n is under way.
func (s *session) under(n evidence.Need) bool {
	for _, l := range s.lookups {
		if l.Gives.Has(n) && (l.State == pane.Running || l.State == pane.Waiting) {
			return true
		}
	}
	return false
}

// hear takes what AWS answered.
func (m *Model) hear(b stream.Batch[awsx.Event]) tea.Cmd {
	for i, s := range m.sessions {
		for e := range s.feeds {
			if s.feeds[e].Mine(b) {
				return m.answered(i, errand(e), b)
			}
		}
	}
	return nil // of a feed that was replaced: too late
}

func (m *Model) answered(i int, e errand, b stream.Batch[awsx.Event]) tea.Cmd {
	s := m.sessions[i]
	for _, ev := range b.Items {
		s.note(ev, m.o.now())
	}
	var next tea.Cmd
	switch {
	case !b.Over:
		next = s.feeds[e].Next()
	case e == gathering:
		s.settle()
	}
	for _, p := range s.panes {
		if w, ok := p.(pane.Watcher); ok {
			w.Watch(s.lookups)
		}
	}
	return tea.Batch(m.think(i), m.lookOn(s), next)
}

// note lays one event, of now, over what was said before.
func (s *session) note(e awsx.Event, now time.Time) {
	s.said = evidence.Case{Live: s.said}.With(e.Live).Live
	s.touched |= e.Lookup.Gives
	s.lookups = append([]pane.Lookup(nil), s.lookups...) // panes may hold the old one
	for i := range s.lookups {
		if s.lookups[i].Name == e.Lookup.Name && s.lookups[i].Gives == e.Lookup.Gives {
			s.lookups[i] = s.lookups[i].Advance(e)
			if e.Phase == awsx.Started {
				s.lookups[i].Began = now
			}
			return
		}
	}
	s.lookups = append(s.lookups, pane.Lookup{}.Advance(e))
}

// settle ends the lookups that will not be answered any more.
func (s *session) settle() {
	kept := s.lookups[:0:0]
	for _, l := range s.lookups {
		if l.State != pane.Waiting {
			kept = append(kept, l)
		}
	}
	s.lookups = kept
}
