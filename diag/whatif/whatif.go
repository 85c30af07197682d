// Package whatif judges a sign-in as if a change had been made: a proposed
// trust policy, role policy or metadata in place of the evidence, before
// anyone touches production.
//
// It asks what would become of the same response, judged at the same time.
// What AWS answered and logged then is left out on both sides of the
// comparison: it tells of the state as it was and would contradict any change.
package whatif

import (
	"example.com/samlens/diag"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// An Outcome is what a proposal would do.
type Outcome struct {
	// After is the diagnosis with the proposal in place.
	After diag.Diagnosis
	// Cleared are findings that would be gone, Stayed those that would still
	// be there, New those that the proposal would bring. Folded findings are
	// listed beside those they follow from. Severities are those of after,
	// for what is cleared those of before.
	Cleared, Stayed, New []rule.Finding
	// Placed says, a clause each, what was put in place of what.
	Placed []string
}

// Try judges a sign-in with a proposal in place.
func Try(d diag.Diagnosis, p Proposal) Outcome {
	c := afresh(d.Case)
	changed, placed := p.in(c)
	o := Outcome{After: diag.Diagnose(changed), Placed: placed}
	before := flat(diag.Diagnose(c).Findings)
	for _, f := range flat(o.After.Findings) {
		if i := like(before, f); i >= 0 {
			before = append(before[:i:i], before[i+1:]...)
			o.Stayed = append(o.Stayed, f)
		} else {
			o.New = append(o.New, f)
		}
	}
	o.Cleared = before
	return o
}

// afresh is a case without what AWS answered to it.
func afresh(c evidence.Case) evidence.Case {
	cp := c.Capture.Value
	cp.Observed, cp.Outcome, cp.OutcomeWhy = nil, evidence.OutcomeUnknown, ""
	c.Capture.Value = cp
	// The role that was chosen stays the one to judge, whatever told it.
	if cl, _, ok := claims.Read(c); ok {
		if pair, ok := cl.Chosen(c); ok {
			c.Asked.Role = pair.RoleARN
		}
	}
	c.Live.Trail, c.Live.Changes = evidence.Fact[[]evidence.TrailEvent]{}, evidence.Fact[[]evidence.TrailEvent]{}
	return c
}

// flat lists findings with those folded under them.
func flat(fs []rule.Finding) []rule.Finding {
	var out []rule.Finding
	for _, f := range fs {
		out = append(append(out, f), flat(f.Folded)...)
	}
	return out
}

// like finds the finding that f is again: of the same rule and at the same
// place, else of the same rule, as places move when a document changes. It is
// -1 where there is none.
func like(in []rule.Finding, f rule.Finding) int {
	again := -1
	for i, g := range in {
		if g.ID() != f.ID() {
			continue
		}
		if g.At.In == f.At.In && g.At.Path == f.At.Path {
			return i
		}
		if again < 0 {
			again = i
		}
	}
	return again
}
