package tui

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/idp"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// header is the first row: the verdict, and what it is about.
func (m *Model) header() style.Line {
	s := m.cur()
	d := s.Diagnosis
	l := style.New(pane.Seal(d.Verdict))
	switch d.Verdict.State {
	case chain.Broken:
		l = l.Add(style.Strong, "  at "+pane.At(d.Verdict.Hop))
	case chain.Healthy:
		l = l.Add(style.Strong, "  nothing stands in the way")
	case chain.Unknown:
		l = l.Add(style.Strong, "  nothing broken found, but not all could be judged")
	}
	var right style.Line
	for i, part := range m.about(s) {
		if l.Width()+right.Width()+style.Width(part)+6 > m.w {
			break
		}
		if i > 0 {
			right = right.Add(style.Edge, " · ")
		}
		right = right.Add(style.Quiet, part)
	}
	if s.at != m.specs[0].ID {
		room := m.w - l.Width() - right.Width() - 4
		if n := style.Width(d.Verdict.Rule); n > 0 && n+2 < room {
			l = l.Add(style.Bad, "  "+d.Verdict.Rule)
			room -= n + 2
		}
		if room > 50 {
			l = l.Add(style.Quiet, "  "+style.Cut(style.Clean(d.Verdict.Summary), room-2))
		}
	}
	return style.Spread(l, right.Add(style.Plain, " "), m.w)
}

// about is what the sign-in is, most telling first.
func (m *Model) about(s *session) []string {
	c := s.Diagnosis.Case
	var out []string
	if len(m.sessions) > 1 {
		out = append(out, fmt.Sprintf("sign-in %d of %d", m.now+1, len(m.sessions)))
	}
	switch {
	case s.Name != "":
		out = append(out, s.Name)
	case c.Source == "-":
		out = append(out, "standard input")
	case c.Source != "":
		out = append(out, filepath.Base(c.Source))
	}
	if id := s.Diagnosis.IdP(); id != idp.Unknown {
		out = append(out, idp.Name(id))
	}
	if c.AsOf.Known() {
		out = append(out, c.AsOf.At.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return out
}

// tabs is the bar of panes; in a narrow one, titles are short, and then left
// out but for the pane one is in.
func (m *Model) tabs() style.Line {
	for short := range 3 {
		if l := m.bar(short); l.Width() <= m.w {
			return l
		}
	}
	return m.bar(3).Cut(m.w)
}

func (m *Model) bar(short int) style.Line {
	s := m.cur()
	here, _ := m.spec(s.at)
	var l style.Line
	for _, spec := range m.specs {
		if spec.Inner {
			continue
		}
		on := spec.ID == s.at || here.Inner && here.Of == spec.ID
		b, _ := m.keys.Named(keys.Show+keys.Action(spec.ID), keys.Global)
		l = l.Add(style.Plain, " ").Add(style.Key, b.Label())
		title := spec.Title
		switch {
		case short == 1, short == 3 && on:
			title = spec.Short
		case short >= 2 && !on:
			title = ""
		}
		if title != "" {
			ink := style.Tab
			if on {
				ink = style.TabOn
			}
			l = l.Add(style.Plain, " ").Add(ink, title)
		}
		l = l.Add(style.Plain, " ")
	}
	return l
}

// status is the row above the keys: where one is, or what was said, or the
// line of input; and what AWS is being asked.
func (m *Model) status() style.Line {
	right, vital := m.progress()
	if m.input.query != "" || m.input.filter != "" {
		right, vital = style.New(style.Strong.Of(hits(m.input)), style.Plain.Of(" ")), true
	}
	left := style.New(style.Plain.Of(" "))
	room := m.w - right.Width() - 3
	switch {
	case m.input.open():
		left = left.Join(m.input.prompt.Line(room, m.completion()))
	case m.lead != "":
		left = left.Join(m.leads())
	case m.said != "":
		left = left.Add(style.Strong, m.said)
	default:
		if !vital {
			room = m.w - 2
		}
		left = left.Join(m.crumbs(room))
	}
	if !vital && left.Width()+right.Width()+2 > m.w {
		return left.Cut(m.w)
	}
	return style.Spread(left, right, m.w)
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

var spinner = []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

// progress says what AWS is being asked, or what it would not tell; vital is
// false for what may give way.
func (m *Model) progress() (l style.Line, vital bool) {
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
		l = l.Add(style.Warn, strconv.Itoa(failed)+" unanswered").Add(style.Quiet, " ").Add(style.Key, "!").Add(style.Plain, "  ")
	}
	if running > 0 {
		l = l.Add(style.Link, spinner[m.beats%len(spinner)]).Add(style.Quiet, " "+one.Name)
		if one.Progress.Rows > 0 {
			l = l.Add(style.Quiet, " "+strconv.Itoa(one.Progress.Rows))
			if one.Progress.Total > 0 {
				l = l.Add(style.Quiet, " of "+strconv.Itoa(one.Progress.Total))
			}
		}
		if left := one.Progress.Left; left > time.Second {
			l = l.Add(style.Quiet, ", "+left.Round(time.Second).String()+" left")
		}
		if running > 1 {
			l = l.Add(style.Quiet, fmt.Sprintf(" +%d", running-1))
		}
	} else if m.w >= 80 {
		l = l.Add(style.Quiet, style.Cut(style.Clean(m.whom()), m.w/2))
	}
	return l.Add(style.Plain, " "), running+failed > 0
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

// footer is the last row: the keys that act now.
func (m *Model) footer() style.Line {
	var parts []style.Line
	width := 0
	add := func(key, word string) bool {
		p := style.New(style.Key.Of(key), style.Quiet.Of(" "+word))
		if width+p.Width()+3 > m.w {
			return false
		}
		width += p.Width() + 3
		parts = append(parts, p)
		return true
	}
	switch {
	case m.input.kind == command:
		for _, p := range [][2]string{{"enter", "do it"}, {"tab", "complete"}, {"↑↓", "choose"}, {"esc", "leave"}} {
			add(p[0], p[1])
		}
	case m.input.open():
		for _, p := range [][2]string{{"enter", "keep"}, {"esc", "clear"}} {
			add(p[0], p[1])
		}
	case m.sheet != nil:
		for _, p := range [][2]string{{"esc", "close"}, {"↑↓", "scroll"}} {
			add(p[0], p[1])
		}
	case m.typing():
		for _, p := range [][2]string{{"enter", "open"}, {"↑↓", "into the list"}, {"esc", "keys act again"}, {"tab", "next pane"}, {"^c", "quit"}} {
			add(p[0], p[1])
		}
	default:
		m.keysNow(add)
	}
	l := style.New(style.Plain.Of(" "))
	for i, p := range parts {
		if i > 0 {
			l = l.Add(style.Edge, " · ")
		}
		l = l.Join(p)
	}
	return l
}

// keysNow names the keys that can act, the pane's own first; help and quit
// have their place whatever the width.
func (m *Model) keysNow(add func(key, word string) bool) {
	st := m.state()
	var keep, rest []keys.Binding
	for _, b := range m.keys.In(m.scopes()...) {
		if b.Short == "" || b.Sequence() || b.Why(st) != "" {
			continue
		}
		if b.Action == keys.Help || b.Action == keys.Quit {
			keep = append(keep, b)
		} else {
			rest = append(rest, b)
		}
	}
	room := 0
	for _, b := range keep {
		room += style.Width(b.Label()+b.Short) + 4
	}
	used := 0
	for _, b := range rest {
		n := style.Width(b.Label()+b.Short) + 4
		if used+n+room > m.w {
			break
		}
		used += n
		add(b.Label(), b.Short)
	}
	for _, b := range keep {
		add(b.Label(), b.Short)
	}
}
