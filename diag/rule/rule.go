// Package rule says what a diagnosis rule is, runs rules over a case and ranks
// what they found.
//
// A rule is a value. It has no state, asks nobody and reads no clock: the same
// case always gives the same findings. This package holds no rule itself.
package rule

import (
	"example.com/samlens/diag/evidence"
)

// Severity orders findings by what they cost.
type Severity uint8

// The severities, least first. Unset stands for the rule's own.
const (
	Unset   Severity = iota
	Info             // worth knowing, breaks nothing
	Warning          // works now, will break or is unsafe; or a later fault behind the cause
	Error            // AWS or Connect rejects this sign-in
)

// String names the severity as reports print it.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	case Unset:
	}
	return "unset"
}

// A Rule explains one cause of failed sign-ins.
type Rule struct {
	// ID is the rule's name in reports, scripts and on the command line. It
	// is never used again for another rule.
	ID string
	// Title says what is wrong, in under 60 columns and without a period.
	Title string
	// Hop is where in the chain it bites.
	Hop      evidence.Hop
	Severity Severity
	// Connect marks a rule that holds only where the sign-in is meant for
	// Amazon Connect.
	Connect bool
	// Whole marks a rule that speaks of the sign-in as a whole: its hop is
	// where its finding is listed, and says nothing of that hop.
	Whole bool
	// Explains are the IDs of the messages (package symptom) that this cause
	// can make AWS show; the first is the one it most likely shows.
	Explains []string
	// Predicts is the ID of the message that AWS shows for this cause, where
	// that is documented or has been seen; "" where it is not known.
	Predicts string
	// Needs is the evidence that Check reads. A rule runs once all of it is
	// settled, and again whenever part of it changes.
	Needs evidence.Need
	// Part is those of Needs of which a part is enough to find something: a
	// list that goes on. Where nothing is found in it, the rule lacks the
	// rest.
	Part evidence.Need
	// Uses is evidence that Check reads where it is there, and does without
	// where it is not.
	Uses evidence.Need
	// Either is evidence of which one piece is enough: the rule is blind
	// where none of it can be had. 0 for none.
	Either evidence.Need
	// Lacks returns what Check would have had to see besides to be sure that
	// nothing is wrong in this very case: 0 for nothing. It is asked only
	// where Check found nothing; a rule that lacks something is not clear
	// but blind. It reads what Check reads; nil lacks nothing.
	Lacks func(evidence.Case) evidence.Need
	// Why tells how AWS comes to refuse, in a paragraph or two.
	Why string
	// Inferred says what in Why is inferred and not documented; "" where all
	// of it is documented.
	Inferred string
	// Refs are the pages that say so.
	Refs []string
	// Eclipses are the IDs of rules whose findings follow from this one's and
	// are folded under it.
	Eclipses []string
	// Check returns what is wrong; nil means that nothing is. It is called
	// only with every need Known or Absent, or Partial where Part allows it.
	Check func(evidence.Case) []Finding
	// Fix returns the ways to put one finding right, best first.
	Fix func(evidence.Case, Finding) []Fix
}

// Live reports whether the rule needs lookups or files in their place.
func (r *Rule) Live() bool {
	const offline = evidence.NeedCapture | evidence.NeedResponse | evidence.NeedAssertion |
		evidence.NeedTime | evidence.NeedPosted | evidence.NeedAnswer
	return (r.Needs|r.Either)&^offline != 0
}

// A Finding is one thing wrong, at one place.
type Finding struct {
	Rule *Rule
	// Severity is the finding's own; Run sets it to the rule's where Unset.
	Severity Severity
	// Summary is one sentence with the facts of this case; without a period.
	// Run sets it to the rule's title where empty.
	Summary string
	// Hop is where the finding bites: the rule's, but for a finding that is
	// made of AWS's answer, whose text names the hop.
	Hop evidence.Hop
	// At is the place the finding speaks of.
	At evidence.Spot
	// Evidence is the proof, most telling first.
	Evidence []Exhibit
	// Also are other places that belong to it: the certificate in IAM.
	Also []evidence.Spot
	// After is the rule that has to be mended first; "" for none.
	After string
	// Now is "would fail now: RULE" on evidence-disagrees; "" elsewhere.
	Now string
	// Inferred tells that the finding rests on evidence that was matched by
	// likeness.
	Inferred bool
	Fixes    []Fix
	// Folded are findings that follow from this one.
	Folded []Finding
}

// ID is the rule's ID.
func (f Finding) ID() string {
	if f.Rule == nil {
		return ""
	}
	return f.Rule.ID
}

// An Exhibit is one piece of proof.
type Exhibit struct {
	What string // what it is: "role session name", "SAML:aud"
	At   evidence.Spot
	// Saw and Want are what is there and what AWS asks for, byte for byte.
	Saw, Want string
}
