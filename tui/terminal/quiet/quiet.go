// Package quiet keeps libraries from asking the terminal questions at start.
//
// Bubble Tea's init asks for the terminal's background colour and waits up to
// five seconds for the answer, in every command of a program that links it,
// --version included. Lip Gloss does not ask where the answer is known, so
// this package gives it one first: Go initialises packages that are ready in
// the order of their import paths, and this one's, importing Lip Gloss alone,
// sorts before Bubble Tea's. Our own colours do not depend on that answer; see
// package style.
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { //nolint:gochecknoinits // an init can be forestalled only by an init
	lipgloss.SetHasDarkBackground(true)
}
