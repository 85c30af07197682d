package catalog

import (
	"fmt"
	"slices"

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
		iam, okIAM := c.Live.Provider.Get()
		theirs, okIdP := c.Live.IdPMetadata.Get()
		if !okIAM || !okIdP {
			return nil
		}
		ds := metadata.Drift(iam.Metadata, theirs)
		if len(ds) == 0 {
			return nil
		}
		// What breaks sign-ins comes first; where nothing does, it is worth knowing only.
		slices.SortStableFunc(ds, func(a, b metadata.Difference) int {
			switch {
			case a.Breaks == b.Breaks:
				return 0
			case a.Breaks:
				return -1
			}
			return 1
		})
		f := rule.Finding{At: ds[0].AtIAM, Inferred: c.Live.Provider.Inferred,
			Summary: fmt.Sprintf("IAM's copy of the metadata is not what the IdP publishes: %s", ds[0].Says)}
		if !ds[0].Breaks {
			f.Severity = rule.Info
		}
		if !f.At.Known() {
			f.At = ds[0].AtIdP
		}
		for _, d := range ds {
			e := rule.Exhibit{What: d.What + " in IAM", At: d.AtIAM, Saw: d.IAM, Want: d.IdP}
			if !e.At.Known() {
				e.At = d.AtIdP
			}
			f.Evidence = append(f.Evidence, e)
			if d.AtIdP.Known() {
				f.Also = append(f.Also, d.AtIdP)
			}
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{updateMetadata(c, "Upload what the IdP publishes now")}
	},
}
