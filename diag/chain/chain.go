// Package chain says how far a sign-in came: each hop's state and why, and the
// verdict over all of them.
//
// It judges nothing itself: what is wrong, the rules have found; what was
// looked at, the evidence tells.
package chain

import "example.com/samlens/diag/evidence"

// State is how sure we are of one hop.
type State string

// The states, as the JSON report spells them.
const (
	Verified      State = "verified"       // checked against evidence
	Failed        State = "failed"         // this is where the chain broke
	Inferred      State = "inferred"       // consistent with what is seen, not proven
	Unchecked     State = "unchecked"      // could not be judged; Why says what was missing
	Unreached     State = "unreached"      // an earlier hop failed
	NotApplicable State = "not-applicable" // this sign-in does not pass here
)

// A Link is one hop and its state.
type Link struct {
	Hop   evidence.Hop
	State State
	// Why is one clause: what was checked, or what is missing and how to get
	// it.
	Why string
	// Known tells, for a hop that was not reached, what would happen there:
	// "would pass", "would fail: RULE" or "".
	Known string
	// Missing is the evidence that an unchecked hop lacks.
	Missing evidence.Need
}

// Overall is the verdict's state.
type Overall string

// The verdict's states.
const (
	Broken  Overall = "broken"
	Healthy Overall = "healthy"
	Unknown Overall = "unknown"
)

// A Verdict is the answer in one line.
type Verdict struct {
	State Overall
	// Hop and Rule are where and why it broke; Rule is "" where nothing did.
	Hop  evidence.Hop
	Rule string
	// Predicted is the text that AWS shows for this cause, as far as it is
	// known; "" otherwise.
	Predicted string
	// Seen tells that the capture holds that very text; Disagreement is one
	// sentence where the capture holds another.
	Seen         bool
	Disagreement string
	// Summary is one sentence.
	Summary string
}
