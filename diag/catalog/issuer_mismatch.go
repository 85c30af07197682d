package catalog

import (
	"fmt"
	"net/url"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The Issuer is not an entityID of the metadata that IAM holds.
var issuerMismatch = &rule.Rule{
	ID: "issuer-mismatch", Title: "The issuer is not the one in IAM's metadata",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgIssuer}, Predicts: msgIssuer,
	Needs: evidence.NeedAssertion | evidence.NeedProvider,
	Why: "STS compares the assertion's Issuer with the entityID of the metadata that was uploaded for the provider, byte for byte: " +
		"http is not https, a slash at the end counts, and so does case.",
	Refs:     []string{pageTroubleshoot},
	Eclipses: []string{"certificate-rotated", "signature-wrong-key"},
	Check: func(c evidence.Case) []rule.Finding {
		_, a, ok := federated(c)
		p, known := c.Live.Provider.Get()
		if !ok || !known || p.Metadata.Problem != "" || len(p.Metadata.Entities) == 0 || trim(a.Issuer.Value) == "" {
			return nil
		}
		got := asJudged(c, a.Issuer.Value)
		var ids []string
		at := p.Metadata.Entities[0].ID.At
		for _, m := range append([]evidence.Metadata{p.Metadata}, p.Others...) {
			for _, e := range m.Entities {
				if e.ID.Value == got {
					return nil
				}
				ids = append(ids, e.ID.Value)
			}
		}
		near := nearestTo(got, ids)
		f := rule.Finding{
			At: a.Issuer.At, Also: []evidence.Spot{at}, Inferred: c.Live.Provider.Inferred,
			Summary:  fmt.Sprintf("The assertion's issuer is %s, the provider's metadata says %s%s", quote(got), quote(near), issuerDifference(got, near)),
			Evidence: []rule.Exhibit{{What: "Issuer", At: a.Issuer.At, Saw: a.Issuer.Value, Want: near}},
		}
		for _, id := range ids {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "entityID in IAM", At: at, Saw: id})
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		f := updateMetadata(c, "Upload the metadata of the IdP that issued this assertion")
		f.Steps = []string{
			"See that this issuer is your IdP's: another tenant or application of the same IdP has another issuer",
			"Save that IdP's current metadata as metadata.xml; its entityID has to be the issuer, byte for byte",
		}
		return []rule.Fix{f}
	},
}

// issuerDifference says in what two addresses differ, where that is one thing.
func issuerDifference(got, want string) string {
	cutScheme := func(s string) string { _, rest, _ := strings.Cut(s, "://"); return rest }
	switch {
	case strings.TrimSuffix(got, "/") == strings.TrimSuffix(want, "/"):
		return " (a slash at the end)"
	case cutScheme(got) != "" && cutScheme(got) == cutScheme(want):
		return " (http against https)"
	case strings.EqualFold(got, want):
		return " (upper and lower case)"
	case strip(got) == strip(want):
		return " (white space around it)"
	}
	if u, err := url.Parse(got); err == nil && u.Host != "" {
		if w, err := url.Parse(want); err == nil && strings.EqualFold(u.Host, w.Host) {
			return " (the same IdP, another tenant or application)"
		}
	}
	return ""
}
