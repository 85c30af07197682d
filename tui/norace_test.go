//go:build !race

package tui_test

const race = false
