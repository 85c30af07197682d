package catalog

import (
	"encoding/base64"
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// Something was changed between the signing and AWS.
var signatureAltered = &rule.Rule{
	ID: "signature-altered", Title: "The content was changed after it was signed",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgSignature, msgInvalid}, Predicts: msgSignature,
	Needs: evidence.NeedResponse,
	Uses:  evidence.NeedProvider,
	Why: "The signature holds a digest of what it covers. Here the digest of the content is another one: a byte that counts was changed " +
		"after signing. Proxies that lay XML out anew or re-encode it, IdP plug-ins that add attributes after signing, and attacks do that.",
	Refs:     []string{pageTroubleshoot, "https://www.w3.org/TR/xmldsig-core1/"},
	Eclipses: []string{"signature-wrong-key", "certificate-rotated"},
	Check: func(c evidence.Case) []rule.Finding {
		j, ok := judgedSignature(c)
		if !ok || j.Wrapped || reformatted(c, j) {
			return nil
		}
		for _, o := range j.Outcomes {
			if !o.Altered || !o.First && j.State == xmldsig.Valid && !o.Response {
				continue
			}
			if j.State != xmldsig.Valid && o.Index != j.Decisive {
				continue
			}
			f := alteredFinding(c.Response.Value.Signatures[o.Index], o.Change)
			if j.State == xmldsig.Valid {
				f.Severity = rule.Warning
				f.Summary += "; another signature covers the assertion and holds"
			}
			return one(f)
		}
		return nil
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Find what rewrites the response", Who: rule.IdPAdmin,
			Steps: []string{
				"Take out proxies, gateways and browser extensions between IdP and AWS one by one, and capture again",
				"Look for IdP hooks or plug-ins that change the assertion after it is signed",
				"If nothing of yours does it, treat it as tampering: keep the capture and tell your security team",
			},
		}}
	},
}

func alteredFinding(s evidence.Signature, change string) rule.Finding {
	f := rule.Finding{At: s.Parent, Also: []evidence.Spot{s.At}, Summary: fmt.Sprintf("What the signature over the %s covers was changed after signing", s.Over)}
	if change != "" {
		f.Summary += ": " + change
	}
	for _, ref := range s.References {
		if ref.Computed == nil || ref.Match {
			continue
		}
		if ref.CoversAt.Known() {
			f.At = ref.CoversAt
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{
			What: "digest of the " + ref.Covers, At: ref.CoversAt,
			Saw: base64.StdEncoding.EncodeToString(ref.Computed), Want: base64.StdEncoding.EncodeToString(ref.Declared),
		})
	}
	return f
}
