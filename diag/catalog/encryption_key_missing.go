package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The assertion is encrypted and IAM has no key to open it.
var encryptionKeyMissing = &rule.Rule{
	ID: "encryption-key-missing", Title: "IAM holds no key to decrypt the assertion",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgInvalid, msgKeyRequired},
	Needs:    evidence.NeedResponse | evidence.NeedProvider,
	Why:      "IAM opens an encrypted assertion with one of up to two private keys that were uploaded to the provider. It holds none.",
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		r, p := c.Response.Value, c.Live.Provider.Value
		encrypted := len(r.Encrypted) > 0 || r.Decrypted > 0
		if !encrypted || !p.Full || p.EncryptionMode == "" || len(p.PrivateKeys) > 0 || toCenter(c) || elsewhere(c) {
			return nil
		}
		at := r.At
		if len(r.Encrypted) > 0 {
			at = r.Encrypted[0].At
		}
		return one(rule.Finding{
			At:       at,
			Summary:  "The assertion is encrypted, and the provider in IAM holds no private key",
			Evidence: []rule.Exhibit{{What: "PrivateKeyList", At: evidence.Spot{In: evidence.InMetadata}, Saw: "empty", Want: "the key of the certificate that the IdP encrypts to"}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{
			{
				Title: "Upload the private key", Who: rule.AWSAdmin,
				Commands:    []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", providerARN(c), "--add-private-key", "file://private-key.pem")},
				Undo:        []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", providerARN(c), "--remove-private-key", "<key-id>")},
				Consequence: "a provider holds two private keys at most",
			},
			{
				Title: "Stop encrypting at the IdP meanwhile", Who: rule.IdPAdmin, Setting: idp.Encryption,
				Steps:       []string{"Turn the encryption of assertions off for this application"},
				Consequence: "assertions pass the browser unencrypted",
			},
		}
	},
}
