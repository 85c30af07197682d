package catalog

import (
	"fmt"
	"html"
	"strings"

	"example.com/samlens/diag/claims"
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
	Lacks: closedAssertion,
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
			f := alteredFinding(c, o)
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

// alteredFinding says what was changed, as far as the digest proves it.
func alteredFinding(c evidence.Case, o xmldsig.Outcome) rule.Finding {
	s := c.Response.Value.Signatures[o.Index]
	f := rule.Finding{At: s.Parent, Also: []evidence.Spot{s.At}, Summary: fmt.Sprintf("What the signature over the %s covers was changed after signing", s.Over)}
	if o.Change == xmldsig.Edited {
		now := valueAt(c, o.Edited)
		f.Summary = fmt.Sprintf("The signed %s was changed after signing: %s was %s", s.Over, nameAt(c, o.Edited), quote(o.Was))
		if now != "" {
			f.Summary += ", now it is " + quote(now)
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "value changed after signing", At: o.Edited, Saw: now, Want: o.Was})
	} else if o.Change != "" {
		f.Summary += ": " + o.Change
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
			Saw: digest(ref.Computed), Want: digest(ref.Declared),
		})
	}
	if o.Change == xmldsig.Edited && o.Edited.Known() {
		f.Also = append(f.Also, f.At)
		f.At = o.Edited
	}
	return f
}

// valueAt is the text at a place of the response, entities resolved; "" where
// the place is not known.
func valueAt(c evidence.Case, at evidence.Spot) string {
	x := c.Response.Value.XML
	if at.In != evidence.InResponse || at.Start < 0 || at.End > len(x) || at.Start >= at.End {
		return ""
	}
	v := string(x[at.Start:at.End])
	if strings.Contains(at.Path, "/@") { // the place of an attribute is name="value"
		_, v, _ = strings.Cut(v, "=")
		if v = trim(v); len(v) >= 2 {
			v = v[1 : len(v)-1]
		}
	}
	return html.UnescapeString(v)
}

// nameAt names the element or attribute at a place of the response, a value
// of a SAML attribute by that attribute's name.
func nameAt(c evidence.Case, at evidence.Spot) string {
	for _, a := range c.Response.Value.Assertions {
		for _, x := range a.Attributes {
			if x.At.Start <= at.Start && at.End <= x.At.End && x.At.End > x.At.Start {
				if rest, ok := claims.Cut(x.Name.Value); ok {
					return rest
				}
				return quote(x.Name.Value)
			}
		}
	}
	return at.Path[strings.LastIndexByte(at.Path, '/')+1:]
}
