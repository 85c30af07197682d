package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// The signature is there and is none that can hold.
var signatureMalformed = &rule.Rule{
	ID: "signature-malformed", Title: "The signature is malformed",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgSignature, msgInvalid}, Predicts: msgSignature,
	Needs: evidence.NeedResponse,
	Lacks: closedAssertion,
	Why: "A signature needs a SignedInfo with a reference that leads to an element of the document, a digest and a value. One that lacks " +
		"a part, refers to nothing, or uses a shared secret (HMAC) where a certificate is expected, proves nothing.",
	Refs: []string{pageTroubleshoot, "https://www.w3.org/TR/xmldsig-core1/"},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		if !ok || j.Wrapped || j.State == xmldsig.Valid {
			return nil
		}
		for i, s := range c.Response.Value.Signatures {
			if s.Problem == "" || s.Unsupported || j.Decisive >= 0 && j.Decisive != i {
				continue
			}
			return one(rule.Finding{
				At:       s.At,
				Summary:  "The signature over the " + s.Over + " cannot hold: " + s.Problem,
				Evidence: []rule.Exhibit{{What: "SignatureMethod", At: s.At, Saw: s.Method}, {What: "problem", At: s.At, Saw: s.Problem}},
			})
		}
		return nil
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Let the IdP sign with its certificate", Who: rule.IdPAdmin, Setting: idp.SignatureOptions,
			Steps: []string{"Choose RSA-SHA256 with exclusive canonicalization", "If the IdP's own test shows a sound signature, something in between rewrites the response"},
		}}
	},
}
