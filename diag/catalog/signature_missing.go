package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// Nothing covers the assertion.
var signatureMissing = &rule.Rule{
	ID: "signature-missing", Title: "Neither response nor assertion is signed",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgSignature, msgInvalid}, Predicts: msgSignature,
	Needs:    evidence.NeedResponse,
	Lacks:    closedAssertion,
	Why:      "STS accepts an assertion only where a signature covers it. AWS's own service provider metadata asks for signed assertions.",
	Inferred: "Which text AWS shows for a response without any signature is not documented.",
	Refs:     []string{pageTroubleshoot, pageAssertions},
	Check: func(c evidence.Case) []rule.Finding {
		r := c.Response.Value
		j, ok := judgedSignature(c)
		// A bare assertion may have been covered by the signature of the
		// response that it was taken from.
		if !ok || j.State != xmldsig.Missing || r.BareAssertion || len(r.Assertions) == 0 {
			return nil
		}
		a := r.Assertions[0]
		f := rule.Finding{At: a.At, Summary: "Neither the response nor the assertion carries a signature",
			Evidence: []rule.Exhibit{{What: "Signature", At: a.At, Saw: "none", Want: "one over the assertion"}}}
		if len(r.Signatures) > 0 {
			f.Summary = "No signature in the response covers the assertion"
			f.Also = []evidence.Spot{r.Signatures[0].At}
			f.Evidence[0].Saw = "one that covers something else"
		}
		return one(f)
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Let the IdP sign the assertion", Who: rule.IdPAdmin, Setting: idp.SignatureOptions,
			Steps: []string{"Have the assertion, or both response and assertion, signed with RSA-SHA256"},
		}}
	},
}
