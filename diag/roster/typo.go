package roster

import "math/bits"

// A typo finder computes edit distances from one short ASCII pattern, all
// rows of the matrix at once in the bits of a word: Myers, "A fast bit-vector
// algorithm for approximate string matching based on dynamic programming",
// JACM 46 (1999), in Hyyrö's form for whole strings.
type typo struct {
	peq  [256]uint64 // for each byte, where it stands in the pattern
	n    int
	mask uint64
}

// maxPattern is the longest pattern that fits a word.
const maxPattern = 64

func newTypo(pattern string) *typo {
	t := &typo{n: len(pattern), mask: maskOf(pattern)}
	for i := range len(pattern) {
		t.peq[pattern[i]] |= 1 << i
	}
	return t
}

// alike and near are filters that never lose a name within maxTypo edits: an
// edit changes the set of characters by at most one each way, and the length
// by at most one.
func (t *typo) alike(mask uint64) bool {
	return bits.OnesCount64(t.mask&^mask) <= maxTypo && bits.OnesCount64(mask&^t.mask) <= maxTypo
}

// next returns the first row from n on whose mask is alike and has no bit of
// without; how many there are where there is none.
//
// A search spends its time here, so the loop is one that fits the registers:
// inlined where it is called it takes twice as long.
//
//go:noinline
func (t *typo) next(masks []uint64, n int, without uint64) int {
	mask := t.mask
	for i, m := range masks[n:] {
		// The sum is looked at first: it rules out nearly all, by one count.
		if m&without == 0 && bits.OnesCount64(m^mask) <= 2*maxTypo && t.alike(m) {
			return n + i
		}
	}
	return len(masks)
}

func (t *typo) near(length int) bool {
	return length-t.n <= maxTypo && t.n-length <= maxTypo
}

// distance returns the edit distance between the pattern and s, both ASCII.
func (t *typo) distance(s []byte) int {
	if t.n == 0 {
		return len(s)
	}
	pv, mv := ^uint64(0), uint64(0)
	score, last := t.n, uint64(1)<<(t.n-1)
	for _, c := range s {
		eq := t.peq[c]
		xv := eq | mv
		xh := (((eq & pv) + pv) ^ pv) | eq
		ph := mv | ^(xh | pv)
		mh := pv & xh
		if ph&last != 0 {
			score++
		} else if mh&last != 0 {
			score--
		}
		ph = ph<<1 | 1
		mh <<= 1
		pv = mh | ^(xv | ph)
		mv = ph & xv
	}
	return score
}
