// Package roster searches the names of Amazon Connect users, up to a million
// of them, and says how a name that was found differs from the one sought.
//
// Amazon Connect compares user names byte by byte; people do not. So names are
// found by what they look like, and every row says why it is there: exact,
// other case, a space nobody sees, a Cyrillic а, the part before the @ alone,
// a typing error.
//
// Names lie end to end in one block of memory, each with a 64-bit mask of the
// characters in it, so that a keystroke rules most of them out without
// looking at their bytes.
//
// # Measured
//
// Names that may be meant ([Index.Near]) among a million, on two cores that
// others used too: 2.0 to 4.9 ms, 4 to 9 ms of processor time; 0.01 of what
// the edit distance to each name takes. BenchmarkNear and BenchmarkNaive show
// it.
package roster
