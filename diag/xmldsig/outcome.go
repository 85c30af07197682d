package xmldsig

import (
	"fmt"

	"example.com/samlens/diag/evidence"
)

// outcome tries one signature with every key.
func outcome(r evidence.Response, i int, s evidence.Signature, candidates []evidence.Certificate) Outcome {
	o := Outcome{Index: i, Coverage: Covers(r, s), Key: -1, EmbeddedKey: -1}
	if k, ok := VerifiedBy(s, s.Certificates); ok {
		o.Embedded, o.EmbeddedKey = true, k
	} else if s.KeyValue != nil {
		o.Embedded, _ = VerifyValue(s)
	}
	o.Key, _ = VerifiedBy(s, candidates)
	for _, ref := range s.References {
		if ref.Computed != nil && !ref.Match {
			o.Altered = true
			if o.Change == "" {
				o.Change, o.Edited, o.Was = ref.Change, ref.Edited, ref.Was
			}
		}
	}
	switch {
	case s.Problem != "":
		o.Why = s.Problem
	case o.Altered && o.Change == Edited:
		o.Why = fmt.Sprintf("what it covers was changed after signing: %s was %q", o.Edited.Path, o.Was)
	case o.Altered && o.Change != "":
		o.Why = "what it covers was changed after signing: " + o.Change
	case o.Altered:
		o.Why = "what it covers was changed after signing"
	case o.Key < 0 && (candidates != nil || !o.Embedded):
		o.Why = whyNot(s, candidates)
	}
	return o
}

// whyNot is why no candidate verifies an intact signature.
func whyNot(s evidence.Signature, candidates []evidence.Certificate) string {
	if candidates == nil {
		candidates = s.Certificates
	}
	if len(candidates) == 0 {
		return "there is no certificate to check it with"
	}
	_, why := Verify(s, candidates[0])
	return why
}

// carries says which of response and assertion have a signature: one that
// covers them, or, where none does, one that stands in them.
func carries(r evidence.Response, outcomes []Outcome) string {
	response, assertion := false, false
	first := subjectOf(r)
	for _, o := range outcomes {
		s := r.Signatures[o.Index]
		response = response || s.Over == "response" && same(s.Parent, r.At) || o.Response && !r.BareAssertion
		assertion = assertion || s.Over == "assertion" && same(s.Parent, first) || o.First && !o.Response || o.First && r.BareAssertion
	}
	if !response && !assertion {
		for _, s := range r.Signatures {
			response = response || s.Over == "response"
			assertion = assertion || s.Over == "assertion"
		}
	}
	switch {
	case response && assertion:
		return "both"
	case response:
		return "response"
	case assertion:
		return "assertion"
	}
	return "none"
}
