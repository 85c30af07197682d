package rule

import (
	"fmt"

	"example.com/samlens/diag/evidence"
)

// Outcome is what became of a rule.
type Outcome uint8

// The outcomes.
const (
	Waiting Outcome = iota // evidence is still to come
	Blind                  // evidence it needs cannot be had
	Clear                  // checked, nothing wrong
	Fired                  // checked, something wrong
	Broken                 // the rule itself failed
	Silent                 // does not apply to this sign-in
)

// String names the outcome.
func (o Outcome) String() string {
	switch o {
	case Waiting:
		return "waiting"
	case Blind:
		return "blind"
	case Clear:
		return "clear"
	case Fired:
		return "fired"
	case Broken:
		return "broken"
	case Silent:
		return "silent"
	}
	return "unknown"
}

// A Result is one rule's outcome on one case.
type Result struct {
	Rule     *Rule
	Outcome  Outcome
	Findings []Finding
	// Missing is the evidence that a waiting or blind rule lacks.
	Missing evidence.Need
	// Err is why a rule is Broken.
	Err error
}

// Run checks c against r. A panicking rule is Broken and takes no other down.
func Run(r *Rule, c evidence.Case) (res Result) {
	res.Rule = r
	part := r.Needs & r.Part & c.Begun()
	if res.Missing = r.Needs &^ (c.Settled() | part); res.Missing != 0 {
		return res // Waiting
	}
	if res.Missing = r.Needs &^ (c.Seen() | part); res.Missing != 0 {
		res.Outcome = Blind
		return res
	}
	if r.Either != 0 && r.Either&c.Seen() == 0 {
		return res.without(r.Either, c)
	}
	defer func() {
		if p := recover(); p != nil {
			// The panic's value may quote evidence, and evidence may hold
			// secrets: only its type is told.
			res = Result{Rule: r, Outcome: Broken, Err: fmt.Errorf("rule %s failed (%T)", r.ID, p)}
		}
	}()
	res.Outcome = Clear
	for _, f := range r.Check(c) {
		f.Rule, f.Hop = r, r.Hop
		if f.Severity == Unset {
			f.Severity = r.Severity
		}
		if f.Summary == "" {
			f.Summary = r.Title
		}
		if r.Fix != nil && f.Fixes == nil {
			f.Fixes = r.Fix(c, f)
		}
		res.Outcome = Fired
		res.Findings = append(res.Findings, f)
	}
	if res.Outcome == Clear && r.Lacks != nil {
		part |= r.Lacks(c)
	}
	if res.Outcome == Clear && part != 0 {
		return res.without(part, c)
	}
	return res
}

// without is the result of a rule that could not see m: it waits where part
// of that may still come, and is blind where none will.
func (r Result) without(m evidence.Need, c evidence.Case) Result {
	r.Missing, r.Outcome = m, Blind
	if m&^c.Settled() != 0 {
		r.Outcome = Waiting
	}
	return r
}

// RunAll checks c against every rule, in their order.
func RunAll(rules []*Rule, c evidence.Case) []Result {
	out := make([]Result, len(rules))
	for i, r := range rules {
		out[i] = Run(r, c)
	}
	return out
}

// subject is the evidence by which the role and the instance that a sign-in is
// for are known: most rules speak of these, so all run again when it changes.
const subject = evidence.NeedTrail | evidence.NeedInstance

// Rerun returns old with the rules that read any of changed checked afresh.
func Rerun(old []Result, c evidence.Case, changed evidence.Need) []Result {
	out := make([]Result, len(old))
	for i, r := range old {
		if out[i] = r; (r.Rule.Needs|r.Rule.Uses|r.Rule.Either|subject)&changed != 0 {
			out[i] = Run(r.Rule, c)
		}
	}
	return out
}
