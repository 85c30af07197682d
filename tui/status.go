package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// status is the row above the keys: where one is, or what was said, or the
// line of input; and what AWS is being asked.
func (m *Model) status() style.Line {
	right, owner := m.progress(), m.owner()
	if m.input.query != "" || m.input.filter != "" {
		right, owner = style.New(style.Strong.Of(hits(m.input))), style.Line{}
	}
	left := style.New(style.Plain.Of(" "))
	room := m.w - 2
	if n := right.Width(); n > 0 {
		room -= n + 2
	}
	switch {
	case m.input.open():
		left = left.Join(m.input.prompt.Line(room, m.completion()))
	case m.lead != "":
		left = left.Join(m.leads())
	case m.said != "":
		left = left.Add(style.Strong, m.said)
	default:
		left = left.Join(m.crumbs(room))
	}
	// Whose account it is gives way to all else.
	both := right.Join(owner)
	if right.Width() > 0 && owner.Width() > 0 {
		both = right.Add(style.Plain, "  ").Join(owner)
	}
	if left.Width()+both.Width()+3 <= m.w {
		right = both
	}
	if right.Width() == 0 {
		return left.Cut(m.w)
	}
	return style.Spread(left, right.Add(style.Plain, " "), m.w)
}

// completion is what would complete the command that was begun.
func (m *Model) completion() string {
	c := m.candidates()
	if m.input.kind != command || len(c) == 0 {
		return ""
	}
	rest, ok := strings.CutPrefix(string(c[clampTo(m.input.pick, len(c))].Action), m.input.prompt.Text())
	if !ok {
		return ""
	}
	return rest
}

// leads says what can follow the first key of a sequence.
func (m *Model) leads() style.Line {
	l := style.New(style.Key.Of(keys.Label(m.lead)), style.Quiet.Of(" then"))
	seen := map[keys.Action]bool{}
	for _, b := range m.keys.In(m.scopes()...) {
		for _, k := range b.Keys {
			if rest, ok := strings.CutPrefix(k, m.lead); ok && len([]rune(k)) == 2 && !seen[b.Action] {
				seen[b.Action] = true
				l = l.Add(style.Plain, "  ").Add(style.Key, rest).Add(style.Quiet, " "+b.Short)
			}
		}
	}
	return l
}

// crumbs says where one is: the panes that Enter led through, and the place,
// in w cells.
func (m *Model) crumbs(w int) style.Line {
	s := m.cur()
	var l style.Line
	for _, p := range s.places[max(0, len(s.places)-3):] {
		spec, _ := m.spec(p.pane)
		l = l.Add(style.Quiet, spec.Title).Add(style.Edge, " › ")
	}
	spec, _ := m.spec(s.at)
	l = l.Add(style.Strong, spec.Title)
	if c, ok := m.focus().(pane.Counter); ok && c.Count() != "" {
		l = l.Add(style.Quiet, " "+c.Count())
	}
	if p, ok := m.focus().(pane.Liner); ok {
		if st := p.Status(w - l.Width() - 3); len(st.Spans) > 0 {
			l = l.Add(style.Edge, " › ").Join(st)
		}
	}
	return l
}

func hits(i input) string {
	switch {
	case i.hits.Of == 0:
		return "no match"
	case i.hits.At == 0:
		return fmt.Sprintf("%d rows", i.hits.Of)
	}
	return fmt.Sprintf("%d of %d", i.hits.At, i.hits.Of)
}

// slow is how long a lookup may take without a word on how long it has taken.
const slow = 3 * time.Second

var spinner = []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

// progress says what AWS is being asked, or what it would not tell.
func (m *Model) progress() (l style.Line) {
	s := m.cur()
	running, failed := 0, 0
	var one pane.Lookup
	for _, k := range s.lookups {
		switch k.State {
		case pane.Running:
			if running++; running == 1 || k.Progress.Rows > one.Progress.Rows {
				one = k
			}
		case pane.Denied, pane.Failed:
			failed++
		case pane.Waiting, pane.Done, pane.Skipped:
		}
	}
	if failed > 0 {
		l = l.Add(style.Warn, strconv.Itoa(failed)+" unanswered").Add(style.Quiet, " ").Add(style.Key, "!")
	}
	if running > 0 {
		if failed > 0 {
			l = l.Add(style.Plain, "  ")
		}
		l = l.Add(style.Link, spinner[m.beats%len(spinner)]).Add(style.Quiet, " "+one.Name)
		if one.Progress.Rows > 0 {
			l = l.Add(style.Quiet, " "+strconv.Itoa(one.Progress.Rows))
			if one.Progress.Total > 0 {
				l = l.Add(style.Quiet, " of "+strconv.Itoa(one.Progress.Total))
			}
		}
		// Where nothing has come for a while, for how long.
		if took := m.o.now().Sub(one.Began); one.Progress.Rows == 0 && !one.Began.IsZero() && took >= slow {
			l = l.Add(style.Quiet, ", "+took.Round(time.Second).String())
		}
		if left := one.Progress.Left; left > time.Second {
			l = l.Add(style.Quiet, ", "+left.Round(time.Second).String()+" left")
		}
		if running > 1 {
			l = l.Add(style.Quiet, fmt.Sprintf(" +%d", running-1))
		}
	}
	return l
}

// owner is whom the answers belong to, where nothing is being asked.
func (m *Model) owner() style.Line {
	for _, k := range m.cur().lookups {
		if k.State == pane.Running {
			return style.Line{}
		}
	}
	if m.w < 80 {
		return style.Line{}
	}
	return style.New(style.Quiet.Of(style.Cut(style.Clean(m.whom()), m.w/2)))
}

// whom says whose AWS account is asked, or why none is.
func (m *Model) whom() string {
	if id, ok := m.cur().Diagnosis.Case.Live.Identity.Get(); ok {
		return strings.TrimSpace("account " + id.Account + " " + id.Region)
	}
	if m.o.Gather == nil {
		return m.o.WhyNoAWS
	}
	return ""
}
