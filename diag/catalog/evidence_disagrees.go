package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The sign-in went through, and with today's evidence it must fail.
//
// The finding is made of other rules' findings and of AWS's answer, so it is
// package diag that makes it: this rule finds nothing by itself.
var evidenceDisagrees = &rule.Rule{
	ID: "evidence-disagrees", Title: "It went through, but would fail with this evidence",
	Hop: evidence.HopCapture, Severity: rule.Warning,
	Needs: evidence.NeedCapture,
	Why: `The capture shows that AWS let this sign-in through. The provider, role, policy or user list at hand says that it must fail. Both can be true: the capture is of another day than the evidence. Somebody changed something in between, or the evidence is of another account, role or instance.

The capture's verdict stays healthy: it tells what happened. What the evidence says would happen now is named beside it.`,
	Inferred: "That a change between the two times is the reason is inferred; CloudTrail's write events tell.",
	Refs:     []string{"https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html"},
	Check:    func(evidence.Case) []rule.Finding { return nil },
}
