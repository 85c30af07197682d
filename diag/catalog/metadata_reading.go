package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
)

// metadataFindings returns what is wrong, among kinds, with the metadata that
// was given. What IAM itself handed out it has accepted before: of that only
// what cannot be read at all counts.
func metadataFindings(c evidence.Case, kinds ...metadata.Kind) []rule.Finding {
	p, ok := c.Live.Provider.Get()
	if !ok {
		return nil
	}
	var out []rule.Finding
	for _, x := range metadata.Problems(p.Metadata, c.Now) {
		for _, k := range kinds {
			if x.Kind != k || p.Full && k != metadata.Unreadable {
				continue
			}
			f := rule.Finding{
				At: x.At, Summary: upper(x.Says) + "; IAM answers “Could not parse metadata”",
				Evidence: []rule.Exhibit{{What: string(k), At: x.At, Saw: x.Saw, Want: x.Want}},
			}
			if !x.Refused {
				f.Severity, f.Summary = rule.Warning, upper(x.Says)
			}
			out = append(out, f)
		}
	}
	return out
}

func upper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// newMetadata asks the IdP for metadata that IAM can read.
func newMetadata(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Take the metadata from the IdP again", Who: rule.IdPAdmin, Setting: idp.MetadataURL,
		Steps: []string{
			"Save it as it is sent (curl -o metadata.xml URL); editors and mail programs change the encoding and add a byte order mark",
			"Check it before uploading: samlens check metadata.xml",
		},
	}}
}
