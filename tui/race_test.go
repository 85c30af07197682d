//go:build race

package tui_test

// race tells that the race detector is on, which makes everything ten times
// slower.
const race = true
