package diag

import (
	"fmt"
	"slices"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/symptom"
	"example.com/samlens/diag/trail"
)

// answer is what AWS is known to have said of this sign-in.
type answer struct {
	// refusal is the catalogue entry of the error AWS gave; nil without one.
	refusal *symptom.Entry
	text    string // the error as seen
	from    string // where it was seen
	at      evidence.Spot
	unseen  bool   // its page was not recorded: text is not AWS's
	by      string // the party whose page it is; "" where it is not from a page
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
		a.text, a.from, a.at, a.by, a.unseen = o.Text, "the capture", o.Where, o.Party, o.Unseen
		a.refusal = entryOf(o.ID)
		if a.refusal != nil && a.refusal.Hop <= evidence.HopTrust && (a.by == evidence.PartyConsole || a.by == evidence.PartyConnect) {
			a.refusal = nil // STS's words on a page that only who passed STS gets to see: they mean something else there
		}
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
	behind := a.refusal != nil && a.refusal.Hop > evidence.HopTrust || a.by == evidence.PartyConsole || a.by == evidence.PartyConnect
	if behind && a.passed < int(evidence.HopTrust) {
		a.passed, a.why = int(evidence.HopTrust), "Connect answered, so AWS had let it in"
	}
	return a
}

// passes reports whether AWS is known to have let the sign-in through where f
// stands.
func (a answer) passes(f rule.Finding) bool {
	return int(f.Hop) <= a.passed && f.Hop > evidence.HopCapture
}

// generic is the text of AWS sign-in that names no cause.
const generic = "invalid-saml-response"

// explains reports whether f's rule is known to bring the answer's text.
func (a answer) explains(f rule.Finding) bool {
	return a.refusal != nil && (slices.Contains(f.Rule.Explains, a.refusal.ID) || a.refusal.ExplainedBy(f.ID()))
}

// covers reports whether the answer's text leaves room for f: a text that is
// not in the catalogue (of another language, say) for whatever its speaker can
// refuse, and AWS sign-in's generic page for whatever is refused up to STS. A
// fault that is certain explains such an answer better than nothing does.
func (a answer) covers(f rule.Finding) bool {
	if f.Rule.Whole || a.passes(f) {
		return false
	}
	switch {
	case a.text == "":
		return false
	case a.refusal != nil:
		return a.refusal.ID == generic && f.Hop <= evidence.HopSTS
	case a.by == evidence.PartySignIn:
		return f.Hop <= evidence.HopTrust
	}
	return a.by != ""
}

// settles reports whether f is a warning only because it is not documented
// that AWS refuses for it, and AWS's answer says that it does.
func (a answer) settles(f rule.Finding) bool {
	return f.Severity == rule.Warning && f.Rule.Severity == rule.Error && !a.passes(f) && a.explains(f)
}

// settled is f as the error that AWS's answer shows it to be.
func (a answer) settled(f rule.Finding) rule.Finding {
	f.Severity = rule.Error
	f.Summary += "; AWS's answer fits it, and nothing else found here explains that answer"
	return f
}

// refusal says that AWS refused and no error found here explains its text; of
// the warnings it names the one that may.
func refusal(results []rule.Result, a answer, warnings []rule.Finding) (rule.Finding, bool) {
	r := ruleOf(results, refused)
	if r == nil {
		return rule.Finding{}, false
	}
	f := rule.Finding{
		Rule: r, Severity: r.Severity, Hop: evidence.HopSignIn, At: a.at,
		Summary:  fmt.Sprintf("AWS refused with “%s”, and nothing in the evidence given explains it", a.text),
		Evidence: []rule.Exhibit{{What: "AWS's answer, from " + a.from, At: a.at, Saw: a.text}},
	}
	if i := slices.IndexFunc(warnings, func(w rule.Finding) bool { return w.Severity == rule.Warning && !a.passes(w) && a.explains(w) }); i >= 0 {
		f.Summary = fmt.Sprintf("AWS refused with “%s”; of what was found only %s may explain it", a.text, warnings[i].ID())
	}
	if a.unseen {
		f.Summary = fmt.Sprintf("AWS refused (%s), and nothing in the evidence given explains it", a.text)
		f.Fixes = []rule.Fix{{Title: "Record what AWS's page says", Who: rule.Caller, Steps: []string{
			"Record the sign-in again with the answers' bodies: in the browser with “Preserve log” on, by Playwright with recordHar's content set to embed or attach.",
			"Or copy the text of the page: samlens explain \"the text\".",
		}}}
	}
	switch {
	case a.refusal != nil:
		f.Hop = a.refusal.Hop
		f.Fixes = collect(*a.refusal)
	case a.by == evidence.PartyConsole:
		f.Hop = evidence.HopFederate
	case a.by == evidence.PartyConnect:
		f.Hop = evidence.HopUser
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
