package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The assertion is closed and no key was given.
var assertionEncrypted = &rule.Rule{
	ID: "assertion-encrypted", Title: "The assertion is encrypted",
	Hop: evidence.HopIdP, Severity: rule.Info,
	Needs: evidence.NeedResponse,
	Why: `The IdP encrypted the assertion to a certificate of AWS, and only the private key opens it. Role, session name, subject and times stand inside: what AWS makes of them cannot be judged from outside. Where the IAM provider decrypts with a key of your own, that key opens it here too (--key).

Nothing is wrong with that. IAM reads encrypted assertions where the provider holds the key.`,
	Refs:  []string{pageProviders, pageAssertions},
	Check: checkAssertionEncrypted,
	Fix:   fixAssertionEncrypted,
}

func checkAssertionEncrypted(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || toCenter(c) {
		return nil
	}
	for _, e := range r.Encrypted {
		if e.KeyWasGiven {
			continue
		}
		f := rule.Finding{
			Summary: "The assertion is encrypted; without its private key role, session name and times cannot be judged",
			At:      e.At,
			Evidence: []rule.Exhibit{
				{What: "encrypted with", At: e.At, Saw: e.DataMethod},
				{What: "key transported with", At: e.At, Saw: e.KeyMethod},
			},
		}
		if e.KeyHint != "" {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "encrypted to", At: e.At, Saw: e.KeyHint})
		}
		return one(f)
	}
	return nil
}

func fixAssertionEncrypted(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Open the capture again with the private key",
		Who:   rule.Caller,
		Steps: []string{
			"The key is the one that was uploaded to the IAM provider for decryption; AWS never gives it back, so ask whoever made it.",
			"Give it with --key FILE. It is read, used and not kept.",
			"Without the key, the IdP's preview of the assertion or its log shows the values.",
		},
	}}
}
