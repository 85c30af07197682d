package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// key routes one key: to what lies over the panes, to the pane where it takes
// text, else by the table of keys.
func (m *Model) key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyRunes && len(k.Runes) > 1 && !k.Paste {
		// Keys that were typed faster than they were read come as one.
		var cmds []tea.Cmd
		for _, r := range k.Runes {
			one := k
			one.Runes = []rune{r}
			cmds = append(cmds, m.key(one))
		}
		return tea.Batch(cmds...)
	}
	if k.Type == tea.KeyEsc && k.Alt {
		// Escape typed twice, faster than it was read, comes as one with alt.
		k.Alt = false
		return tea.Batch(m.key(k), m.key(k))
	}
	m.said = ""
	switch {
	case k.Type == tea.KeyCtrlC:
		return m.quit()
	case m.input.open():
		return m.typed(k)
	case m.sheet != nil:
		return m.read(k)
	case k.Paste:
		return m.take(k)
	case m.typing() && text(k):
		return m.tell(m.now, m.cur().at, k)
	}
	return m.press(k.String())
}

// take takes a paste: as text where the pane wants text and it is a line,
// else as a capture.
func (m *Model) take(k tea.KeyMsg) tea.Cmd {
	if m.typing() && len(k.Runes) < 256 {
		return m.tell(m.now, m.cur().at, k)
	}
	return m.parse([]byte(string(k.Runes)))
}

// typing reports whether the focused pane takes keys as text.
func (m *Model) typing() bool {
	t, ok := m.focus().(pane.Typist)
	return ok && t.Typing()
}

// text reports whether a key types or edits.
func text(k tea.KeyMsg) bool {
	switch k.Type {
	case tea.KeyRunes, tea.KeySpace, tea.KeyBackspace, tea.KeyDelete, tea.KeyEsc, tea.KeyEnter,
		tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyCtrlW, tea.KeyCtrlU, tea.KeyCtrlK, tea.KeyCtrlA:
		return !k.Alt
	default:
		return false
	}
}

// press carries out a key by the table.
func (m *Model) press(key string) tea.Cmd {
	scopes := m.scopes()
	if m.lead != "" {
		key, m.lead = m.lead+key, ""
		if _, ok := m.keys.Find(key, scopes...); !ok {
			return m.unknown(key)
		}
	} else if m.keys.Leads(key, scopes...) {
		m.lead = key
		return nil
	}
	b, ok := m.keys.Find(key, scopes...)
	if !ok {
		return m.unknown(key)
	}
	a := b.Action
	if a == keys.Depth {
		a += keys.Action(" " + key[len(key)-1:])
	}
	return m.do(b, a)
}

// unknown says that a key is none here.
func (m *Model) unknown(key string) tea.Cmd {
	m.said = style.Clean(key) + " does nothing here; ? tells what the keys do"
	return nil
}

// do carries out an action, or says why it cannot be.
func (m *Model) do(b keys.Binding, a keys.Action) tea.Cmd {
	if why := b.Why(m.state()); why != "" {
		m.said = string(b.Action) + ": " + why
		return nil
	}
	name, _ := a.Cut()
	if f, ok := m.actions[name]; ok && b.Scope == keys.Global {
		return f()
	}
	if id, ok := showID(name); ok {
		return m.shown(id)
	}
	return m.act(a)
}

func showID(a keys.Action) (string, bool) {
	if len(a) > len(keys.Show) && a[:len(keys.Show)] == keys.Show {
		return string(a[len(keys.Show):]), true
	}
	return "", false
}

// own are the actions that the program carries out itself.
func (m *Model) own() map[keys.Action]func() tea.Cmd {
	plain := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	return map[keys.Action]func() tea.Cmd{
		keys.Quit:       m.quit,
		keys.Help:       plain(m.help),
		keys.Palette:    plain(func() { m.ask(command) }),
		keys.Search:     plain(func() { m.ask(search) }),
		keys.Filter:     plain(func() { m.ask(filter) }),
		keys.SearchNext: plain(func() { m.step(1) }),
		keys.SearchPrev: plain(func() { m.step(-1) }),
		keys.NextPane:   func() tea.Cmd { return m.cycle(1) },
		keys.PrevPane:   func() tea.Cmd { return m.cycle(-1) },
		keys.Zoom:       plain(func() { m.zoomed = !m.zoomed; m.resize() }),
		keys.Back:       m.back,
		keys.Cancel:     m.cancel,
		keys.Copy:       m.yank,
		keys.Save:       m.save,
		keys.Pager:      m.pageFocus,
		keys.Mouse:      m.toggleMouse,
		keys.Paste:      m.clipboard,
		keys.CopyDigest: m.digest,
		keys.SignIns:    plain(m.signIns),
		keys.NextSignIn: func() tea.Cmd { return m.enter((m.now + 1) % len(m.sessions)) },
		keys.PrevSignIn: func() tea.Cmd { return m.enter((m.now + len(m.sessions) - 1) % len(m.sessions)) },
		keys.AskAgain:   func() tea.Cmd { m.said = "asked AWS again"; return m.gather(m.now) },
		keys.Suspend:    func() tea.Cmd { return tea.Suspend },
		keys.Redraw:     func() tea.Cmd { return tea.ClearScreen },
		keys.Explain:    m.explainPicked,
		keys.WhatIf:     plain(m.whatIf),
	}
}

// scopes are those whose keys hold now, innermost first.
func (m *Model) scopes() []keys.Scope {
	spec, _ := m.spec(m.cur().at)
	out := []keys.Scope{keys.Scope(spec.ID)}
	if spec.Folds {
		out = append(out, keys.Tree)
	}
	return append(out, keys.Move, keys.Global)
}

// state is what bindings may depend on.
func (m *Model) state() keys.State {
	s := keys.State{
		Sessions: len(m.sessions), Back: len(m.cur().places) > 0,
		Query: m.input.query, Zoomable: len(m.boxes) > 1 || m.zoomed,
		Explains: m.o.Explain != nil, Tries: m.o.WhatIf != nil, Pastes: m.o.Paste != nil, Sums: m.o.Digest != nil, Typing: m.typing(),
	}
	if m.o.Gather == nil {
		if s.NoAWS = m.o.WhyNoAWS; s.NoAWS == "" {
			s.NoAWS = "AWS is not asked"
		}
	}
	_, s.Lists = m.focus().(pane.Filterer)
	if g, ok := m.focus().(pane.Guard); ok {
		s.Pane = g.Why
	}
	return s
}

// cancel leaves the innermost thing that can be left. It never quits.
func (m *Model) cancel() tea.Cmd {
	switch {
	case m.input.query != "":
		m.seek("")
		return nil
	case m.input.filter != "":
		m.sift("")
		return nil
	}
	return m.back()
}

// seek searches the focused pane.
func (m *Model) seek(q string) {
	m.input.query = q
	m.input.hits = seek.Hits{}
	if f, ok := m.focus().(pane.Finder); ok {
		m.input.hits = f.Find(q)
	}
}

// sift filters the focused pane.
func (m *Model) sift(q string) {
	m.input.filter = q
	if f, ok := m.focus().(pane.Filterer); ok {
		m.input.hits = f.Filter(q)
	}
}

func (m *Model) step(by int) {
	if f, ok := m.focus().(pane.Finder); ok {
		m.input.hits = f.Step(by)
	}
}
