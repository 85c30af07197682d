// Package prompt is one line of input with completion. It keeps text and a
// cursor and does nothing with them.
package prompt

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"example.com/samlens/tui/style"
)

// most is how many characters a prompt takes.
const most = 512

// A Prompt is a line of text being typed. The zero Prompt is empty.
type Prompt struct {
	Label string // what stands before it: "/" or ":"
	text  []rune
	at    int
}

// Text is what was typed.
func (p *Prompt) Text() string { return string(p.text) }

// Set replaces the text and puts the cursor behind it.
func (p *Prompt) Set(s string) {
	p.text = nil
	p.insert([]rune(s))
}

func (p *Prompt) insert(rs []rune) {
	var keep []rune
	for _, r := range rs {
		if r == '\n' || r == '\t' {
			r = ' '
		}
		if r >= ' ' && len(p.text)+len(keep) < most {
			keep = append(keep, r)
		}
	}
	if p.at > len(p.text) {
		p.at = len(p.text)
	}
	tail := append([]rune(nil), p.text[p.at:]...)
	p.text = append(append(p.text[:p.at], keep...), tail...)
	p.at += len(keep)
}

// Type takes a key; it reports whether the key was text or editing.
func (p *Prompt) Type(k tea.KeyMsg) bool {
	switch k.Type {
	case tea.KeyRunes, tea.KeySpace:
		if k.Alt {
			return false
		}
		p.insert(k.Runes)
	case tea.KeyBackspace:
		if p.at == 0 {
			return len(p.text) > 0
		}
		p.text = append(p.text[:p.at-1], p.text[p.at:]...)
		p.at--
	case tea.KeyDelete:
		if p.at < len(p.text) {
			p.text = append(p.text[:p.at], p.text[p.at+1:]...)
		}
	case tea.KeyLeft, tea.KeyCtrlB:
		p.at = max(0, p.at-1)
	case tea.KeyRight, tea.KeyCtrlF:
		p.at = min(len(p.text), p.at+1)
	case tea.KeyHome, tea.KeyCtrlA:
		p.at = 0
	case tea.KeyEnd, tea.KeyCtrlE:
		p.at = len(p.text)
	case tea.KeyCtrlU:
		p.text, p.at = p.text[p.at:], 0
	case tea.KeyCtrlK:
		p.text = p.text[:p.at]
	case tea.KeyCtrlW:
		head := strings.TrimRight(string(p.text[:p.at]), " ")
		head = head[:strings.LastIndexByte(head, ' ')+1]
		n := len([]rune(head))
		p.text = append(p.text[:n], p.text[p.at:]...)
		p.at = n
	default:
		return false
	}
	return true
}

// Line draws the prompt in w cells, with a block for the cursor and, quietly,
// what would complete it.
func (p *Prompt) Line(w int, rest string) style.Line {
	l := style.New(style.Key.Of(p.Label))
	before, after := string(p.text[:min(p.at, len(p.text))]), string(p.text[min(p.at, len(p.text)):])
	if room := w - style.Width(p.Label) - 2; style.Width(style.Clean(before)) > room {
		before = style.CutLeft(style.Clean(before), max(1, room))
	}
	l = l.Add(style.Strong, before)
	if after == "" {
		l = l.Add(style.Link, "▌")
		return l.Add(style.Quiet, rest).Cut(w)
	}
	cluster, _ := ansi.FirstGraphemeCluster(after, ansi.GraphemeWidth)
	return l.Add(style.Here, cluster).Add(style.Strong, after[len(cluster):]).Cut(w)
}
