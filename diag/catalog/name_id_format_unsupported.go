package catalog

import (
	"slices"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The formats that IAM's document lists.
var nameIDFormats = []string{
	"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
}

// A NameID format that is not on IAM's list.
var nameIDFormatUnsupported = &rule.Rule{
	ID: "name-id-format-unsupported", Title: "The NameID format is not one that IAM lists",
	Hop: evidence.HopSTS, Severity: rule.Warning,
	Needs: evidence.NeedAssertion,
	Why: `IAM lists eight NameID formats that it supports: of SAML 2.0 persistent, transient, kerberos and entity, of SAML 1.1 emailAddress, unspecified, X509SubjectName and WindowsDomainQualifiedName. This one is another. A frequent slip is emailAddress or unspecified with the number 2.0 in its name: those two are of SAML 1.1.

It need not be emailAddress: only IAM Identity Center asks for that.`,
	Inferred: "What AWS does with another format is not documented, hence the warning.",
	Refs:     []string{pageAssertions},
	Check:    checkNameIDFormat,
	Fix:      fixNameID,
}

func checkNameIDFormat(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok || a.Subject == nil || !a.Subject.Format.Present || strip(a.Subject.Format.Value) == "" {
		return nil
	}
	t := a.Subject.Format
	value := asJudged(c, t.Value)
	if slices.Contains(nameIDFormats, value) {
		return nil
	}
	want := "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	for _, f := range nameIDFormats {
		if short(f) == short(value) {
			want = f
		}
	}
	return one(rule.Finding{
		At: t.At, Summary: "The NameID has the format " + quote(value) + ", which IAM does not list",
		Evidence: []rule.Exhibit{shown("NameID/@Format", t, want)},
	})
}
