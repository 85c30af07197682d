package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Identity Center cannot open encrypted assertions.
var idcEncrypted = &rule.Rule{
	ID: "idc-encrypted", Title: "Identity Center takes no encrypted assertions",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Explains: []string{msgCenterError}, Predicts: msgCenterError,
	Needs: evidence.NeedResponse,
	Why:   `IAM Identity Center does not support encrypted SAML assertions: it has no private key to open them with. An IAM SAML provider can be given one; Identity Center cannot.`,
	Refs:  []string{pageCenterHelp, pageProviders},
	Check: checkIDCEncrypted,
	Fix:   fixIDCEncrypted,
}

func checkIDCEncrypted(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || !toCenter(c) || len(r.Encrypted) == 0 && r.Decrypted == 0 {
		return nil
	}
	f := rule.Finding{At: r.At, Summary: "The assertion is encrypted, and IAM Identity Center cannot open it"}
	method := "EncryptedAssertion"
	if len(r.Encrypted) > 0 {
		f.At, method = r.Encrypted[0].At, r.Encrypted[0].DataMethod
	}
	f.Evidence = []rule.Exhibit{{What: "encryption", At: f.At, Saw: method, Want: "none"}}
	return one(f)
}

func fixIDCEncrypted(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:       "Switch assertion encryption off for IAM Identity Center",
		Who:         rule.IdPAdmin,
		Setting:     idp.Encryption,
		Steps:       []string{"Take the encryption certificate out of the application, or switch encryption off. The assertion stays signed, and travels over TLS."},
		Consequence: "Where encryption is demanded of you, sign in through an IAM SAML provider instead, which can hold a key.",
	}}
}
