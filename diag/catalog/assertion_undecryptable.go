package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A key was given, and it does not fit.
var assertionUndecryptable = &rule.Rule{
	ID: "assertion-undecryptable", Title: "The key given does not open the assertion",
	Hop: evidence.HopIdP, Severity: rule.Warning,
	Needs: evidence.NeedResponse,
	Why:   `The private key given with --key does not decrypt this assertion. Either it is another key than the one whose certificate the IdP encrypts to, or the assertion is damaged. If the key is the one that the IAM provider holds, AWS cannot open the assertion either.`,
	Refs:  []string{pageProviders, "https://www.w3.org/TR/xmlenc-core1/"},
	Check: checkAssertionUndecryptable,
	Fix:   fixAssertionUndecryptable,
}

func checkAssertionUndecryptable(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok {
		return nil
	}
	for _, e := range r.Encrypted {
		if !e.KeyWasGiven {
			continue
		}
		why := e.WhyClosed
		if why == "" {
			why = "it is not the key that it was encrypted to"
		}
		f := rule.Finding{
			Summary:  "The private key given does not open the assertion: " + why,
			At:       e.At,
			Evidence: []rule.Exhibit{{What: "decryption with the key given", At: e.At, Saw: why, Want: "an assertion"}},
		}
		if e.KeyHint != "" {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "encrypted to", At: e.At, Saw: e.KeyHint})
		}
		for _, crt := range e.Certificates {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "encryption certificate (SHA-256)", At: crt.At, Saw: crt.SHA256})
		}
		return one(f)
	}
	return nil
}

func fixAssertionUndecryptable(c evidence.Case, _ rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Find the key that belongs to the encryption certificate",
		Who:   rule.Caller,
		Steps: []string{
			"Compare the public key of the private key at hand (openssl pkey -in key.pem -pubout) with that of the certificate that the IdP's application encrypts to (openssl x509 -in cert.pem -noout -pubkey).",
			"If they differ, either the key at hand or the IdP's certificate is an old one.",
		},
		Commands: []rule.Command{
			rule.AWS("iam", "get-saml-provider", "--saml-provider-arn", providerARN(c), "--query", "PrivateKeyList").Noting("which keys IAM holds, and since when"),
		},
	}}
}
