package tui

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/terminal"
)

// copied is what became of a copy, a file or a page: a sentence.
type copied string

// pasted is what became of a pasted capture.
type pasted struct {
	cases []diag.Diagnosis
	err   error
}

// yank copies what the focused pane's cursor is on.
func (m *Model) yank() tea.Cmd {
	c, ok := m.focus().(pane.Copier)
	if !ok {
		m.said = "nothing to copy here"
		return nil
	}
	text, what := c.Copy()
	if text == "" {
		m.said = "nothing to copy here"
		return nil
	}
	return m.copy(pane.Copy{Text: text, What: what})
}

// copy copies text, beside the screen, and says how.
func (m *Model) copy(c pane.Copy) tea.Cmd {
	if c.Text == "" {
		m.said = "nothing to copy here"
		return nil
	}
	return func() tea.Msg {
		by, err := m.o.Clipboard.Copy(c.Text)
		what := c.What
		if what != "" {
			what = ": " + what
		}
		switch {
		case errors.Is(err, terminal.ErrLarge) && by == "":
			return copied(fmt.Sprintf("not copied: %d bytes is over the %d that terminals take; ctrl+s saves to a file", len(c.Text), terminal.Most))
		case by == "":
			return copied("not copied: " + err.Error())
		}
		return copied(fmt.Sprintf("copied %d bytes (%s)%s", len(c.Text), by, what))
	}
}

// viewText is the focused pane as plain text: all of it where it can tell,
// else what is on screen.
func (m *Model) viewText() (name, text string) {
	s := m.cur()
	if t, ok := m.focus().(pane.Texter); ok {
		return s.at, t.Text()
	}
	var b strings.Builder
	for _, l := range m.focus().View() {
		b.WriteString(strings.TrimRight(l.Text(), " "))
		b.WriteByte('\n')
	}
	return s.at, b.String()
}

// save writes the focused pane's text to a new file that only its owner can
// read: it may hold an assertion.
func (m *Model) save() tea.Cmd {
	name, text := m.viewText()
	file := filepath.Join(m.o.Dir, fmt.Sprintf("samlens-%s-%s.txt", name, m.o.now().UTC().Format("20060102-150405")))
	return func() tea.Msg {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return copied("not saved: " + err.Error())
		}
		_, err = f.WriteString(text)
		if err = errors.Join(err, f.Close()); err != nil {
			return copied("not saved: " + err.Error())
		}
		return copied(fmt.Sprintf("saved %d lines to %s", strings.Count(text, "\n"), file))
	}
}

func (m *Model) pageFocus() tea.Cmd {
	name, text := m.viewText()
	return m.pager(pane.Page{Name: name, Text: text})
}

// pager shows text in the person's pager. It goes there by a pipe: nothing is
// left on the disk.
func (m *Model) pager(p pane.Page) tea.Cmd {
	line := m.o.env("PAGER")
	if line == "" {
		line = "less"
	}
	args := strings.Fields(line)
	c := exec.CommandContext(m.ctx, args[0], args[1:]...)
	c.Stdin = strings.NewReader(p.Text)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return tea.ExecProcess(c, func(err error) tea.Msg {
		if err != nil {
			return copied("the pager " + args[0] + ": " + err.Error())
		}
		return nil
	})
}

// toggleMouse gives the mouse to the program, or back to the terminal, whose
// own selection works only without.
func (m *Model) toggleMouse() tea.Cmd {
	m.mouse = !m.mouse
	if m.mouse {
		m.said = "mouse on: the terminal's own selection is off meanwhile"
		return tea.EnableMouseCellMotion
	}
	m.said = "mouse off"
	return tea.DisableMouse
}

// clipboard takes a capture from the desktop's clipboard.
func (m *Model) clipboard() tea.Cmd {
	c := m.o.Clipboard
	if c.Read == nil {
		m.said = "paste the capture with the terminal's own key (often ctrl+shift+v)"
		return nil
	}
	return func() tea.Msg {
		text, err := c.Paste()
		if err != nil {
			return pasted{err: err}
		}
		return m.parsed([]byte(text))
	}
}

// parse reads a pasted capture, beside the screen.
func (m *Model) parse(text []byte) tea.Cmd {
	if m.o.Paste == nil {
		m.said = "pasted captures cannot be read here"
		return nil
	}
	m.said = fmt.Sprintf("reading %d pasted bytes", len(text))
	return func() tea.Msg { return m.parsed(text) }
}

func (m *Model) parsed(text []byte) tea.Msg {
	if len(bytes.TrimSpace(text)) == 0 {
		return pasted{err: errors.New("the clipboard is empty")}
	}
	d, err := m.o.Paste(text)
	return pasted{d, err}
}

// open adds the sign-ins of a pasted capture and shows the last.
func (m *Model) open(p pasted) tea.Cmd {
	if p.err != nil {
		m.said = "not read: " + style.Clean(p.err.Error())
		return nil
	}
	if len(p.cases) == 0 {
		m.said = "no sign-in in what was pasted"
		return nil
	}
	for _, d := range p.cases {
		m.add(Session{Diagnosis: d, Name: cmp.Or(d.Case.Source, "pasted")})
	}
	cmd := m.enter(len(m.sessions) - 1)
	m.said = "reading from what was pasted; [ goes back to the sign-in before"
	return cmd
}

// digest copies a summary of the sign-in for a ticket.
func (m *Model) digest() tea.Cmd {
	text, err := m.o.Digest(m.cur().Diagnosis)
	if err != nil {
		m.said = "no summary: " + style.Clean(err.Error())
		return nil
	}
	return m.copy(pane.Copy{Text: text, What: "a summary for the ticket"})
}
