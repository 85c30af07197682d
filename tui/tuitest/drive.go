// Package tuitest drives the terminal program without a terminal, and makes
// diagnoses to show it.
//
// Every command is run to its end, inline and in order, so that a test needs
// no timeouts and a failure repeats. What it makes is plain evidence: nothing
// here asks AWS or a file that is not in the repository.
package tuitest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

var update = flag.Bool("update", false, "write golden frames anew")

// Drive starts m and sends it messages, each with all that follows from it
// before the next. It reports whether the program quit.
func Drive(m tea.Model, msgs ...tea.Msg) (quit bool) {
	if run(m, m.Init()) {
		return true
	}
	return Send(m, msgs...)
}

// Send sends messages to a program that was started.
func Send(m tea.Model, msgs ...tea.Msg) (quit bool) {
	for _, msg := range msgs {
		_, cmd := m.Update(msg)
		if run(m, cmd) {
			return true
		}
	}
	return false
}

// run runs a command, and those that follow from it.
func run(m tea.Model, cmd tea.Cmd) (quit bool) {
	queue := []tea.Cmd{cmd}
	for len(queue) > 0 {
		cmd, queue = queue[0], queue[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		case tea.QuitMsg:
			return true
		default:
			_, next := m.Update(msg)
			queue = append(queue, next)
		}
	}
	return false
}

// Keys are the messages of keys by their names: "j", "enter", "ctrl+d".
func Keys(names ...string) []tea.Msg {
	out := make([]tea.Msg, len(names))
	for i, n := range names {
		out[i] = Key(n)
	}
	return out
}

// Key is the message of one key; a name that is no key's is typed text.
func Key(name string) tea.KeyMsg {
	for t := tea.KeyType(-200); t < 200; t++ {
		k := tea.Key{Type: t}
		if t != tea.KeyRunes && k.String() == name && name != "" {
			return tea.KeyMsg(k)
		}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// Fits fails the test unless view is exactly h rows of w cells, and holds
// nothing that a terminal would obey but colours.
func Fits(t testing.TB, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Fatalf("%d x %d: %d rows", w, h, len(lines))
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n != w {
			t.Fatalf("%d x %d: row %d has %d cells: %q", w, h, i, n, l)
		}
		if c, bad := Raw(l); bad {
			t.Fatalf("%d x %d: row %d lets %q through: %q", w, h, i, c, l)
		}
	}
}

// Raw returns the first character of a row that a terminal would obey, colours
// left out, or that a reader could not see.
func Raw(row string) (rune, bool) {
	for s := row; s != ""; {
		if strings.HasPrefix(s, "\x1b[") {
			if end := strings.IndexByte(s, 'm'); end > 0 && strings.Trim(s[2:end], "0123456789;") == "" {
				s = s[end+1:]
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r < ' ', r >= 0x7f && r <= 0xa0, r == 0xad, r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff,
			r == utf8.RuneError && n == 1, r >= 0xe0000 && r <= 0xe007f:
			return r, true
		}
		s = s[n:]
	}
	return 0, false
}

// Golden compares a frame with the file of that name below testdata/frames,
// or writes it with -update.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "frames", name+".txt")
	var b strings.Builder
	for l := range strings.SplitSeq(ansi.Strip(got), "\n") {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	got = b.String()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test -update accepts):\n--- want\n%s--- got\n%s", file, want, got)
	}
}
