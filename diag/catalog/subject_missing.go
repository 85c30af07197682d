package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// No subject, or one without a name.
var subjectMissing = &rule.Rule{
	ID: "subject-missing", Title: "The assertion has no NameID",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgDenied, msgConfirmation, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion,
	Why:   `AWS asks for a Subject with a NameID. Its value becomes saml:sub for policies, whatever the session name is. Without one STS answers that the sign-in is not authorized to perform sts:AssumeRoleWithSAML, the same words as for a trust policy that does not fit: looking at the policy then leads nowhere.`,
	Refs:  []string{pageTroubleshoot, pageAssertions},
	Check: checkSubjectMissing,
	Fix:   fixNameID,
}

func checkSubjectMissing(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	s := a.Subject
	switch {
	case s == nil:
		return one(rule.Finding{At: a.At, Summary: "The assertion has no Subject, and so no NameID",
			Evidence: []rule.Exhibit{{What: "Subject", At: a.At, Saw: "none", Want: "a Subject with a NameID"}}})
	case s.EncryptedID || strip(s.NameID.Value) != "":
		return nil
	case !s.NameID.Present:
		return one(rule.Finding{At: s.At, Summary: "The Subject has no NameID",
			Evidence: []rule.Exhibit{{What: "NameID", At: s.At, Saw: "none", Want: "a NameID"}}})
	}
	return one(rule.Finding{At: s.NameID.At, Summary: "The NameID is empty",
		Evidence: []rule.Exhibit{shown("NameID", s.NameID, "a NameID with a value")}})
}

// fixNameID tells to set the NameID at the IdP.
func fixNameID(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Let the IdP send a NameID",
		Who:     rule.IdPAdmin,
		Setting: idp.NameID,
		Steps: []string{
			"Map NameID from a field that every user has, with format persistent, emailAddress or unspecified.",
			"AWS does not use it as session name: RoleSessionName is an attribute of its own.",
		},
		Consequence: "Trust policies that compare SAML:sub, and audits by it, see the new value.",
	}}
}
