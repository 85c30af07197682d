package tui_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui"
	"example.com/samlens/tui/tuitest"
)

func TestAnErrorTextTypedAsACommandIsExplained(t *testing.T) {
	o := tui.Options{
		Sessions: []tui.Session{{Diagnosis: tuitest.Rotated(t)}},
		Explain: func(q string) string {
			if strings.Contains(q, "onboarded") {
				return "the page about it"
			}
			return ""
		},
	}
	for typed, want := range map[string]string{"not been onboarded": "the page about it", "zzzz qqqq": "no action and no page is called"} {
		m := start(t, o, 100, 30)
		tuitest.Send(m, tuitest.Keys(":")...)
		for _, r := range typed {
			tuitest.Send(m, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
		tuitest.Send(m, tuitest.Keys("enter")...)
		if got := m.View(); !strings.Contains(got, want) {
			t.Errorf("%q: the screen does not say %q:\n%s", typed, want, got)
		}
	}
}
