// Package tui is the investigator: the program on the terminal.
//
// It holds the sign-ins, feeds them what AWS answers, and routes keys to
// panes by the table of package keys. It judges nothing: what is wrong, a
// [diag.Diagnosis] says; how it looks, the panes and package style do. It asks
// AWS nothing itself either, but reads a channel of answers that its caller
// opens.
package tui
