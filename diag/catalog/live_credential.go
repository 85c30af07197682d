package catalog

import (
	"fmt"
	"math"
	"strings"
	"time"

	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The file can still be used to sign in.
var liveCredential = &rule.Rule{
	ID: "live-credential", Title: "This response can still be redeemed",
	Hop: evidence.HopCapture, Severity: rule.Warning,
	Needs: evidence.NeedResponse,
	Why:   `A SAML response is a credential: whoever posts it within its time is signed in as its subject. By its own stamps this one is still inside the five minutes in which STS redeems an assertion, and inside its own limits.`,
	Inferred: "Which stamp the five minutes count from is not published; the assertion's IssueInstant is used, else the response's. " +
		"Whether AWS takes an assertion a second time is not documented either.",
	Refs:  []string{pageAssertions, "https://cheatsheetseries.owasp.org/cheatsheets/SAML_Security_Cheat_Sheet.html"},
	Check: checkLiveCredential,
	Fix:   fixLiveCredential,
}

func checkLiveCredential(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || c.Now.IsZero() {
		return nil
	}
	a, _ := r.First()
	from, by := issued(c, a)
	if from.Time.IsZero() || len(r.Assertions)+len(r.Encrypted) == 0 {
		return nil
	}
	end, what := from.Time.Add(redeem), "five minutes after "+by
	for _, b := range ends(a) {
		if b.Time.Before(end) {
			end, what = b.Time, b.name
		}
	}
	left := end.Sub(c.Now)
	if left <= 0 || withheld(r) {
		return nil
	}
	long := span(left)
	if left <= 2*time.Hour {
		long = count(int(math.Ceil(left.Minutes())), "minute", "minutes")
	}
	return one(rule.Finding{
		Summary: fmt.Sprintf("This response can still be redeemed for %s: it is as good as a password until %s",
			long, stamp(end)),
		At: from.At,
		Evidence: []rule.Exhibit{
			{What: by, At: from.At, Saw: from.Value},
			{What: "redeemable until (" + what + ")", At: from.At, Saw: stamp(end)},
			{What: "now", Saw: stamp(c.Now)},
		},
	})
}

func fixLiveCredential(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Keep the file to yourself until then",
		Who:   rule.Caller,
		Steps: []string{
			"Do not attach it to a ticket or paste it into a decoder on the web.",
			"Share the copy that samlens redact makes.",
		},
	}}
}

// withheld reports whether samlens redact took the signatures out of the
// response: then nobody can redeem it. A saved case lacks them too, but speaks
// of the response that it was made of.
func withheld(r evidence.Response) bool {
	for _, s := range r.Signatures {
		if strings.Contains(s.Method, capture.Marker) {
			return true
		}
	}
	return false
}
