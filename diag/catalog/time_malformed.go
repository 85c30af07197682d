package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// A time that is no xs:dateTime.
var timeMalformed = &rule.Rule{
	ID: "time-malformed", Title: "A time in the response cannot be read",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Needs:    evidence.NeedResponse,
	Why:      `SAML writes times as xs:dateTime in UTC: 2026-01-31T09:00:00Z, with or without fractions of a second. A time in a local format, without a zone, or of a day that does not exist makes the response invalid against SAML's schema, and the limit that it should set cannot be judged.`,
	Inferred: "How AWS answers a time that it cannot read is not documented.",
	Refs:     []string{pageSAMLCore},
	Check:    checkTimeMalformed,
	Fix:      fixTimeMalformed,
}

func checkTimeMalformed(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok {
		return nil
	}
	times := []bound{{"Response/@IssueInstant", r.IssueInstant}}
	for _, a := range r.Assertions {
		times = append(times, bound{"Assertion/@IssueInstant", a.IssueInstant}, bound{"Conditions/@NotBefore", a.NotBefore}, bound{"Conditions/@NotOnOrAfter", a.NotOnOrAfter})
		if a.Subject != nil {
			for _, s := range a.Subject.Confirmations {
				times = append(times, bound{"SubjectConfirmationData/@NotBefore", s.NotBefore}, bound{"SubjectConfirmationData/@NotOnOrAfter", s.NotOnOrAfter})
			}
		}
		for _, s := range a.Authn {
			times = append(times, bound{"AuthnStatement/@AuthnInstant", s.AuthnInstant}, bound{"AuthnStatement/@SessionNotOnOrAfter", s.SessionNotOnOrAfter})
		}
	}
	var f rule.Finding
	var names []string
	for _, t := range times {
		if !t.Bad {
			continue
		}
		if len(names) == 0 {
			f.At = t.At
		}
		names = append(names, t.name+" "+quote(t.Value))
		f.Evidence = append(f.Evidence, shown(t.name, t.Text, "a time such as 2026-01-31T09:00:00Z"))
	}
	if len(names) == 0 {
		return nil
	}
	f.Summary = "Not a time that SAML knows: " + list(names)
	return one(f)
}

func fixTimeMalformed(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Let the IdP write times in UTC",
		Who:     rule.IdPAdmin,
		Setting: idp.Clock,
		Steps:   []string{"Products write these times themselves: a template, script or proxy that builds or changes the assertion is where to look."},
	}}
}
