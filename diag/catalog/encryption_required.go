package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The provider takes encrypted assertions only.
var encryptionRequired = &rule.Rule{
	ID: "encryption-required", Title: "IAM requires encryption, the assertion is plain",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgInvalid},
	Needs:    evidence.NeedResponse | evidence.NeedProvider,
	Why:      "A provider whose assertion encryption mode is Required takes nothing that is not encrypted to one of its keys.",
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageProviders, pageAssertions},
	Check: func(c evidence.Case) []rule.Finding {
		r, p := c.Response.Value, c.Live.Provider.Value
		if p.EncryptionMode != "Required" || len(r.Encrypted) > 0 || len(r.Assertions) == 0 || r.Assertions[0].WasEncrypted || toCenter(c) || elsewhere(c) {
			return nil
		}
		return one(rule.Finding{
			At:       r.Assertions[0].At,
			Summary:  "The provider's encryption mode is Required, and the assertion is not encrypted",
			Evidence: []rule.Exhibit{{What: "AssertionEncryptionMode", At: evidence.Spot{In: evidence.InMetadata}, Saw: p.EncryptionMode, Want: "an EncryptedAssertion"}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{
			{
				Title: "Let the IdP encrypt the assertion", Who: rule.IdPAdmin, Setting: idp.Encryption,
				Steps: []string{"Give the IdP the certificate of a private key that the provider holds"},
			},
			{
				Title: "Allow plain assertions meanwhile", Who: rule.AWSAdmin,
				Commands:    []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", providerARN(c), "--assertion-encryption-mode", "Allowed")},
				Undo:        []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", providerARN(c), "--assertion-encryption-mode", "Required")},
				Consequence: "assertions may then pass the browser unencrypted",
			},
		}
	},
}
