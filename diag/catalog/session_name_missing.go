package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// No RoleSessionName attribute.
var sessionNameMissing = &rule.Rule{
	ID: "session-name-missing", Title: "The assertion has no RoleSessionName attribute",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgNameRequired}, Predicts: msgNameRequired,
	Needs: evidence.NeedAssertion,
	Why:   `STS names the session after the attribute https://aws.amazon.com/SAML/Attributes/RoleSessionName and refuses a response without it. The NameID does not stand in for it. Amazon Connect finds its user by this name.`,
	Refs:  []string{pageTroubleshoot, pageAssertions},
	Check: checkSessionNameMissing,
	Fix:   fixSessionName,
}

func checkSessionNameMissing(c evidence.Case) []rule.Finding {
	cl, a, ok := federated(c)
	if !ok || len(cl.SessionName) > 0 {
		return nil
	}
	f := rule.Finding{
		At:       a.At,
		Summary:  "The assertion has no attribute " + quote(claims.RoleSessionName.Full()),
		Evidence: []rule.Exhibit{{What: "attributes", At: a.At, Saw: attributeNames(a), Want: claims.RoleSessionName.Full()}},
	}
	if len(a.Attributes) > 0 {
		f.At = a.Attributes[0].At
	} else {
		f.Evidence[0].Saw = "none"
	}
	if a.Subject != nil && a.Subject.NameID.Value != "" {
		f.Summary += "; its NameID " + quote(trim(a.Subject.NameID.Value)) + " does not stand in for it"
		f.Evidence = append(f.Evidence, shown("NameID", a.Subject.NameID, ""))
	}
	return one(f)
}
