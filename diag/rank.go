package diag

import (
	"fmt"
	"slices"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/symptom"
	"example.com/samlens/diag/trail"
)

// The rules whose findings are made of other rules' findings: they look at
// nothing by themselves.
const (
	disagrees = "evidence-disagrees"
	refused   = "answer-refused"
)

// answer is what AWS is known to have said of this sign-in.
type answer struct {
	// refusal is the catalogue entry of the error AWS gave; nil without one.
	refusal *symptom.Entry
	text    string // the error as seen
	from    string // where it was seen
	at      evidence.Spot
	// passed is the last hop that AWS is known to have let the sign-in
	// through; -1 where nothing is known.
	passed int
	why    string // by what that is known
}

// answerOf reads AWS's answer from the capture, else from this assertion's own
// CloudTrail event.
func answerOf(c evidence.Case) answer {
	a := answer{passed: -1}
	cp := c.Capture.Value
	switch cp.Outcome {
	case evidence.OutcomeConnect:
		a.passed, a.why = int(evidence.HopUser), "the capture shows Amazon Connect opening"
	case evidence.OutcomeRedirect, evidence.OutcomeConsole, evidence.OutcomePortal:
		a.passed, a.why = int(evidence.HopTrust), "the capture shows AWS letting it through"
	case evidence.OutcomeUnknown, evidence.OutcomeRefused, evidence.OutcomePicker:
	}
	if o := cp.Observed; o != nil {
		a.text, a.from, a.at = o.Text, "the capture", o.Where
		a.refusal = entryOf(o.ID)
	} else if own := trail.OwnOf(c); len(own) > 0 {
		e := own[0]
		switch {
		case e.Failed:
			a.text, a.from = e.ErrorMessage, "CloudTrail"
			a.at = evidence.Spot{In: evidence.InTrail, Path: e.ID}
			if hits := symptom.Match(e.ErrorMessage); len(hits) > 0 {
				a.refusal = entryOf(hits[0].Entry.ID)
			}
		case a.passed < int(evidence.HopTrust):
			a.passed, a.why = int(evidence.HopTrust), "CloudTrail shows STS accepting this assertion"
		}
	}
	if a.refusal != nil && a.refusal.Hop > evidence.HopTrust && a.passed < int(evidence.HopTrust) {
		a.passed, a.why = int(evidence.HopTrust), "Connect answered, so AWS had let it in"
	}
	return a
}

// rank orders what the rules found: one cause, what follows from it folded,
// independent later faults as warnings behind it.
func rank(results []rule.Result, a answer) (findings []rule.Finding, broken bool) {
	all := fold(passedOver(results, a))
	var errs, rest []rule.Finding
	var stale []rule.Finding
	for _, f := range all {
		switch {
		case f.Severity != rule.Error:
			rest = append(rest, f)
		case a.passes(f): // by evidence of another day
			stale = append(stale, f)
		default:
			errs = append(errs, f)
		}
	}
	if len(stale) > 0 {
		if d, ok := disagreement(results, stale, a); ok {
			rest = append(rest, d)
		} else {
			errs = append(stale, errs...)
		}
	}
	explains := func(f rule.Finding) bool {
		return a.refusal != nil && (slices.Contains(f.Rule.Explains, a.refusal.ID) || a.refusal.ExplainedBy(f.ID()))
	}
	cause := slices.IndexFunc(errs, explains)
	if a.text != "" && cause < 0 {
		if f, ok := refusal(results, a); ok {
			errs = append(errs, f)
		}
	}
	slices.SortStableFunc(errs, func(x, y rule.Finding) int {
		if x.Rule.Whole != y.Rule.Whole { // what speaks of the whole is the cause only where nothing else is
			if x.Rule.Whole {
				return 1
			}
			return -1
		}
		return int(x.Hop) - int(y.Hop)
	})
	slices.SortStableFunc(rest, func(x, y rule.Finding) int {
		if x.Severity != y.Severity {
			return int(y.Severity) - int(x.Severity)
		}
		return int(x.Hop) - int(y.Hop)
	})
	if len(errs) == 0 {
		return rest, false
	}
	if cause = slices.IndexFunc(errs, explains); cause < 0 {
		cause = 0
	}
	findings = append(findings, errs[cause])
	for i, f := range errs {
		if i == cause {
			continue
		}
		f.Severity = rule.Warning
		if f.Hop >= errs[cause].Hop && !f.Rule.Whole {
			f.After = errs[cause].ID()
		}
		findings = append(findings, f)
	}
	return append(findings, rest...), true
}

// passes reports whether AWS is known to have let the sign-in through where f
// stands.
func (a answer) passes(f rule.Finding) bool {
	return int(f.Hop) <= a.passed && f.Hop > evidence.HopCapture
}

// passedOver makes warnings of the faults that the capture itself shows
// together with AWS passing over them. It comes before folding: such a fault
// is no cause, so nothing follows from it.
func passedOver(results []rule.Result, a answer) []rule.Result {
	out := slices.Clone(results)
	for i, r := range out {
		if r.Rule.Live() {
			continue
		}
		out[i].Findings = slices.Clone(r.Findings)
		for k, f := range r.Findings {
			if f.Severity == rule.Error && a.passes(f) {
				f.Severity = rule.Warning
				f.Summary += " (AWS let it through all the same: " + a.why + ")"
				out[i].Findings[k] = f
			}
		}
	}
	return out
}

// fold returns every finding in the catalogue's order, those that follow from
// another put under it. A finding is folded only under one that is at least
// as grave: a warning hides no error.
func fold(results []rule.Result) []rule.Finding {
	by := map[string]string{} // eclipsed rule -> the gravest fired rule that eclipses it
	grave := map[string]rule.Severity{}
	for _, r := range results {
		if r.Outcome != rule.Fired {
			continue
		}
		grave[r.Rule.ID] = r.Findings[0].Severity
		for _, id := range r.Rule.Eclipses {
			if grave[r.Rule.ID] > grave[by[id]] {
				by[id] = r.Rule.ID
			}
		}
	}
	// over returns the rule under whose first finding one of severity s of
	// the rule id goes; "" where it stands by itself.
	over := func(id string, s rule.Severity) string {
		top := ""
		for up := by[id]; up != "" && grave[up] >= s; up = by[up] {
			top = up
		}
		return top
	}
	var out []rule.Finding
	at := map[string]int{} // rule -> the index in out of its first finding
	for _, r := range results {
		for _, f := range r.Findings {
			if r.Outcome != rule.Fired || over(r.Rule.ID, f.Severity) != "" {
				continue
			}
			if _, ok := at[r.Rule.ID]; !ok {
				at[r.Rule.ID] = len(out)
			}
			out = append(out, f)
		}
	}
	for _, r := range results {
		for _, f := range r.Findings {
			if r.Outcome != rule.Fired {
				continue
			}
			if top := over(r.Rule.ID, f.Severity); top != "" {
				i := at[top]
				out[i].Folded = append(slices.Clip(out[i].Folded), f)
			}
		}
	}
	return out
}

// ruleOf returns the rule of that ID among the results.
func ruleOf(results []rule.Result, id string) *rule.Rule {
	for _, r := range results {
		if r.Rule.ID == id {
			return r.Rule
		}
	}
	return nil
}

// disagreement says that AWS let this sign-in through where evidence of today
// says that it must fail.
func disagreement(results []rule.Result, stale []rule.Finding, a answer) (rule.Finding, bool) {
	r := ruleOf(results, disagrees)
	if r == nil {
		return rule.Finding{}, false
	}
	f := rule.Finding{
		Rule: r, Severity: r.Severity, Hop: stale[0].Hop, At: stale[0].At,
		Summary: fmt.Sprintf("This sign-in went through (%s), but with the evidence given it would fail now at %s: %s",
			a.why, stale[0].Hop, stale[0].Summary),
		Now:      "would fail now: " + stale[0].ID(),
		Evidence: stale[0].Evidence,
		Fixes:    stale[0].Fixes,
	}
	for _, s := range stale {
		s.Severity = rule.Warning
		f.Folded = append(f.Folded, s)
	}
	return f, true
}

// refusal says that AWS refused and no error found here explains its text.
func refusal(results []rule.Result, a answer) (rule.Finding, bool) {
	r := ruleOf(results, refused)
	if r == nil {
		return rule.Finding{}, false
	}
	f := rule.Finding{
		Rule: r, Severity: r.Severity, Hop: evidence.HopSignIn, At: a.at,
		Summary:  fmt.Sprintf("AWS refused with “%s”, and nothing in the evidence given explains it", a.text),
		Evidence: []rule.Exhibit{{What: "AWS's answer, from " + a.from, At: a.at, Saw: a.text}},
	}
	if a.refusal != nil {
		f.Hop = a.refusal.Hop
		f.Fixes = collect(*a.refusal)
	}
	return f, true
}

// entryOf returns the catalogue entry of that ID; nil where there is none.
func entryOf(id string) *symptom.Entry {
	e, ok := symptom.Get(id)
	if !ok {
		return nil
	}
	return &e
}

// collect says which evidence would tell the causes of a text apart.
func collect(e symptom.Entry) []rule.Fix {
	f := rule.Fix{Title: "Collect what tells its causes apart", Who: rule.Caller}
	for _, t := range e.TellApart {
		f.Steps = append(f.Steps, t.Tells)
	}
	for _, id := range e.Rules() {
		f.Steps = append(f.Steps, "It can be "+id+": samlens explain "+id)
	}
	return []rule.Fix{f}
}
