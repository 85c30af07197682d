package contrast

import (
	"fmt"
	"slices"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

// attributes compares the assertions' attributes by name: which one only has,
// and in which the number of values differs. The values of those that AWS does
// not read are nobody's concern but their owner's.
func (c *Contrast) attributes() {
	_, g, gok := claims.Read(c.Good.Case)
	_, b, bok := claims.Read(c.Bad.Case)
	if !gok || !bok {
		return
	}
	good, bad := counted(g), counted(b)
	a := Aspect{Name: "attributes", Hop: evidence.HopSignIn}
	for _, n := range names(good, bad) {
		x, y := good[n], bad[n]
		if x == y {
			continue
		}
		a.Good, a.Bad = append(a.Good, n+times(x)), append(a.Bad, n+times(y))
	}
	if a.Differs() {
		c.Different = append(c.Different, a)
	} else {
		c.Alike = append(c.Alike, a.Name)
	}
}

func counted(a evidence.Assertion) map[string]int {
	out := map[string]int{}
	for _, at := range a.Attributes {
		out[at.Name.Value] += max(1, len(at.Values))
	}
	return out
}

func names(ms ...map[string]int) (out []string) {
	for _, m := range ms {
		for n := range m {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

func times(n int) string {
	switch n {
	case 0:
		return " (none)"
	case 1:
		return ""
	}
	return fmt.Sprintf(" ×%d", n)
}
