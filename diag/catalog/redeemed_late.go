package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// More than five minutes from issuance to redemption.
var redeemedLate = &rule.Rule{
	ID: "redeemed-late", Title: "Redeemed over 5 minutes after it was issued",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgRedeem}, Predicts: msgRedeem,
	Needs: evidence.NeedAssertion | evidence.NeedTime, Uses: evidence.NeedCapture,
	Why:      `STS takes an assertion for five minutes from its issuance, whatever longer limit it names itself. It comes late when a tab was restored or reloaded, when the back button sent the form again, when the choice of a role took long, or when the IdP's clock is behind, and then for everybody, always.`,
	Inferred: "Which stamp counts as issuance is not published; the assertion's IssueInstant is used, else the response's, and the finding says which. A tolerance is not published either: up to 60 seconds are a warning here.",
	Refs:     []string{pageAssertions, pageAssumeRole},
	Check:    checkRedeemedLate,
	Fix:      fixClock,
}

func checkRedeemedLate(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	from, by := issued(c, a)
	if from.Time.IsZero() {
		return nil
	}
	age := c.AsOf.At.Sub(from.Time)
	sev := past(age - redeem)
	if sev == rule.Unset {
		return nil
	}
	return one(withSkew(c, rule.Finding{
		Severity: sev, At: from.At,
		Summary:  fmt.Sprintf("The response was redeemed %s after %s (%s)%s; STS takes it for 5 minutes", span(age), by, stamp(from.Time), because(c, true)),
		Evidence: []rule.Exhibit{shown(by, from.Text, "not before "+stamp(c.AsOf.At.Add(-redeem))), judgedAt(c)},
	}))
}
