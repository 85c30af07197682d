package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// The response is signed, the assertion in it is not by itself.
var signatureResponseOnly = &rule.Rule{
	ID: "signature-response-only", Title: "Only the response is signed, not the assertion",
	Hop: evidence.HopProvider, Severity: rule.Info,
	Needs: evidence.NeedResponse,
	Uses:  evidence.NeedProvider,
	Why: "The signature over the response covers the assertion in it. AWS's service provider metadata says that it wants assertions " +
		"signed, and most IdPs sign those.",
	Inferred: "Whether AWS takes a response of which only the whole is signed is not documented.",
	Refs:     []string{pageAssertions},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		s, have := decisive(c, j)
		if !ok || !have || j.Signed != "response" || j.State == xmldsig.Missing || len(c.Response.Value.Assertions) == 0 {
			return nil
		}
		return one(rule.Finding{At: s.At, Summary: "The response is signed as a whole; the assertion has no signature of its own",
			Evidence: []rule.Exhibit{{What: "signed", At: s.At, Saw: "the response", Want: "the assertion, or both"}}})
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{Title: "Let the IdP sign the assertion as well", Who: rule.IdPAdmin, Setting: idp.SignatureOptions,
			Steps: []string{"Have the assertion signed, alone or beside the response"}}}
	},
}
