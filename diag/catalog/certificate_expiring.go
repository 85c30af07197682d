package catalog

import (
	"fmt"
	"time"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// expirySoon is how long before its end a certificate is warned of.
const expirySoon = 30 * 24 * time.Hour

// The next rotation is near.
var certificateExpiring = &rule.Rule{
	ID: "certificate-expiring", Title: "A signing certificate is about to expire",
	Hop: evidence.HopProvider, Severity: rule.Warning,
	Needs: evidence.NeedResponse,
	Uses:  evidence.NeedProvider,
	Why: "IdPs replace a signing certificate when it ends, some of them by themselves. From that moment on every sign-in fails until IAM " +
		"holds the new one. IAM does not warn of it.",
	Refs: []string{pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		if !ok || c.Now.IsZero() {
			return nil
		}
		var out []rule.Finding
		seen := map[string]bool{}
		for _, x := range append(signers(c, j), admission.Keys(c)...) {
			if x.X509 == nil || seen[x.SHA256] {
				continue
			}
			seen[x.SHA256] = true
			left := x.X509.NotAfter.Sub(c.Now)
			if left <= 0 || left > expirySoon {
				continue
			}
			out = append(out, rule.Finding{
				At:       x.At,
				Summary:  fmt.Sprintf("The certificate %s ends in %s, on %s", fingerprint(x.SHA256), span(left), stamp(x.X509.NotAfter)),
				Evidence: []rule.Exhibit{{What: "valid to", At: x.At, Saw: stamp(x.X509.NotAfter)}},
			})
		}
		return out
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return rotation(c) },
}
