package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// bearer is the confirmation method that the browser profile demands.
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

// A confirmation that is not the one AWS asks for.
var subjectConfirmationInvalid = &rule.Rule{
	ID: "subject-confirmation-invalid", Title: "The SubjectConfirmation is not as AWS asks",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgConfirmation}, Predicts: msgConfirmation,
	Needs:    evidence.NeedAssertion,
	Why:      `AWS wants exactly one SubjectConfirmation, of the method bearer, whose SubjectConfirmationData has both a Recipient and a NotOnOrAfter. Holder-of-key and sender-vouches are for other protocols; a second confirmation is left over from one of them; and without NotOnOrAfter the assertion could be redeemed forever.`,
	Inferred: "The text is known from public reports, for a missing Recipient or NotOnOrAfter; that the other faults bring it too is inferred.",
	Refs:     []string{pageAssertions, pageSAMLProfiles},
	Check:    checkSubjectConfirmationInvalid,
	Fix:      fixSubjectConfirmation,
}

func checkSubjectConfirmationInvalid(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok || a.Subject == nil || len(a.Subject.Confirmations) == 0 {
		return nil
	}
	cs := a.Subject.Confirmations
	if len(cs) > 1 {
		f := rule.Finding{At: cs[1].At, Summary: fmt.Sprintf("The Subject has %d SubjectConfirmations; AWS takes one", len(cs))}
		for i, s := range cs {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: fmt.Sprintf("SubjectConfirmation %d", i+1), At: s.At, Saw: s.Method.Value + " " + s.Recipient.Value, Want: "one of method bearer"})
		}
		return one(f)
	}
	s := cs[0]
	switch {
	case trim(s.Method.Value) != bearer:
		f := rule.Finding{At: s.Method.At, Summary: "The SubjectConfirmation's method is " + quote(s.Method.Value) + ", not bearer",
			Evidence: []rule.Exhibit{shown("SubjectConfirmation/@Method", s.Method, bearer)}}
		if !f.At.Known() {
			f.At = s.At
		}
		return one(f)
	case s.HasData && trim(s.NotOnOrAfter.Value) == "":
		return one(rule.Finding{At: s.At, Summary: "SubjectConfirmationData has no NotOnOrAfter",
			Evidence: []rule.Exhibit{{What: "SubjectConfirmationData/@NotOnOrAfter", At: s.At, Saw: "none", Want: "a time"}}})
	}
	return nil
}

func fixSubjectConfirmation(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Let the IdP use the browser POST profile of SAML 2.0",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps: []string{
			"Make the application one for browser sign-in (SAML 2.0, HTTP-POST): products then write one bearer confirmation with Recipient and NotOnOrAfter by themselves.",
			"Take out templates or scripts that add a confirmation of their own.",
		},
	}}
}
