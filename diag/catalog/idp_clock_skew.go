package catalog

import (
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The IdP's clock is measurably wrong.
var idpClockSkew = &rule.Rule{
	ID: "idp-clock-skew", Title: "The IdP's clock differs from AWS's",
	Hop: evidence.HopSTS, Severity: rule.Warning,
	Explains: []string{msgRedeem, msgCenterUs},
	Needs:    evidence.NeedCapture,
	Why: `Servers write the time into every HTTP answer. The Date of the IdP's answer and that of AWS's, each held against the browser's own clock, tell how far the two are apart, whatever the browser's clock shows. IssueInstant, NotBefore and NotOnOrAfter are written by the IdP's clock and judged by AWS's, which takes an assertion for five minutes.

A clock that is behind makes assertions old before they are sent, one that is ahead makes them not valid yet: for every user, until it is set right.`,
	Inferred: "That the host which answers and the one which stamps the assertion share a clock is inferred. Differences of up to a minute are not reported: AWS publishes no tolerance.",
	Refs:     []string{pageAssertions, "https://www.rfc-editor.org/rfc/rfc9110#field.date"},
	Check:    checkIDPClockSkew,
	Fix:      fixSkew,
}

func checkIDPClockSkew(c evidence.Case) []rule.Finding {
	d, say := skew(c)
	if say == "" || elsewhere(c) {
		return nil
	}
	k := c.Capture.Value.Clock
	f := rule.Finding{
		Summary:  "By the Date of their answers " + say,
		At:       evidence.Spot{In: evidence.InHAR},
		Evidence: []rule.Exhibit{{What: "the IdP's clock against AWS's", Saw: signed(d), Want: "0 s"}},
	}
	if p := c.Capture.Value.Posted; p != nil {
		f.At = p.At
	}
	for _, x := range []struct {
		what string
		at   time.Time
	}{{"Date of the IdP's answer", k.IdP}, {"the browser's clock then", k.IdPStarted}, {"Date of AWS's answer", k.AWS}, {"the browser's clock at the POST", k.Started}} {
		if !x.at.IsZero() {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: x.what, Saw: stamp(x.at)})
		}
	}
	return one(f)
}

// signed writes a duration with its sign.
func signed(d time.Duration) string {
	if d < 0 {
		return "-" + span(d)
	}
	return "+" + span(d)
}

func fixSkew(c evidence.Case, f rule.Finding) []rule.Fix {
	for _, x := range fixClock(c, f) {
		if x.Setting == idp.Clock {
			return []rule.Fix{x}
		}
	}
	return nil
}
