package diag

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/symptom"
)

// Diagnose checks a case against the whole catalogue.
func Diagnose(c evidence.Case) Diagnosis {
	return conclude(c, rule.RunAll(catalog.All(), c))
}

// Update lays what AWS said over the case and concludes afresh. Only the rules
// that read what changed run again.
func (d Diagnosis) Update(l evidence.Live, changed evidence.Need) Diagnosis {
	before := d.Case.Settled()
	c := d.Case.With(l)
	changed |= c.Settled() &^ before
	return conclude(c, rule.Rerun(d.Results, c, changed))
}

// conclude makes a diagnosis of what the rules said.
func conclude(c evidence.Case, results []rule.Result) Diagnosis {
	d := Diagnosis{Case: c, Results: results, ForConnect: forConnect(c)}
	a := answerOf(c)
	meant := d.ForConnect.State == evidence.Known && d.ForConnect.Value
	shown := make([]rule.Result, len(results))
	for i, r := range results {
		if r.Rule.Connect && !meant {
			r = rule.Result{Rule: r.Rule, Outcome: rule.Silent}
		}
		shown[i] = r
	}
	var broken bool
	d.Findings, broken = rank(shown, a)
	if broken {
		d.Verdict.State = chain.Broken
	}
	d.Chain = links(d, a)
	d.Verdict = d.verdict(a)
	return d
}

// verdict says the answer in one line.
func (d Diagnosis) verdict(a answer) chain.Verdict {
	v := d.Verdict
	if v.State == chain.Broken {
		f := d.Findings[0]
		v.Hop, v.Rule, v.Summary = f.Hop, f.ID(), f.Summary
		if f.ID() == refused {
			if !a.unseen {
				v.Predicted, v.Seen = a.text, a.text != ""
			}
			return v
		}
		v.Predicted = symptom.Predict(f.Rule.Predicts)
		d.compare(&v, f, a)
		if f.Hop == evidence.HopFederate && strings.HasPrefix(f.ID(), "federation-") && v.Disagreement == "" {
			v.Disagreement = allowedBySimulator(d.Case)
		}
		return v
	}
	v.State = chain.Healthy
	var open []string
	for _, l := range d.Chain {
		counts := l.Hop == evidence.HopIdP || l.Hop >= evidence.HopSignIn && l.Hop <= evidence.HopUser
		if counts && l.State == chain.Unchecked {
			open = append(open, l.Hop.String())
		}
	}
	if len(open) > 0 {
		v.State = chain.Unknown
		v.Summary = "Nothing broken was found, but not everything could be judged: " + strings.Join(open, ", ")
		return v
	}
	v.Summary = "Nothing is broken: every hop of this sign-in holds"
	for _, f := range d.Findings {
		if f.ID() == disagrees {
			v.Summary = f.Summary
		}
	}
	return v
}

// compare holds the predicted text against the one that was seen.
func (d Diagnosis) compare(v *chain.Verdict, f rule.Finding, a answer) {
	switch {
	case a.text == "" || a.unseen:
		return
	case a.refusal != nil && a.refusal.ID == f.Rule.Predicts:
		v.Seen = true
		return
	case a.explains(f), a.covers(f) && (a.refusal == nil || v.Predicted == ""):
		// Another text that this cause is known to bring, or may bring.
		v.Predicted, v.Seen = a.text, true
		return
	case a.covers(f):
		v.Disagreement = fmt.Sprintf("AWS showed its general page, “%s”, which names no cause; for %s it has a text of its own", a.text, f.ID())
		return
	}
	v.Disagreement = fmt.Sprintf("AWS said “%s”, which %s does not explain; the evidence given and that answer may be of different times", a.text, f.ID())
}
