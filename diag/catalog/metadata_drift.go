package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
)

// IAM's copy and what the IdP publishes have drifted apart.
var metadataDrift = &rule.Rule{
	ID: "metadata-drift", Title: "IAM's metadata differs from what the IdP publishes",
	Hop: evidence.HopProvider, Severity: rule.Warning,
	Needs: evidence.NeedProvider | evidence.NeedIdPMetadata,
	Why: "IAM keeps the metadata that was uploaded and never fetches it again. Whatever the IdP changes afterwards, a new certificate " +
		"above all, has to be uploaded.",
	Refs: []string{pageProviders},
	Check: func(c evidence.Case) []rule.Finding {
		ds := metadata.Drift(c.Live.Provider.Value.Metadata, c.Live.IdPMetadata.Value)
		if len(ds) == 0 || c.Live.Provider.State != evidence.Known || c.Live.IdPMetadata.State != evidence.Known {
			return nil
		}
		f := rule.Finding{At: ds[0].AtIAM, Summary: fmt.Sprintf("IAM's copy of the metadata is not what the IdP publishes: %s", ds[0].Says)}
		for _, d := range ds {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: d.What + " in IAM", At: d.AtIAM, Saw: d.IAM, Want: d.IdP})
			f.Also = append(f.Also, d.AtIdP)
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{updateMetadata(c, "Upload what the IdP publishes now")}
	},
}
