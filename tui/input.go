package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/prompt"
	"example.com/samlens/tui/widget/seek"
)

// kind is what the line of input is for.
type kind uint8

const (
	closed kind = iota
	search
	filter
	command
)

// input is the line of input in the status row, and what was searched for
// last.
type input struct {
	kind          kind
	prompt        prompt.Prompt
	query, filter string
	hits          seek.Hits
	pick          int // the command that Enter takes
}

func (i *input) open() bool { return i.kind != closed }

// close ends input, search and filter, as when another pane gets the focus.
func (i *input) close() { *i = input{} }

// ask opens the line of input.
func (m *Model) ask(k kind) {
	switch k {
	case search, filter:
		if _, ok := m.focus().(pane.Finder); !ok && k == search {
			m.said = "nothing to search here"
			return
		}
		m.input.prompt = prompt.Prompt{Label: "/"}
		if k == filter {
			m.input.prompt.Label = "filter: "
			m.input.prompt.Set(m.input.filter)
		}
	case command:
		m.input.prompt = prompt.Prompt{Label: ":"}
		m.input.pick = 0
	case closed:
	}
	m.input.kind = k
}

// typed takes a key of the line of input.
func (m *Model) typed(k tea.KeyMsg) tea.Cmd {
	in := &m.input
	switch k.Type {
	case tea.KeyEsc:
		was := in.kind
		in.kind = closed
		switch was {
		case search:
			m.seek("")
		case filter:
			m.sift("")
		case command, closed:
		}
		return nil
	case tea.KeyEnter:
		return m.enterInput()
	case tea.KeyUp, tea.KeyCtrlP, tea.KeyShiftTab:
		in.pick--
	case tea.KeyDown, tea.KeyCtrlN:
		in.pick++
	case tea.KeyTab:
		if c := m.candidates(); in.kind == command && len(c) > 0 {
			in.prompt.Set(string(c[clampTo(in.pick, len(c))].Action))
			in.pick = 0
		}
	default:
		if !in.prompt.Type(k) { // a backspace in an empty line closes it
			if k.Type == tea.KeyBackspace {
				in.kind = closed
			}
			return nil
		}
		in.pick = 0
		switch in.kind {
		case search:
			m.seek(in.prompt.Text())
		case filter:
			m.sift(in.prompt.Text())
		case command, closed:
		}
	}
	return nil
}

func (m *Model) enterInput() tea.Cmd {
	in := &m.input
	was := in.kind
	in.kind = closed
	if was != command {
		if in.query != "" && in.hits.Of == 0 && was == search {
			m.said = "no match for " + in.query
		}
		return nil
	}
	c := m.candidates()
	if len(c) == 0 {
		// What is no action may be an error text that somebody read out, or the
		// name of a rule or topic.
		text := in.prompt.Text()
		if where := m.elsewhere(text); where != "" {
			m.said = where
		} else if m.o.Explain == nil || m.o.Explain(text) == "" {
			m.said = "no action and no page is called " + text
		} else {
			m.explain(text)
		}
		return nil
	}
	b := c[clampTo(in.pick, len(c))]
	_, arg := keys.Action(in.prompt.Text()).Cut()
	a := b.Action
	if arg != "" {
		a += keys.Action(" " + arg)
	}
	return m.do(b, a)
}

// elsewhere tells in which pane an action is at home that this one does not
// have; "" for what is no action at all.
func (m *Model) elsewhere(text string) string {
	name, _ := keys.Action(text).Cut()
	for _, b := range keys.Table() {
		if b.Action != name {
			continue
		}
		for _, spec := range m.specs {
			if keys.Scope(spec.ID) != b.Scope && (b.Scope != keys.Tree || !spec.Folds) {
				continue
			}
			if show, ok := m.keys.Named(keys.Show+keys.Action(spec.ID), keys.Global); ok {
				return string(name) + " acts in " + spec.Title + ": key " + show.Label()
			}
			return string(name) + " acts in " + spec.Title
		}
	}
	return ""
}

// clampTo goes around the end of n.
func clampTo(i, n int) int { return ((i % n) + n) % n }

// candidates are the actions whose name or help has what was typed: those
// whose name begins with it first.
func (m *Model) candidates() []keys.Binding {
	name, _ := keys.Action(m.input.prompt.Text()).Cut()
	q := strings.ToLower(string(name))
	var first, within, told []keys.Binding
	for _, b := range m.keys.In(m.scopes()...) {
		switch s := string(b.Action); {
		case strings.HasPrefix(s, q):
			first = append(first, b)
		case strings.Contains(s, q):
			within = append(within, b)
		case style.Has(b.Help, m.input.prompt.Text()):
			told = append(told, b)
		}
	}
	return append(append(first, within...), told...)
}

// palette draws the candidates, at most h rows, the one that Enter takes
// among them.
func (m *Model) palette(w, h int) []style.Line {
	c := m.candidates()
	if len(c) == 0 {
		return []style.Line{style.New(style.Warn.Of("  no such action")).On(style.Sheet)}
	}
	pick := clampTo(m.input.pick, len(c))
	top := max(0, min(pick-h/2, len(c)-h))
	st := m.state()
	var out []style.Line
	for i := top; i < len(c) && len(out) < h; i++ {
		b := c[i]
		l := style.Line{Back: style.Sheet}
		if i == pick {
			l = l.Add(style.Link, "▌ ").On(style.Cursor)
		} else {
			l = l.Add(style.Plain, "  ")
		}
		ink, help := style.Strong, b.Help
		if why := b.Why(st); why != "" {
			ink, help = style.Quiet, "not now: "+why
		}
		l = l.Add(ink, string(b.Action)).To(22).Add(style.Key, b.Label()).To(34).Add(style.Quiet, help)
		out = append(out, l.Cut(w))
	}
	return out
}
