package users

import (
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/tui/pane"
)

// typed takes a key while keys are text. Before the first letter only letters
// are: digits and signs still go to other panes.
func (p *Pane) typed(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyEsc:
		p.mode = listed
		return nil
	case tea.KeyEnter:
		p.mode = listed
		p.open()
		return nil
	}
	if p.mode == armed && !k.Paste {
		switch {
		case k.Type == tea.KeyBackspace, k.Type == tea.KeyRunes && (len(k.Runes) != 1 || !unicode.IsLetter(k.Runes[0])), k.Type == tea.KeySpace:
			return pane.Ask(pane.Press{Key: k.String()})
		}
	}
	p.mode = live
	was := p.look.Text()
	if p.picked {
		p.picked = false
		switch k.Type {
		case tea.KeyRunes, tea.KeySpace, tea.KeyBackspace, tea.KeyDelete:
			p.look.Set("")
		}
	}
	if k.Paste {
		// The brackets that Bubble Tea puts around a paste belong to its
		// String, not to what was pasted.
		k.Paste = false
	}
	p.look.Type(k)
	if p.look.Text() == was {
		return nil
	}
	return p.search()
}
