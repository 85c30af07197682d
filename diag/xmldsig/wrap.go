package xmldsig

import (
	"fmt"

	"example.com/samlens/diag/evidence"
)

// wrapped looks for signature wrapping: the signed element is kept somewhere
// in the document, so that the signature holds, and another one is put where
// it is read. Somorovsky et al., "On Breaking SAML", number the shapes XSW1
// to XSW8; all of them come down to four questions about places.
func (j *Judgement) wrapped(r evidence.Response) {
	for _, o := range j.Outcomes {
		s := r.Signatures[o.Index]
		if len(s.References) == 0 {
			continue
		}
		ref := s.References[0]
		for _, each := range s.References {
			if each.CoversAt.Known() && !same(each.CoversAt, s.Parent) {
				ref = each
				break
			}
		}
		how := ""
		switch {
		case !ref.CoversAt.Known(), ref.Covers == "document":
		case holds(s.At, ref.CoversAt):
			// XSW1, XSW6, XSW8: the signed element inside its signature.
			how = fmt.Sprintf("the signed %s is hidden inside the signature at %s, and another one is read", name(ref), s.At.Path)
		case !same(ref.CoversAt, s.Parent):
			// XSW2 to XSW5, XSW7: the signature stands in another element.
			how = fmt.Sprintf("the signature in %s covers the %s at %s instead", orRoot(s.Parent), name(ref), ref.CoversAt.Path)
		case ref.Problem != "" && !o.First:
			how = fmt.Sprintf("several elements have the signed ID, and the first assertion is not the signed one at %s", ref.CoversAt.Path)
		case !o.First && (ref.Covers == "assertion" || ref.Covers == "response") && !j.covered():
			// XSW3, XSW4, XSW7: an unsigned assertion before the signed one.
			how = fmt.Sprintf("the first assertion is not signed; the signed %s is the one at %s", name(ref), ref.CoversAt.Path)
		}
		if how != "" {
			j.Wrapped, j.How, j.SignedAt = true, how, ref.CoversAt
			return
		}
	}
	if a, ok := r.First(); ok && !a.Direct && len(r.Assertions) > 1 {
		j.Wrapped, j.SignedAt = true, a.At
		j.How = fmt.Sprintf("the first assertion stands at %s, where no assertion belongs, and another one follows", a.At.Path)
	}
}

// covered reports whether any signature covers the first assertion.
func (j *Judgement) covered() bool {
	for _, o := range j.Outcomes {
		if o.First {
			return true
		}
	}
	return false
}

func name(ref evidence.Reference) string {
	if ref.Covers == "other" {
		return "element"
	}
	return ref.Covers
}

func orRoot(at evidence.Spot) string {
	if at.Path == "" {
		return "the root"
	}
	return at.Path
}
