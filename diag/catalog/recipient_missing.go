package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The confirmation does not say for whom it is.
var recipientMissing = &rule.Rule{
	ID: "recipient-missing", Title: "The assertion names no Recipient",
	Hop: evidence.HopPost, Severity: rule.Error,
	Explains: []string{msgConfirmation, msgInvalid}, Predicts: msgConfirmation,
	Needs:    evidence.NeedAssertion,
	Why:      `AWS asks for one SubjectConfirmation whose SubjectConfirmationData has a Recipient and a NotOnOrAfter. The Recipient is the address that the assertion was made for; it is also what a trust policy compares as SAML:aud. Without it STS refuses before any policy is read.`,
	Inferred: "The text is known from public reports of STS, not from AWS's pages; that AWS sign-in's general page can stand in its place is inferred.",
	Refs:     []string{pageAssertions, pageSAMLProfiles},
	Check:    checkRecipientMissing,
	Fix:      fixACS,
}

func checkRecipientMissing(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok || a.Subject == nil {
		return nil
	}
	if t, ok := recipient(a); ok && trim(t.Value) != "" {
		return nil
	}
	f := rule.Finding{At: a.Subject.At, Summary: "The subject has no SubjectConfirmation, so nothing says for whom the assertion is"}
	saw := "no SubjectConfirmation"
	if cs := a.Subject.Confirmations; len(cs) > 0 {
		f.At = cs[0].At
		f.Summary, saw = "The SubjectConfirmation has no SubjectConfirmationData and so no Recipient", "no SubjectConfirmationData"
		if cs[0].HasData {
			f.Summary, saw = "SubjectConfirmationData has no Recipient", "no Recipient"
		}
		if cs[0].Recipient.Present {
			f.Summary, saw = "The Recipient in SubjectConfirmationData is empty", cs[0].Recipient.Value
		}
	}
	f.Evidence = []rule.Exhibit{{What: "SubjectConfirmationData/@Recipient", At: f.At, Saw: saw, Want: ownACS(c)}}
	return one(f)
}
