package diag

import (
	"fmt"
	"slices"

	"example.com/samlens/diag/rule"
)

// The rules whose findings are made of other rules' findings: they look at
// nothing by themselves.
const (
	disagrees = "evidence-disagrees"
	refused   = "answer-refused"
)

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
	explains := a.explains
	cause := slices.IndexFunc(errs, explains)
	if a.text != "" && cause < 0 {
		if slices.ContainsFunc(errs, a.covers) {
			explains = a.covers
		} else if i := slices.IndexFunc(rest, a.settles); i >= 0 {
			errs, rest = append(errs, a.settled(rest[i])), slices.Delete(slices.Clone(rest), i, i+1)
		} else if f, ok := refusal(results, a, rest); ok {
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
