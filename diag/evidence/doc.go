// Package evidence is the ground floor: plain data about one sign-in.
//
// It reads nothing, checks nothing and draws nothing, and it imports only the
// standard library. Parsers and AWS lookups write it; rules, reports and panes
// read it. Nothing reached through a value of this package may be changed
// after it was made: a [Case] crosses goroutines without a lock.
package evidence
