package report

import (
	"strings"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
	"example.com/samlens/diag/whatif"
)

// Beside is what was asked for beside a diagnosis. Nil is what was not.
type Beside struct {
	STS    *STSAnswer
	WhatIf *whatif.Outcome
}

// An STSAnswer is what AWS STS said to this very assertion, beside what was
// predicted.
type STSAnswer struct {
	// Asked tells whether it was sent; Why is the reason where it was not, or
	// why no answer came.
	Asked bool
	Why   string
	// Answered tells that AWS spoke of the assertion, Accepted that it took
	// it; Code and Message are its words where it did not.
	Answered, Accepted bool
	Code, Message      string
	Session            string // the session's ARN where it was taken
	// Predicted is "accepted", "refused" or "" where nothing was; Agrees
	// compares it with the answer, nil where there is nothing to compare.
	Predicted string
	Agrees    *bool
}

type jsonSTS struct {
	Asked     bool    `json:"asked"`
	Why       *string `json:"why"`
	Accepted  *bool   `json:"accepted"`
	Code      *string `json:"code"`
	Message   *string `json:"message"`
	Session   *string `json:"session_arn"`
	Predicted *string `json:"predicted"`
	Agrees    *bool   `json:"agrees"`
}

type jsonWhatIf struct {
	Placed  []string      `json:"proposed"`
	Verdict jsonVerdict   `json:"verdict"`
	Cleared []jsonWhether `json:"cleared"`
	Stayed  []jsonWhether `json:"stayed"`
	New     []jsonWhether `json:"new"`
	Chain   []jsonLink    `json:"chain"`
}

type jsonWhether struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Hop      string `json:"hop"`
	Summary  string `json:"summary"`
}

func stsJSON(a *STSAnswer) *jsonSTS {
	if a == nil {
		return nil
	}
	j := &jsonSTS{
		Asked: a.Asked, Why: optional(a.Why), Code: optional(a.Code), Message: optional(a.Message), Session: optional(a.Session),
		Predicted: optional(a.Predicted), Agrees: a.Agrees,
	}
	if a.Answered {
		j.Accepted = &a.Accepted
	}
	return j
}

func whatIfJSON(o *whatif.Outcome) *jsonWhatIf {
	if o == nil {
		return nil
	}
	return &jsonWhatIf{
		Placed: append([]string{}, o.Placed...), Verdict: verdictJSON(o.After.Verdict), Chain: chainJSON(o.After.Chain),
		Cleared: whetherJSON(o.Cleared), Stayed: whetherJSON(o.Stayed), New: whetherJSON(o.New),
	}
}

func whetherJSON(fs []rule.Finding) []jsonWhether {
	out := []jsonWhether{}
	for _, f := range fs {
		out = append(out, jsonWhether{f.ID(), f.Severity.String(), f.Hop.String(), f.Summary})
	}
	return out
}

func verdictJSON(v chain.Verdict) jsonVerdict {
	out := jsonVerdict{State: string(v.State), Predicted: optional(v.Predicted), Seen: v.Seen, Disagreement: optional(v.Disagreement), Summary: v.Summary, Rule: optional(v.Rule)}
	if v.Rule != "" {
		out.Hop = optional(v.Hop.String())
	}
	return out
}

func chainJSON(links []chain.Link) []jsonLink {
	out := []jsonLink{}
	for _, l := range links {
		out = append(out, jsonLink{l.Hop.String(), string(l.State), l.Why, optional(l.Known)})
	}
	return out
}

// beside writes what was asked for beside the diagnosis.
func (t text) beside(b Beside) {
	if b.STS != nil {
		t.line("")
		t.line(visible.Line(b.STS.Sentence()))
	}
	if b.WhatIf != nil {
		t.line("")
		t.line(strings.TrimSuffix(b.WhatIf.Text(), "\n"))
	}
}

// Sentence says what AWS answered, and whether that is what was predicted.
func (a STSAnswer) Sentence() string {
	switch {
	case !a.Asked:
		return "AWS STS was not asked: " + a.Why
	case !a.Answered:
		return "AWS STS gave no answer to this assertion: " + a.Why
	}
	s := "AWS STS took this assertion"
	if !a.Accepted {
		s = "AWS STS refused this assertion: " + a.Code + ": " + a.Message
	}
	switch {
	case a.Agrees == nil:
		return s + " (nothing was predicted)"
	case *a.Agrees:
		return s + " (as predicted)"
	}
	return s + " (it was predicted to be " + a.Predicted + ": AWS is right, so look at what evidence is missing or old)"
}
