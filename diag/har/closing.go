package har

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// near is within how many bytes a quote is looked for sixteen bytes at a time.
// bytes.IndexByte reads faster, but the call costs as much for a quote that is
// near as for one a hundred bytes on, and in scripts they are near.
const near = 48

// What is looked for, and what is calculated with, in each byte of a word.
const (
	quotes, slashMarks = 0x2222222222222222, 0x5c5c5c5c5c5c5c5c
	ones, low, high    = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
)

// zeros returns the highest bit of each byte of x that is zero, and no other.
func zeros(x uint64) uint64 { return ^((x&low + low) | x | low) }

// closing returns the length of the rest of a string that b begins with, its
// closing quote counted; -1 where b ends before it. odd tells that an odd run
// of backslashes stands before b, so that its first byte is escaped.
func closing(b []byte, odd bool) int {
	start := 0 // no backslash before it escapes anything behind it
	if odd {
		start = 1
	}
	i, far := min(start, len(b)), start+near
	for i+16 <= len(b) {
		two := b[i : i+16 : i+16]
		x, y := binary.LittleEndian.Uint64(two)^quotes, binary.LittleEndian.Uint64(two[8:])^quotes
		// Without a zero byte this is 0. It is cheaper than zeros, which
		// tells where they are.
		if ((x-ones)&^x|(y-ones)&^y)&high != 0 {
			for m := zeros(x); m != 0; m &= m - 1 {
				if k := i + bits.TrailingZeros64(m)/8; !escaped(b, start, k) {
					return k + 1
				}
			}
			for m := zeros(y); m != 0; m &= m - 1 {
				if k := i + 8 + bits.TrailingZeros64(m)/8; !escaped(b, start, k) {
					return k + 1
				}
			}
			far = i + 16 + near
		}
		if i += 16; i < far {
			continue
		}
		k := bytes.IndexByte(b[i:], '"')
		if k < 0 {
			return -1
		}
		if i += k; !escaped(b, start, i) {
			return i + 1
		}
		i++
		far = i + near
	}
	for ; i < len(b); i++ {
		if b[i] == '"' && !escaped(b, start, i) {
			return i + 1
		}
	}
	return -1
}

// escaped reports whether an odd run of backslashes ends before b[k]; none of
// it stands before start.
func escaped(b []byte, start, k int) bool {
	if k <= start || b[k-1] != '\\' {
		return false
	}
	if k-2 < start || b[k-2] != '\\' { // what most escaped quotes look like
		return true
	}
	j := k
	for j > start && b[j-1] == '\\' {
		j--
	}
	return (k-j)&1 == 1
}

// slashes counts the backslashes at the end of b; before tells that an odd
// run of them ends where b begins.
func slashes(b []byte, before bool) int {
	j := len(b)
	for j > 0 && b[j-1] == '\\' {
		j--
	}
	n := len(b) - j
	if j == 0 && before {
		n++
	}
	return n
}
