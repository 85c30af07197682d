package catalog

import (
	"fmt"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Redeemed before it holds.
var assertionNotYetValid = &rule.Rule{
	ID: "assertion-not-yet-valid", Title: "The assertion was not valid yet",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgRedeem},
	Needs:    evidence.NeedAssertion | evidence.NeedTime, Uses: evidence.NeedCapture,
	Why:      `NotBefore says from when an assertion holds, and AWS judged it earlier than that. As nobody can redeem a response before it was issued, this is a clock: the IdP's runs ahead.`,
	Inferred: "Which text AWS shows is inferred. How much skew it tolerates is not published: up to 60 seconds are a warning here.",
	Refs:     []string{pageAssertions, pageSAMLCore},
	Check:    checkAssertionNotYetValid,
	Fix:      fixClock,
}

func checkAssertionNotYetValid(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	var worst rule.Finding
	var most bound
	for _, b := range begins(a) {
		// AWS's Date has whole seconds: less than one before is no matter.
		if early := b.Time.Sub(c.AsOf.At); early >= time.Second && past(early) > rule.Unset && b.Time.After(most.Time) {
			most = b
			worst = rule.Finding{
				Severity: past(early), At: b.At,
				Summary:  fmt.Sprintf("The assertion holds from %s on and was redeemed %s before that%s", stamp(b.Time), span(early), because(c, false)),
				Evidence: []rule.Exhibit{shown(b.name, b.Text, "not after "+stamp(c.AsOf.At)), judgedAt(c)},
			}
		}
	}
	if worst.Severity == rule.Unset {
		return nil
	}
	return one(withSkew(c, worst))
}

// withSkew adds the measured clock difference to a time rule's proof.
func withSkew(c evidence.Case, f rule.Finding) rule.Finding {
	if d, say := skew(c); say != "" {
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "the IdP's clock against AWS's", Saw: signed(d), Want: "0 s"})
	}
	return f
}
