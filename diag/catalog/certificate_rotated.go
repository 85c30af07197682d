package catalog

import (
	"fmt"
	"time"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
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
				{What: "signed with", At: j.OtherKey.At, Saw: validity(*j.OtherKey), Want: "one that IAM holds"},
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
		return []rule.Fix{updateMetadata(c, "Upload the IdP's new metadata to IAM")}
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
		for _, y := range m.Signing() {
			if y.Same(x) {
				return "; the IdP's own metadata has it"
			}
		}
		return "; the IdP's own metadata does not have it either: it is not your IdP's"
	}
	return "; or it is not your IdP"
}
