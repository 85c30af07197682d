//go:build !race

package proof

// every says which of the many cases are tried: all of them.
const every = 1
