// Package expression compiles regular expressions where they are first used.
//
// The program knows some eighty, and a run needs few of them: compiling all
// of them at start would take several milliseconds and megabytes of every
// run, --version included.
package expression

import (
	"regexp"
	"sync"
)

// Lazy returns a function that compiles an expression at its first call and
// returns the same one ever after; it may be called from any goroutine. Like
// [regexp.MustCompile] it is for expressions that are written in the source:
// the function panics where source is malformed, which the package's test
// rules out for all of them.
func Lazy(source string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
}
