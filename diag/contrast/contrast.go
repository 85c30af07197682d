package contrast

import (
	"slices"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
)

// An Aspect is one thing that is compared.
type Aspect struct {
	Name string // "issuer", "session name's form"
	// Hop is where AWS reads it.
	Hop evidence.Hop
	// Good and Bad are what the two sign-ins have, a value each; a set is in
	// order. nil where a sign-in has none, or cannot show it.
	Good, Bad []string
}

// Differs reports whether the two have it otherwise.
func (a Aspect) Differs() bool { return !slices.Equal(a.Good, a.Bad) }

// A Contrast is what came of comparing two sign-ins.
type Contrast struct {
	Good, Bad diag.Diagnosis
	// Different are in the chain's order, and of one hop the telling ones
	// first. Alike are the names of the rest.
	Different []Aspect
	Alike     []string
}

// Of compares two sign-ins.
func Of(good, bad diag.Diagnosis) Contrast {
	c := Contrast{Good: good, Bad: bad}
	g, b := aspects(good), aspects(bad)
	for i := range g {
		a := Aspect{Name: g[i].name, Hop: g[i].hop, Good: g[i].values, Bad: b[i].values}
		switch {
		case a.Differs():
			c.Different = append(c.Different, a)
		case len(a.Good) > 0:
			c.Alike = append(c.Alike, a.Name)
		}
	}
	c.attributes()
	slices.SortStableFunc(c.Different, func(x, y Aspect) int { return int(x.Hop) - int(y.Hop) })
	return c
}

// Suspects are the differences at the hop where the bad sign-in broke; nil
// where it did not break, or nothing differs there.
func (c Contrast) Suspects() (out []Aspect) {
	if c.Bad.Verdict.State != chain.Broken {
		return nil
	}
	for _, a := range c.Different {
		broke := c.Bad.Verdict.Hop
		if a.Name != verdict && (a.Hop == broke || slices.Contains(later[a.Name], broke)) {
			out = append(out, a)
		}
	}
	return out
}

// Sentence says it in one line.
func (c Contrast) Sentence() string {
	b, g := c.Bad.Verdict, c.Good.Verdict
	switch {
	case b.State == chain.Broken && g.State == chain.Broken && b.Rule == g.Rule:
		return "Both broke in the same way, by " + b.Rule + ": compare with a sign-in that works"
	case b.State == chain.Broken && g.State == chain.Broken:
		return "Both broke, the one by " + g.Rule + ", the other by " + b.Rule
	case g.State == chain.Broken:
		return "It is the first that broke; give the good one first"
	case b.State == chain.Broken && len(c.Suspects()) > 0:
		return "The second broke at " + b.Hop.String() + ", and there it differs from the first"
	case b.State == chain.Broken:
		return "The second broke at " + b.Hop.String() + "; what AWS reads there is alike in both, so that it is not the sign-in that differs but what it met: the account, the user, the time"
	case len(c.Different) == 0:
		return "Nothing that matters to AWS differs"
	}
	return "Neither is seen to be broken"
}
