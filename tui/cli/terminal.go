package cli

import (
	"os"

	"github.com/mattn/go-isatty"
)

// drawable reports whether f is a terminal that the investigator can draw on.
func drawable(f *os.File, term string) bool {
	return term != "dumb" && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}
