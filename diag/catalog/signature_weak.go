package catalog

import (
	"crypto/rsa"
	"fmt"
	"strings"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// A signature that holds today and should not be relied on.
var signatureWeak = &rule.Rule{
	ID: "signature-weak", Title: "The signature uses a weak algorithm or key",
	Hop: evidence.HopProvider, Severity: rule.Warning,
	Needs:    evidence.NeedResponse,
	Uses:     evidence.NeedProvider,
	Lacks:    closedAssertion,
	Why:      "MD5, SHA-1 and RSA keys under 2,048 bits no longer protect a signature against a determined forger.",
	Inferred: "Whether AWS refuses SHA-1 is not documented.",
	Refs:     []string{"https://csrc.nist.gov/pubs/sp/800/131/a/r2/final", pageAssertions},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		s, have := decisive(c, j)
		if !ok || !have {
			return nil
		}
		f := rule.Finding{At: s.At}
		var what []string
		weak := func(name, uri string) {
			short := uri[strings.LastIndexAny(uri, "#/")+1:]
			if l := strings.ToLower(short); strings.Contains(l, "sha1") || strings.Contains(l, "md5") {
				what = append(what, name+" by "+short)
				f.Evidence = append(f.Evidence, rule.Exhibit{What: name, At: s.At, Saw: uri, Want: "SHA-256"})
			}
		}
		weak("signature", s.Method)
		weak("the digest it signs", s.MethodDigest)
		for _, ref := range s.References {
			weak("digest", ref.DigestMethod)
		}
		for _, x := range signers(c, j) {
			if n := keyBits(x); n > 0 && n < 2048 {
				what = append(what, fmt.Sprintf("an RSA key of %d bits", n))
				f.Evidence = append(f.Evidence, rule.Exhibit{What: "key of " + fingerprint(x.SHA256), At: x.At, Saw: fmt.Sprintf("RSA %d", n), Want: "RSA 2048 or more"})
			}
		}
		if len(what) == 0 || j.State == xmldsig.Missing {
			return nil
		}
		f.Summary = "The signature is weak: " + list(what)
		return one(f)
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Sign with RSA-SHA256 and a key of 2,048 bits", Who: rule.IdPAdmin, Setting: idp.SignatureOptions,
			Steps: []string{"A new key is a rotation: give IAM the new metadata before the IdP signs with it"},
		}}
	},
}

// keyBits is the size of a certificate's RSA key; 0 where it is none.
func keyBits(x evidence.Certificate) int {
	key, err := certificate.PublicKey(x)
	if err != nil {
		return 0
	}
	if k, ok := key.(*rsa.PublicKey); ok {
		return k.N.BitLen()
	}
	return 0
}
