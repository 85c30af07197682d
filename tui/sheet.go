package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
)

// A sheet is a text that lies over the panes: help, or the page about a rule;
// or a list to pick from.
type sheet struct {
	title string
	page  page.Page[int]
	fill  func(w int) []page.Row[int] // lays the text out afresh for a width
	pick  func(int) tea.Cmd           // takes the row under the cursor; nil for a text
}

func (m *Model) lay(title string, fill func(w int) []style.Line) {
	m.sheet = &sheet{title: title, fill: func(w int) []page.Row[int] {
		lines := fill(w)
		rows := make([]page.Row[int], len(lines))
		for i, l := range lines {
			rows[i].Line = l
		}
		return rows
	}}
	m.resize()
}

func (s *sheet) resize(w, h int) {
	s.page.Resize(w, h)
	s.page.Set(s.fill(max(1, w-2)))
}

// read takes a key while a sheet lies over the panes.
func (m *Model) read(k tea.KeyMsg) tea.Cmd {
	b, ok := m.keys.Find(k.String(), keys.Move, keys.Global)
	switch {
	case !ok:
	case b.Action == keys.Open && m.sheet.pick != nil:
		pick := m.sheet.pick
		i, ok := m.sheet.page.At()
		if m.sheet = nil; ok {
			return pick(i)
		}
	case b.Action == keys.Quit, b.Action == keys.Help, b.Action == keys.Cancel, b.Action == keys.Back, b.Action == keys.Open:
		m.sheet = nil
	case b.Action == keys.Suspend:
		return tea.Suspend
	default:
		m.sheet.page.Do(b.Action)
	}
	return nil
}

// explainPicked shows the page about the finding that is looked at.
func (m *Model) explainPicked() tea.Cmd {
	f, ok := findingOf(m.cur())
	if !ok {
		m.said = "there is no finding to explain"
		return nil
	}
	m.explain(f.ID())
	return nil
}

// explain shows the page about a rule, a topic or an error text.
func (m *Model) explain(query string) {
	if m.o.Explain == nil {
		return
	}
	text := m.o.Explain(query)
	if text == "" {
		m.said = "no page about " + query
		return
	}
	m.layText(query, text)
}

// layText lays a text over the panes, its lines broken and hung where they are
// indented.
func (m *Model) layText(title, text string) {
	m.lay(title, func(w int) []style.Line {
		var out []style.Line
		for s := range strings.SplitSeq(text, "\n") {
			hang := len(s) - len(strings.TrimLeft(s, " "))
			out = append(out, style.Wrap(style.New(style.Plain.Of(s)), min(w, 100), hang)...)
		}
		return out
	})
}

// help shows what the keys do here, and why those that are off are.
func (m *Model) help() {
	spec, _ := m.spec(m.cur().at)
	m.lay("keys in "+strings.ToLower(spec.Title), func(w int) []style.Line {
		st := m.state()
		var blocks [][]style.Line
		var block []style.Line
		last := keys.Scope("")
		for _, b := range m.keys.In(m.scopes()...) {
			if b.Scope != last {
				if block != nil {
					blocks = append(blocks, append(block, style.Line{}))
				}
				last, block = b.Scope, []style.Line{style.New(style.Head.Of(strings.ToUpper(m.scopeTitle(b.Scope))))}
			}
			l := style.New(style.Key.Of(style.PadLeft(b.Labels(), 14)), style.Plain.Of("  "))
			if why := b.Why(st); why != "" {
				l = l.Add(style.Quiet, b.Help+" (not now: "+why+")")
			} else {
				l = l.Add(style.Plain, b.Help)
			}
			block = append(block, l)
		}
		blocks = append(blocks, block)
		return columns(blocks, w)
	})
}

func (m *Model) scopeTitle(s keys.Scope) string {
	switch s {
	case keys.Global:
		return "everywhere"
	case keys.Move:
		return "moving"
	case keys.Tree:
		return "folding"
	}
	spec, _ := m.spec(string(s))
	return spec.Title
}

// columns lays blocks out in as many columns as are wide enough to read.
func columns(blocks [][]style.Line, w int) []style.Line {
	var all []style.Line
	for _, b := range blocks {
		all = append(all, b...)
	}
	n := max(1, min(3, w/58))
	cw := w / n
	var wrapped []style.Line
	for _, l := range all {
		wrapped = append(wrapped, style.Wrap(l, cw-2, 16)...)
	}
	h := (len(wrapped) + n - 1) / n
	out := make([]style.Line, h)
	for i := range out {
		for c := range n {
			if j := c*h + i; j < len(wrapped) {
				l := wrapped[j].Cut(cw - 2)
				out[i] = out[i].Join(l).Add(style.Plain, style.Blank(cw-l.Width()))
			}
		}
	}
	return out
}
