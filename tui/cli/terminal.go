package cli

import (
	"os"

	"github.com/mattn/go-isatty"
)

// answers reports whether somebody can be asked: both ends are a terminal.
func answers() bool {
	return isatty.IsTerminal(os.Stdin.Fd()) && isatty.IsTerminal(os.Stderr.Fd())
}

// drawable reports whether f is a terminal that the investigator can draw on.
func drawable(f *os.File, term string) bool {
	return term != "dumb" && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}
