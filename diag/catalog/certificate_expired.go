package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The certificate behind the signature had ended.
var certificateExpired = &rule.Rule{
	ID: "certificate-expired", Title: "The signing certificate had expired",
	Hop: evidence.HopProvider, Severity: rule.Warning,
	Explains: []string{msgSignature},
	Needs:    evidence.NeedResponse,
	Uses:     evidence.NeedProvider | evidence.NeedTime,
	Lacks:    closedAssertion,
	Why: "The certificate that the response is signed with was past its end when it was used. The ValidUntil that IAM shows for a " +
		"provider is the provider's own and says nothing of this.",
	Inferred: "Whether IAM refuses a signature because its certificate has expired is not documented: this is a warning and never taken for the cause.",
	Refs:     []string{pageProviders, "https://www.rfc-editor.org/rfc/rfc5280"},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		at := certificatesAt(c)
		if !ok || at.IsZero() {
			return nil
		}
		for _, x := range signers(c, j) {
			if x.X509 == nil || !at.After(x.X509.NotAfter) {
				continue
			}
			return one(rule.Finding{
				At:       x.At,
				Summary:  fmt.Sprintf("The signing certificate %s ended %s, %s before this sign-in", fingerprint(x.SHA256), stamp(x.X509.NotAfter), span(at.Sub(x.X509.NotAfter))),
				Evidence: []rule.Exhibit{{What: "valid to", At: x.At, Saw: stamp(x.X509.NotAfter), Want: "after " + stamp(at)}},
			})
		}
		return nil
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return rotation(c) },
}

// rotation is how to change the signing certificate without an outage.
func rotation(c evidence.Case) []rule.Fix {
	f := updateMetadata(c, "Rotate the signing certificate")
	f.Who, f.Setting = rule.IdPAdmin, idp.SigningCertificate
	f.Steps = []string{
		"Create the new certificate at the IdP and do not sign with it yet",
		"Save metadata that holds both certificates as metadata.xml and upload it to IAM by the commands below",
		"Then let the IdP sign with the new one, sign in once, and take the old one out later",
	}
	return []rule.Fix{f}
}
