package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// click is the cell that was clicked last.
type click struct{ x, y int }

// pointer routes the mouse: the wheel scrolls, a click on a pane's name or on
// the pane gives it the focus and puts the cursor there.
func (m *Model) pointer(e tea.MouseMsg) tea.Cmd {
	if !m.mouse || m.w < smallW || m.h < smallH {
		return nil
	}
	switch {
	case e.Button == tea.MouseButtonWheelUp && e.Action == tea.MouseActionPress:
		return m.wheel(keys.Up)
	case e.Button == tea.MouseButtonWheelDown && e.Action == tea.MouseActionPress:
		return m.wheel(keys.Down)
	case e.Button != tea.MouseButtonLeft || e.Action != tea.MouseActionPress || m.sheet != nil || m.input.open():
		return nil
	case e.Y == 1:
		return m.clickTab(e.X)
	}
	m.said = ""
	at := click{e.X, e.Y}
	double := at == m.clicked
	m.clicked = at
	for _, b := range m.boxes {
		if e.X >= b.x && e.X < b.x+b.w && e.Y >= b.y && e.Y < b.y+b.h {
			cmd := m.turn(b.id)
			return tea.Batch(cmd, m.tell(m.now, b.id, pane.Click{X: e.X - b.x, Y: e.Y - b.y, Double: double}))
		}
	}
	return nil
}

func (m *Model) wheel(a keys.Action) tea.Cmd {
	if m.sheet != nil {
		for range 3 {
			m.sheet.page.Do(a)
		}
		return nil
	}
	return tea.Batch(m.act(a), m.act(a), m.act(a))
}

// clickTab gives the focus to the pane whose name is at column x.
func (m *Model) clickTab(x int) tea.Cmd {
	col := 0
	var label string
	for _, s := range m.tabs().Spans {
		if s.Ink == style.Key {
			label = s.Text
		}
		if col += style.Width(s.Text); x < col {
			return m.press(label)
		}
	}
	return nil
}
