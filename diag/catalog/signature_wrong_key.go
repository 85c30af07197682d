package catalog

import (
	"fmt"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// No certificate that is known made this signature.
var signatureWrongKey = &rule.Rule{
	ID: "signature-wrong-key", Title: "No known certificate verifies the signature",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgSignature, msgInvalid}, Predicts: msgSignature,
	Needs: evidence.NeedResponse | evidence.NeedProvider,
	Uses:  evidence.NeedIdPMetadata,
	Lacks: closedAssertion,
	Why: "The signature was made by a key whose certificate is neither in IAM's metadata nor in the response: another key of the IdP, " +
		"another IdP, or a SignedInfo that was changed.",
	Refs: []string{pageTroubleshoot, pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		s, have := decisive(c, j)
		if !ok || !have || j.State != xmldsig.Invalid || j.OtherKey != nil || j.Wrapped || j.Altered || s.Problem != "" {
			return nil
		}
		held := admission.Keys(c)
		f := rule.Finding{
			At: s.At, Inferred: c.Live.Provider.Inferred,
			Summary: fmt.Sprintf("The signature over the %s is by none of the certificates that IAM holds (%d), nor by one that it carries", s.Over, len(held)),
			Evidence: []rule.Exhibit{
				{What: "carried in the signature", At: s.At, Saw: certificatesText(s.Certificates)},
				{What: "IAM holds", At: evidence.Spot{In: evidence.InMetadata}, Saw: certificatesText(held)},
			},
		}
		if m, ok := c.Live.IdPMetadata.Get(); ok {
			if i, ok := xmldsig.VerifiedBy(s, m.Signing()); ok {
				f.Summary = fmt.Sprintf("The signature was made with %s of the IdP's current metadata, which IAM does not hold", fingerprint(m.Signing()[i].SHA256))
			}
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		f := updateMetadata(c, "Upload the metadata of the IdP that signs")
		f.Steps = []string{
			"Find out which certificate the IdP signs with, and compare its fingerprint with the ones above",
			"Save the IdP's current metadata as metadata.xml",
		}
		return []rule.Fix{f}
	},
}
