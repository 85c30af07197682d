// Package chooser lets a person pick one of a few things on a full screen.
//
// It knows nothing of what it offers.
package chooser

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/style"
	"example.com/samlens/tui/terminal"
)

// An Item is one thing to choose.
type Item struct {
	Title string
	// About is told of the item under the cursor.
	About string
}

// Options say what is offered and where.
type Options struct {
	Title, Lead string
	Items       []Item
	Theme       *style.Theme
	Input       io.Reader
	Output      io.Writer
}

// Choose shows the items until one is chosen. It returns -1 where the person
// left without choosing.
func Choose(ctx context.Context, o Options) (int, error) {
	m := New(o)
	p := tea.NewProgram(m, tea.WithContext(ctx), terminal.Keyboard(o.Input), tea.WithOutput(o.Output), tea.WithAltScreen())
	if _, err := p.Run(); err != nil && !errors.Is(err, tea.ErrInterrupted) {
		return -1, fmt.Errorf("the terminal: %w", err)
	}
	return m.chosen, nil
}

// Model is the chooser as a program.
type Model struct {
	o       Options
	at, top int
	w, h    int
	chosen  int
}

// New returns a chooser with the first item under the cursor.
func New(o Options) *Model { return &Model{o: o, chosen: -1} }

// Init begins nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update handles one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyMsg:
		return m, m.key(msg.String())
	}
	return m, nil
}

func (m *Model) key(k string) tea.Cmd {
	last := len(m.o.Items) - 1
	switch k {
	case "q", "esc", "ctrl+c":
		return tea.Quit
	case "enter", "right", "l":
		m.chosen = m.at
		return tea.Quit
	case "down", "j":
		m.at = min(m.at+1, last)
	case "up", "k":
		m.at = max(m.at-1, 0)
	case "home", "g":
		m.at = 0
	case "end", "G":
		m.at = last
	case "pgdown", "ctrl+d":
		m.at = min(m.at+m.rows()/2, last)
	case "pgup", "ctrl+u":
		m.at = max(m.at-m.rows()/2, 0)
	}
	return nil
}

// rows is how many items are on screen at once.
func (m *Model) rows() int { return max(m.h-9, 1) }

// View draws exactly the window.
func (m *Model) View() string {
	if m.w < 20 || m.h < 10 {
		return "samlens: make this window larger"
	}
	lines := []style.Line{
		style.New(style.Strong.Of(" " + m.o.Title)),
		style.New(style.Quiet.Of(" " + m.o.Lead)),
		style.New(style.Edge.Of(strings.Repeat("─", m.w))),
	}
	if m.at < m.top {
		m.top = m.at
	}
	if m.at >= m.top+m.rows() {
		m.top = m.at - m.rows() + 1
	}
	for i := m.top; i < m.top+m.rows(); i++ {
		if i >= len(m.o.Items) {
			lines = append(lines, style.Line{})
			continue
		}
		l := style.New(style.Quiet.Of(fmt.Sprintf(" %3d  ", i+1)), style.Plain.Of(m.o.Items[i].Title))
		if i == m.at {
			l = style.New(style.Key.Of(fmt.Sprintf("▸%3d  ", i+1)), style.Strong.Of(m.o.Items[i].Title)).On(style.Cursor)
		}
		lines = append(lines, l)
	}
	lines = append(lines, style.New(style.Edge.Of(strings.Repeat("─", m.w))))
	about := style.Wrap(style.New(style.Plain.Of(" "+m.o.Items[m.at].About)), m.w-1, 1)
	for i := range 3 {
		if i < len(about) {
			lines = append(lines, about[i])
		} else {
			lines = append(lines, style.Line{})
		}
	}
	lines = append(lines, style.Line{}, style.New(
		style.Key.Of(" enter"), style.Quiet.Of(" open"), style.Key.Of("   ↑↓"), style.Quiet.Of(" choose"), style.Key.Of("   q"), style.Quiet.Of(" quit")))
	var b strings.Builder
	for i, l := range lines[:min(len(lines), m.h)] {
		if i > 0 {
			b.WriteByte('\n')
		}
		m.o.Theme.Paint(&b, l, m.w)
	}
	return b.String()
}
