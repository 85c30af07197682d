package tui

import (
	"fmt"
	"path/filepath"
	"strconv"

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

// footer is the last row: the keys that act now.
func (m *Model) footer() style.Line {
	var parts []style.Line
	mark := m.more()
	width, room := 0, m.w
	if n := mark.Width(); n > 0 {
		room -= n + 2
	}
	add := func(key, word string) bool {
		p := style.New(style.Key.Of(key), style.Quiet.Of(" "+word))
		if width+p.Width()+3 > room {
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
	case m.sheet != nil && m.sheet.pick != nil:
		for _, p := range [][2]string{{"enter", "open"}, {"↑↓", "choose"}, {"esc", "close"}} {
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
		m.keysNow(room, add)
	}
	l := style.New(style.Plain.Of(" "))
	for i, p := range parts {
		if i > 0 {
			l = l.Add(style.Edge, " · ")
		}
		l = l.Join(p)
	}
	return style.Spread(l, mark, m.w)
}

// more says how much of what is on screen is out of sight; an empty line
// where nothing is.
func (m *Model) more() style.Line {
	var above, below int
	if m.sheet != nil {
		above, below = m.sheet.page.More()
	} else if p, ok := m.focus().(pane.Window); ok {
		above, below = p.More()
	}
	var l style.Line
	if above > 0 {
		l = l.Add(style.Quiet, "↑"+strconv.Itoa(above)+" ")
	}
	if below > 0 {
		l = l.Add(style.Quiet, "↓"+strconv.Itoa(below)+" ")
	}
	return l
}

// keysNow names the keys that can act, the pane's own first, in w cells; help
// and quit have their place whatever the width.
func (m *Model) keysNow(w int, add func(key, word string) bool) {
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
		if used+n+room > w {
			break
		}
		used += n
		add(b.Label(), b.Short)
	}
	for _, b := range keep {
		add(b.Label(), b.Short)
	}
}
