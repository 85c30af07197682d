//go:build race

package proof

// every says which of the many cases are tried under the race detector, which
// makes each of them ten times as slow: one in so many.
const every = 8
