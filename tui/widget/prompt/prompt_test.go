package prompt

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestTyping(t *testing.T) {
	var p Prompt
	for _, k := range []tea.KeyMsg{
		{Type: tea.KeyRunes, Runes: []rune("jdöe")}, {Type: tea.KeyLeft}, {Type: tea.KeyBackspace}, {Type: tea.KeyRunes, Runes: []rune("o")},
		{Type: tea.KeyEnd}, {Type: tea.KeySpace, Runes: []rune(" ")}, {Type: tea.KeyRunes, Runes: []rune("x\ny\x1b")},
	} {
		if !p.Type(k) {
			t.Errorf("%s is not taken", k)
		}
	}
	if p.Text() != "jdoe x y" {
		t.Errorf("%q", p.Text())
	}
	p.Type(tea.KeyMsg{Type: tea.KeyCtrlW})
	if p.Text() != "jdoe x " {
		t.Errorf("^w leaves %q", p.Text())
	}
	p.Type(tea.KeyMsg{Type: tea.KeyCtrlU})
	if p.Text() != "" || p.Type(tea.KeyMsg{Type: tea.KeyBackspace}) {
		t.Errorf("^u leaves %q", p.Text())
	}
}

func TestLineFitsItsCells(t *testing.T) {
	var p Prompt
	p.Label = "/"
	p.Set("日本語 a long search that is wider than its place \u202e")
	for w := 3; w < 80; w++ {
		for at := range len(p.text) + 1 {
			p.at = at
			if n := p.Line(w, "rest").Width(); n > w {
				t.Fatalf("%d cells of %d with the cursor at %d", n, w, at)
			}
		}
	}
}
