// Package diag diagnoses a failed SAML sign-in: evidence in, findings out.
//
// It knows no network, no terminal and no clock of its own. The investigator,
// the check command and the tests all come in here.
package diag

import (
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A Diagnosis is a case with everything that was concluded from it. Views show
// it and decide nothing.
type Diagnosis struct {
	Case evidence.Case
	// Results has one entry for each rule, in the catalogue's order.
	Results []rule.Result
	// Findings are ranked, the cause first; what follows from another finding
	// is folded under it.
	Findings []rule.Finding
	// Chain has all hops in order.
	Chain   []chain.Link
	Verdict chain.Verdict
	// ForConnect tells whether the sign-in is meant for Amazon Connect:
	// Known with a value, or Unasked where nothing tells. Why says by what.
	ForConnect evidence.Fact[bool]
}

// Cause returns the root cause, if the chain is broken.
func (d Diagnosis) Cause() (rule.Finding, bool) {
	if d.Verdict.State == chain.Broken && len(d.Findings) > 0 {
		return d.Findings[0], true
	}
	return rule.Finding{}, false
}

// Link returns the state of one hop.
func (d Diagnosis) Link(h evidence.Hop) chain.Link {
	for _, l := range d.Chain {
		if l.Hop == h {
			return l
		}
	}
	return chain.Link{Hop: h, State: chain.Unchecked}
}
