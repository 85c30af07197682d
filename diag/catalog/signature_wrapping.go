package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// What is signed is not what is read: an attack, or a broken proxy.
var signatureWrapping = &rule.Rule{
	ID: "signature-wrapping", Title: "What is signed is not what is read",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgSignature, msgInvalid}, Predicts: msgSignature,
	Needs: evidence.NeedResponse,
	Lacks: closedAssertion,
	Why: "A signature names the element it covers by its ID. A document can keep that element where the signature still holds and put " +
		"another one where it is read: signature wrapping. No identity provider produces this by itself; it is an attack or a " +
		"program in between that rewrites responses.",
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageSAMLCore, "https://www.w3.org/TR/xmldsig-bestpractices/"},
	Eclipses: append([]string{
		"signature-missing", "signature-malformed", "signature-altered", "signature-wrong-key", "certificate-rotated", "assertion-multiple", "duplicate-id",
	}, valueRules...),
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		if !ok || !j.Wrapped {
			return nil
		}
		a, _ := c.Response.Value.First()
		return one(rule.Finding{
			At: a.At, Also: []evidence.Spot{j.SignedAt},
			Summary: "What is signed is not what is read: " + j.How,
			Evidence: []rule.Exhibit{
				{What: "signed element", At: j.SignedAt, Saw: j.SignedAt.Path},
				{What: "element that is read", At: a.At, Saw: a.At.Path, Want: j.SignedAt.Path},
			},
		})
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Treat it as an attack until shown otherwise", Who: rule.Caller,
			Steps: []string{
				"Keep this capture, and tell your security team: whoever sent it holds a signed response of your IdP",
				"Look for a proxy or gateway between IdP and browser that rewrites responses",
				"Sign in again from a clean browser and compare: samlens diff GOOD BAD",
			},
		}}
	},
}
