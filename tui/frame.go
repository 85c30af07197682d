package tui

import (
	"strings"

	"example.com/samlens/tui/style"
)

// View draws the screen: exactly as many rows and cells as the terminal has.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 || m.quitting {
		return ""
	}
	if m.w < smallW || m.h < smallH {
		return m.theme.Frame(style.Wrap(style.New(style.Plain.Of("samlens needs 40 x 10 cells; q quits")), m.w, 0), m.w, m.h)
	}
	var b strings.Builder
	b.Grow(m.w*m.h*2 + 1024)
	row := func(l style.Line) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		m.theme.Paint(&b, l, m.w)
	}
	above, below := m.chrome()
	row(m.header())
	row(m.tabs())
	if above > 2 {
		row(style.New(style.Edge.Of(strings.Repeat("─", m.w))))
	}
	m.body(&b, m.h-above-below)
	if below > 1 {
		row(m.status())
		row(m.footer())
	} else if m.input.open() || m.said != "" {
		row(m.status())
	} else {
		row(m.footer())
	}
	return b.String()
}

// body draws h rows of panes, or the sheet that lies over them.
func (m *Model) body(b *strings.Builder, h int) {
	if m.sheet != nil {
		lines := m.sheet.page.View()
		for i := range h {
			b.WriteByte('\n')
			m.theme.Paint(b, at(lines, i).On(style.Sheet), m.w)
		}
		return
	}
	var over []style.Line
	if m.input.kind == command {
		over = m.palette(m.w, min(10, h-1))
	}
	s := m.cur()
	views := make([][]style.Line, len(m.boxes))
	for i, box := range m.boxes {
		views[i] = m.pane(s, box.id).View()
	}
	main := m.boxes[0]
	for y := range h {
		b.WriteByte('\n')
		if i := y - (h - len(over)); i >= 0 {
			m.theme.Paint(b, over[i], m.w)
			continue
		}
		m.theme.Paint(b, at(views[0], y), main.w)
		if len(m.boxes) == 1 {
			continue
		}
		m.theme.Paint(b, style.New(style.Edge.Of("│")), 1)
		for i, box := range m.boxes[1:] {
			switch in := y + main.y - box.y; {
			case in == -1:
				m.theme.Paint(b, m.caption(box), box.w)
			case in >= 0 && in < box.h:
				m.theme.Paint(b, at(views[i+1], in), box.w)
			}
		}
	}
}

// caption is the line over a pane that stands beside the focused one.
func (m *Model) caption(b box) style.Line {
	spec, _ := m.spec(b.id)
	l := style.New(style.Edge.Of("── "), style.Head.Of(spec.Title), style.Plain.Of(" "))
	return l.Add(style.Edge, strings.Repeat("─", max(0, b.w-l.Width())))
}

func at(lines []style.Line, i int) style.Line {
	if i < len(lines) {
		return lines[i]
	}
	return style.Line{}
}
