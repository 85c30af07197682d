package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Without an Issuer no provider can be matched.
var issuerMissing = &rule.Rule{
	ID: "issuer-missing", Title: "The assertion names no issuer",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgIssuer, msgInvalid}, Predicts: msgIssuer,
	Needs: evidence.NeedAssertion,
	Why: "SAML requires an Issuer in every assertion, and STS looks for it among the entity IDs of the provider's metadata. Without " +
		"one there is nothing to look for.",
	Inferred: "Which text AWS shows for an assertion without any Issuer is not documented.",
	Refs:     []string{pageTroubleshoot, pageSAMLCore},
	Eclipses: []string{"issuer-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		_, a, ok := federated(c)
		if !ok || trim(a.Issuer.Value) != "" {
			return nil
		}
		at := a.Issuer.At
		if !at.Known() {
			at = a.At
		}
		f := rule.Finding{At: at, Summary: "The assertion has no Issuer", Evidence: []rule.Exhibit{{What: "Issuer", At: at, Saw: a.Issuer.Value, Want: wantIssuer(c)}}}
		if a.Issuer.Present {
			f.Summary = "The assertion's Issuer is empty"
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Send the Issuer", Who: rule.IdPAdmin,
			Steps: []string{"Configure the IdP's entity ID (issuer) for this application; it has to equal the entityID of its metadata" + behind(": ", wantIssuer(c))},
		}}
	},
}

// wantIssuer is the entity ID that IAM's metadata has, where there is one.
func wantIssuer(c evidence.Case) string {
	if p, ok := c.Live.Provider.Get(); ok && len(p.Metadata.Entities) > 0 {
		return p.Metadata.Entities[0].ID.Value
	}
	return ""
}
