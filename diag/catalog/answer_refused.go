package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// AWS refused, and nothing in the evidence explains it. Whether anything does
// is known only when every other rule has run: the finding is made then.
var answerRefused = &rule.Rule{
	ID: "answer-refused", Title: "AWS refused, and the evidence does not explain why",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Needs: evidence.NeedCapture,
	Why: "The capture, or this assertion's own CloudTrail event, holds AWS's refusal, and no other rule found an error that brings " +
		"that text. The hop is the one where AWS says such a thing. Either the cause lies in what was not looked at, or the evidence " +
		"given is of another time.",
	Refs:  []string{pageTroubleshoot, pageConnectHelp},
	Check: func(evidence.Case) []rule.Finding { return nil },
}
