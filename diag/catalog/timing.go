package catalog

import (
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

const (
	// redeem is how long after issuance STS takes an assertion: "Token must
	// be redeemed within 5 minutes of issuance".
	redeem = 5 * time.Minute
	// tolerance is how far past a limit a time rule only warns. AWS publishes
	// no tolerance; this one is ours.
	tolerance = time.Minute
)

// past returns the severity of being d beyond a limit; Unset where the limit
// still holds.
func past(d time.Duration) rule.Severity {
	switch {
	case d <= 0:
		return rule.Unset
	case d <= tolerance:
		return rule.Warning
	}
	return rule.Error
}

// skew returns how far the IdP's clock is measurably wrong against AWS's, and
// how to say it; "" where it is right or was not measured.
func skew(c evidence.Case) (time.Duration, string) {
	k := c.Capture.Value.Clock
	if !k.SkewKnown || k.Skew.Abs() <= tolerance {
		return 0, ""
	}
	if k.Skew < 0 {
		return k.Skew, "the IdP's clock is " + span(k.Skew) + " behind AWS's"
	}
	return k.Skew, "the IdP's clock is " + span(k.Skew) + " ahead of AWS's"
}

// because adds to a time rule's sentence that the IdP's clock is the reason.
// It is said only where the clock errs in the direction that brings the fault.
func because(c evidence.Case, behind bool) string {
	d, say := skew(c)
	if say == "" || behind != (d < 0) {
		return ""
	}
	return ", because " + say
}

// issued returns when the assertion was issued and by which stamp that is
// known: the assertion's own, else the response's. Which of them AWS counts
// from is not published.
func issued(c evidence.Case, a evidence.Assertion) (evidence.Instant, string) {
	if !a.IssueInstant.Time.IsZero() {
		return a.IssueInstant, "the assertion's IssueInstant"
	}
	if t := c.Response.Value.IssueInstant; !t.Time.IsZero() {
		return t, "the response's IssueInstant"
	}
	return evidence.Instant{}, ""
}

// A bound is one of an assertion's own limits, with its name in SAML.
type bound struct {
	name string
	evidence.Instant
}

// ends returns the assertion's NotOnOrAfter limits that could be read.
func ends(a evidence.Assertion) []bound {
	out := []bound{{"Conditions/@NotOnOrAfter", a.NotOnOrAfter}}
	if a.Subject != nil {
		for _, s := range a.Subject.Confirmations {
			out = append(out, bound{"SubjectConfirmationData/@NotOnOrAfter", s.NotOnOrAfter})
		}
	}
	return readable(out)
}

// begins returns the assertion's NotBefore limits that could be read.
func begins(a evidence.Assertion) []bound {
	out := []bound{{"Conditions/@NotBefore", a.NotBefore}}
	if a.Subject != nil {
		for _, s := range a.Subject.Confirmations {
			out = append(out, bound{"SubjectConfirmationData/@NotBefore", s.NotBefore})
		}
	}
	return readable(out)
}

func readable(bs []bound) []bound {
	var out []bound
	for _, b := range bs {
		if !b.Time.IsZero() {
			out = append(out, b)
		}
	}
	return out
}

// judgedAt is the exhibit of the instant by which a time rule judged.
func judgedAt(c evidence.Case) rule.Exhibit {
	what := map[evidence.AsOfSource]string{
		evidence.AsOfFlag: "redeemed, as --as-of says", evidence.AsOfCapture: "redeemed, as the capture tells", evidence.AsOfNow: "now",
	}[c.AsOf.Source]
	if what == "" {
		what = "redeemed"
	}
	return rule.Exhibit{What: what, Saw: stamp(c.AsOf.At)}
}
