package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The certificate behind the signature had not begun.
var certificateNotYetValid = &rule.Rule{
	ID: "certificate-not-yet-valid", Title: "The signing certificate was not yet valid",
	Hop: evidence.HopProvider, Severity: rule.Warning,
	Explains: []string{msgSignature},
	Needs:    evidence.NeedResponse,
	Uses:     evidence.NeedProvider | evidence.NeedTime,
	Lacks:    closedAssertion,
	Why:      "The response is signed with a certificate whose validity began only later: the IdP switched too early, or its clock is wrong.",
	Inferred: "Whether IAM refuses a signature because its certificate is not yet valid is not documented.",
	Refs:     []string{pageProviders, "https://www.rfc-editor.org/rfc/rfc5280"},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		at := certificatesAt(c)
		if !ok || at.IsZero() {
			return nil
		}
		for _, x := range signers(c, j) {
			if x.X509 == nil || !at.Before(x.X509.NotBefore) {
				continue
			}
			return one(rule.Finding{
				At:       x.At,
				Summary:  fmt.Sprintf("The signing certificate %s begins %s, %s after this sign-in", fingerprint(x.SHA256), stamp(x.X509.NotBefore), span(x.X509.NotBefore.Sub(at))),
				Evidence: []rule.Exhibit{{What: "valid from", At: x.At, Saw: stamp(x.X509.NotBefore), Want: "before " + stamp(at)}},
			})
		}
		return nil
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Sign with a certificate that is valid", Who: rule.IdPAdmin, Setting: idp.SigningCertificate,
			Steps: []string{"Go back to the previous certificate until the new one begins, or issue one that is valid now"},
		}}
	},
}
