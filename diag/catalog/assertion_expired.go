package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Past its own limit.
var assertionExpired = &rule.Rule{
	ID: "assertion-expired", Title: "The assertion had expired when it was redeemed",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgRedeem},
	Needs:    evidence.NeedAssertion | evidence.NeedTime, Uses: evidence.NeedCapture,
	Why: `NotOnOrAfter, on the Conditions and on the SubjectConfirmationData, is the end of an assertion by the IdP's own word; it holds beside STS's five minutes from issuance. IdPs that grant a minute or two leave no time for a slow page or a small difference of clocks.

A capture is judged by the time at which it was made: one of last week is not expired because it is old.`,
	Inferred: "Which text AWS shows is inferred. A tolerance is not published: up to 60 seconds are a warning here.",
	Refs:     []string{pageAssertions, pageSAMLCore},
	Check:    checkAssertionExpired,
	Fix:      fixClock,
}

func checkAssertionExpired(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	var f rule.Finding
	var first bound
	for _, b := range ends(a) {
		// On that very second it is over already: "on or after".
		over := c.AsOf.At.Sub(b.Time) + 1
		if past(over) == rule.Unset || !first.Time.IsZero() && !b.Time.Before(first.Time) {
			continue
		}
		first = b
		f = rule.Finding{
			Severity: past(over), At: b.At,
			Summary:  fmt.Sprintf("The assertion ended at %s and was redeemed %s later%s", stamp(b.Time), span(over), because(c, true)),
			Evidence: []rule.Exhibit{shown(b.name, b.Text, "after "+stamp(c.AsOf.At)), judgedAt(c)},
		}
	}
	if first.Time.IsZero() {
		return nil
	}
	return one(withSkew(c, f))
}
