package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// Document checks a file that is no capture by itself: SAML metadata before it
// is uploaded, CloudTrail events. Other kinds say something only beside a
// capture; the error then says with which flag they are given.
func Document(s capture.Source, o Options) ([]rule.Finding, error) {
	c := evidence.Case{Source: s.Name, Now: o.Now, Asked: o.Asked}
	switch s.Kind {
	case capture.KindMetadata:
		c.Live.Provider = evidence.Have(evidence.Provider{Metadata: metadata.Parse(s.Document, "file")}, s.Name)
	case capture.KindProvider:
		var out struct{ SAMLMetadataDocument string }
		if err := json.Unmarshal(s.Document, &out); err != nil || out.SAMLMetadataDocument == "" {
			return nil, fmt.Errorf("%s: it looks like the output of aws iam get-saml-provider, but holds no SAMLMetadataDocument", s.Name)
		}
		c.Live.Provider = evidence.Have(evidence.Provider{Metadata: metadata.Parse([]byte(out.SAMLMetadataDocument), "file")}, s.Name)
	case capture.KindTrail:
		events, _, err := trail.Read(bytes.NewReader(s.Document), s.Name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		c.Live.Trail = evidence.Have(events, s.Name)
		c.Live.Changes = evidence.Have(events, s.Name)
	default:
		return nil, errors.New(beside(s))
	}
	var out []rule.Finding
	for _, r := range catalog.All() {
		if r.Needs&^c.Seen() == 0 && r.Live() {
			out = append(out, rule.Run(r, c).Findings...)
		}
	}
	return out, nil
}

// flags are the flags that take documents which say nothing by themselves.
var flags = map[capture.Kind]string{
	capture.KindProviders: "--providers", capture.KindRole: "--role", capture.KindPolicy: "--role-policy (or --role, if it is a trust policy)",
	capture.KindInstance: "--instance", capture.KindInstances: "--instance", capture.KindUsers: "--users", capture.KindKey: "--key",
}

func beside(s capture.Source) string {
	if flag, ok := flags[s.Kind]; ok {
		return fmt.Sprintf("%s is evidence and no capture (%s); give it beside a capture with %s", s.Name, s.Kind, flag)
	}
	return fmt.Sprintf("%s is JSON that is no capture and no known evidence", s.Name)
}
