package catalog

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The response's Destination is another address.
var destinationMismatch = &rule.Rule{
	ID: "destination-mismatch", Title: "The Destination is not where it was posted",
	Hop: evidence.HopPost, Severity: rule.Warning,
	Needs:    evidence.NeedResponse | evidence.NeedPosted,
	Why:      `Destination on the Response element says where the response is to be delivered, and SAML asks the receiver of a signed response to check it. It differs from where this one was posted: two settings at the IdP do not agree.`,
	Inferred: "That AWS reads Destination is not documented; what it does compare is the Recipient inside the assertion.",
	Refs:     []string{pageSAMLBindings, pageAssertions},
	Check:    checkDestinationMismatch,
	Fix:      fixACS,
}

func checkDestinationMismatch(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	p := c.Capture.Value.Posted
	if !ok || p == nil || elsewhere(c) || trim(r.Destination.Value) == "" || sameACS(p.URL, r.Destination.Value) {
		return nil
	}
	url, _, _ := strings.Cut(p.URL, "?")
	return one(rule.Finding{
		Summary:  "The response's Destination is " + quote(r.Destination.Value) + ", but it was posted to " + quote(url),
		At:       r.Destination.At,
		Evidence: []rule.Exhibit{shown("Response/@Destination", r.Destination, url), {What: "posted to", At: p.At, Saw: url}},
		Also:     []evidence.Spot{p.At},
	})
}
