package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
)

// IAM takes no key under 1,024 bits.
var metadataWeakKey = &rule.Rule{
	ID: "metadata-weak-key", Title: "A key in the metadata is under 1,024 bits",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgMetadata}, Predicts: msgMetadata,
	Needs: evidence.NeedProvider,
	Why:   "IAM refuses metadata whose certificate has a key under 1,024 bits, with the same text as for XML that it cannot parse.",
	Refs:  []string{pageTroubleshoot},
	Check: func(c evidence.Case) []rule.Finding { return metadataFindings(c, metadata.WeakKey) },
	Fix:   newMetadata,
}
