package xmldsig

import (
	"slices"

	"example.com/samlens/diag/evidence"
)

// Coverage tells what of a response one signature speaks of. It goes by the
// places in the document, never by IDs: an ID may occur twice.
type Coverage struct {
	// First tells that a reference covers the first assertion: itself, or
	// the response or document around it.
	First bool
	// Response tells that a reference covers the root element as a whole.
	Response bool
	// Own tells that every reference leads to the element that the
	// signature stands in, as section 5.4.2 of SAML Core demands.
	Own bool
	// Elsewhere is the first covered element that is neither that one nor
	// around the first assertion; unknown where there is none.
	Elsewhere evidence.Spot
}

// Covers compares what a signature's references lead to with what AWS would
// read: the first assertion and the response around it.
func Covers(r evidence.Response, s evidence.Signature) Coverage {
	c := Coverage{Own: len(s.References) > 0}
	target := subjectOf(r)
	for _, ref := range s.References {
		if !ref.CoversAt.Known() {
			c.Own = false
			continue
		}
		around := holds(ref.CoversAt, target) && (!enveloped(ref) || !holds(s.At, target))
		own := same(ref.CoversAt, s.Parent)
		c.First = c.First || around
		c.Response = c.Response || same(ref.CoversAt, r.At)
		c.Own = c.Own && own
		if !own && !around && !c.Elsewhere.Known() {
			c.Elsewhere = ref.CoversAt
		}
	}
	return c
}

// subjectOf is the place of what a verdict speaks of: the first assertion,
// else the first closed one, else the response.
func subjectOf(r evidence.Response) evidence.Spot {
	if a, ok := r.First(); ok {
		return a.At
	}
	if len(r.Encrypted) > 0 {
		return r.Encrypted[0].At
	}
	return r.At
}

func enveloped(ref evidence.Reference) bool {
	return slices.Contains(ref.Transforms, "http://www.w3.org/2000/09/xmldsig#enveloped-signature")
}

// holds reports whether the inner place lies in the outer one.
func holds(outer, inner evidence.Spot) bool {
	return outer.Known() && inner.Known() && outer.Start <= inner.Start && inner.End <= outer.End
}

func same(a, b evidence.Spot) bool { return a.Known() && a.Start == b.Start && a.End == b.End }
