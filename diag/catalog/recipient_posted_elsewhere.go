package catalog

import (
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Posted to one AWS address, made out to another.
var recipientPostedElsewhere = &rule.Rule{
	ID: "recipient-posted-elsewhere", Title: "The Recipient is not where it was posted",
	Hop: evidence.HopPost, Severity: rule.Error,
	Explains: []string{msgDenied, msgInvalid, msgBareDenied, msgUnknownError, msgCenterACS},
	Needs:    evidence.NeedAssertion | evidence.NeedPosted,
	Why: `An assertion is good for the address in its Recipient, and AWS asks that this is the sign-in endpoint. Here the form went to another one: the ACS URL and the Recipient are two settings at the IdP, and only one of them was changed, for example when moving from the global endpoint to a regional one or to the provider's own /acs/ address.

Forms that stand for the same endpoint count as one: the global host and us-east-1, GovCloud's host without a Region and us-gov-west-1, /saml and the older /static/saml, and an address with or without the query that AWS adds.`,
	Inferred: "That AWS compares the two is taken from “Recipient must match the AWS sign-in endpoint”; the text it shows is inferred.",
	Refs:     []string{pageAssertions, pageEndpoints},
	Eclipses: []string{"destination-mismatch"},
	Check:    checkRecipientPostedElsewhere,
	Fix:      fixACS,
}

func checkRecipientPostedElsewhere(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	t, ok := recipient(a)
	p := c.Capture.Value.Posted
	if !ok || p == nil || !endpoint.ParseACS(p.URL).OK() || !endpoint.ParseACS(t.Value).OK() || sameACS(p.URL, t.Value) {
		return nil // what is no AWS address at all, other rules speak of
	}
	url, _, _ := strings.Cut(p.URL, "?")
	return one(rule.Finding{
		Summary:  "The assertion is made out to " + quote(t.Value) + " and was posted to " + quote(url),
		At:       t.At,
		Evidence: []rule.Exhibit{shown("SubjectConfirmationData/@Recipient", t, url), {What: "posted to", At: p.At, Saw: url, Want: t.Value}},
		Also:     []evidence.Spot{p.At},
	})
}

// sameACS reports whether two addresses are one assertion consumer service of
// AWS, whatever form each is written in.
func sameACS(x, y string) bool {
	if endpoint.Same(x, y) {
		return true
	}
	a, b := endpoint.ParseACS(x), endpoint.ParseACS(y)
	return a.OK() && b.OK() && a.Kind == b.Kind && a.Partition == b.Partition && a.ProviderID == b.ProviderID &&
		servedFrom(a) == servedFrom(b) && (a.Instance == b.Instance || a.Instance == "" || b.Instance == "")
}

// servedFrom is the Region of a sign-in endpoint, with the hosts that name
// none resolved as far as that is documented.
func servedFrom(a endpoint.ACS) string {
	switch {
	case a.Region != "":
		return a.Region
	case a.Partition == endpoint.GovCloud:
		return "us-gov-west-1"
	case a.Partition == endpoint.AWS:
		return "us-east-1"
	}
	return ""
}
