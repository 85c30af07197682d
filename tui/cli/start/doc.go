// Package start holds the tests and benchmarks of the program's start: that no
// command waits for a terminal that does not answer, and what a start costs.
package start
