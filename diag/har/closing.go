package har

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// near is within how many bytes a quote is looked for eight bytes at a time.
// bytes.IndexByte reads faster, but the call costs as much for a quote that is
// near as for one a hundred bytes on, and in scripts they are near.
const near = 32

// closing returns the length of the rest of a string that b begins with, its
// closing quote counted; -1 where b ends before it. odd tells that an odd run
// of backslashes stands before b, so that its first byte is escaped.
func closing(b []byte, odd bool) int {
	const quotes, low = 0x2222222222222222, 0x7f7f7f7f7f7f7f7f
	start := 0 // no backslash before it escapes anything behind it
	if odd {
		start = 1
	}
	i, far := min(start, len(b)), start+near
	for i+8 <= len(b) {
		// The highest bit of each byte that is a quote, and no other's.
		x := binary.LittleEndian.Uint64(b[i:]) ^ quotes
		for m := ^((x&low + low) | x | low); m != 0; m &= m - 1 {
			k := i + bits.TrailingZeros64(m)/8
			if !escaped(b, start, k) {
				return k + 1
			}
			far = k + near
		}
		if i += 8; i < far {
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
