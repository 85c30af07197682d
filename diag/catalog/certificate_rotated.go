package catalog

import (
	"fmt"
	"slices"
	"time"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// The IdP rolled its signing certificate, and IAM still has the old metadata.
var certificateRotated = &rule.Rule{
	ID: "certificate-rotated", Title: "IAM does not hold the signing certificate",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgSignature, msgInvalid}, Predicts: msgSignature,
	Needs: evidence.NeedResponse | evidence.NeedProvider,
	Uses:  evidence.NeedIdPMetadata,
	Lacks: closedAssertion,
	Why: "STS checks the signature only against the certificates in the provider's metadata. Here the signature is sound, and it was made " +
		"with the key of the certificate that the response itself carries, which is not among them. That is what a rotation at the " +
		"IdP looks like while IAM has not been told. It is also what a stranger's response looks like: only the IdP's own " +
		"fingerprint tells the two apart.",
	Refs:     []string{pageTroubleshoot, pageProviders},
	Eclipses: []string{"signature-wrong-key"},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		if !ok || j.State != xmldsig.Invalid || j.OtherKey == nil || j.Wrapped {
			return nil
		}
		held := admission.Keys(c)
		f := rule.Finding{
			At: j.OtherKey.At, Inferred: c.Live.Provider.Inferred,
			Summary: fmt.Sprintf("The response is signed with %s, which IAM does not hold", fingerprint(j.OtherKey.SHA256)) + since(j.OtherKey) + notYours(c, *j.OtherKey),
			Evidence: []rule.Exhibit{
				{What: "signed with", At: j.OtherKey.At, Saw: validity(*j.OtherKey)},
				{What: "IAM holds", At: evidence.Spot{In: evidence.InMetadata}, Saw: certificatesText(held)},
			},
		}
		for _, x := range held {
			f.Also = append(f.Also, x.At)
			f.Evidence[1].At = x.At
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		j, _ := judgedSignature(c)
		upload := updateMetadata(c, "Upload the IdP's new metadata to IAM")
		if j.OtherKey == nil {
			return []rule.Fix{upload}
		}
		upload.Steps[0] = "Compare this fingerprint with the one that the IdP's own console shows for this application, before trusting it: SHA-256 " + j.OtherKey.SHA256
		if m, ok := c.Live.IdPMetadata.Get(); ok && !holds(m.Signing(), *j.OtherKey) {
			return []rule.Fix{{
				Title: "Find out whose certificate it is", Who: rule.IdPAdmin, Setting: idp.SigningCertificate,
				Steps: []string{
					upload.Steps[0],
					"If the IdP shows it, fetch its metadata anew: the copy given is older than the rotation",
					"If it does not, treat the response as forged: keep the capture and tell your security team",
				},
			}, upload}
		}
		return []rule.Fix{upload}
	},
}

// since says from when the new certificate is valid.
func since(x *evidence.Certificate) string {
	if x.X509 == nil {
		return ""
	}
	return " (valid since " + x.X509.NotBefore.UTC().Format(time.DateOnly) + ")"
}

// notYours adds the other reading, until the IdP's own metadata shows that
// the certificate is its.
func notYours(c evidence.Case, x evidence.Certificate) string {
	if m, ok := c.Live.IdPMetadata.Get(); ok {
		if holds(m.Signing(), x) {
			return "; the IdP's own metadata has it"
		}
		return "; the IdP metadata given does not have it either: it may not be your IdP's"
	}
	return "; or it is not your IdP"
}

// holds reports whether a certificate is among some.
func holds(cs []evidence.Certificate, x evidence.Certificate) bool {
	return slices.ContainsFunc(cs, x.Same)
}
