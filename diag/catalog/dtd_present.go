package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A document type declaration has no business in a SAML message.
var dtdPresent = &rule.Rule{
	ID: "dtd-present", Title: "The response carries a document type declaration",
	Hop: evidence.HopCapture, Severity: rule.Warning,
	Needs: evidence.NeedResponse,
	Why: `No IdP puts a DOCTYPE into a SAML response. Entities declared there can read files or blow a parser up, and can make two programs read two different documents from the same bytes, so service providers refuse them or should.

Nothing of it was processed here: no entity was resolved, and a value written by one shows as it stands in the text.`,
	Inferred: "What AWS does with such a response is not documented.",
	Refs:     []string{"https://cheatsheetseries.owasp.org/cheatsheets/SAML_Security_Cheat_Sheet.html"},
	Check:    checkDTDPresent,
	Fix:      fixDTDPresent,
}

func checkDTDPresent(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || !r.Doctype.Known() {
		return nil
	}
	saw := "<!DOCTYPE"
	if d := r.Doctype; d.Start >= 0 && d.End > d.Start && d.End <= len(r.XML) {
		saw = string(r.XML[d.Start:min(d.End, d.Start+400)])
	}
	return one(rule.Finding{
		Summary:  "The response begins with a document type declaration, which no IdP sends; its entities were not resolved",
		At:       r.Doctype,
		Evidence: []rule.Exhibit{{What: "document type declaration", At: r.Doctype, Saw: saw, Want: "none"}},
	})
}

func fixDTDPresent(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Find out who put it there",
		Who:   rule.Caller,
		Steps: []string{
			"Compare with a response of the same IdP for another user, and with the one in the IdP's log.",
			"If only this one has it, treat it as an attack on a service provider: keep the file and tell whoever looks after security.",
		},
	}}
}
