package terminal

import (
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/mattn/go-isatty"
)

// Keyboard makes a program take its keys from in; where that is a file or a
// pipe, as in "pbpaste | samlens -", from the terminal itself: what is read
// through the pipe are no keys.
func Keyboard(in io.Reader) tea.ProgramOption {
	if f, ok := in.(*os.File); ok && !isatty.IsTerminal(f.Fd()) && !isatty.IsCygwinTerminal(f.Fd()) {
		return tea.WithInputTTY()
	}
	return tea.WithInput(in)
}
