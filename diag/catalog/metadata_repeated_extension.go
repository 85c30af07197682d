package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
)

// A certificate with an extension twice.
var metadataRepeatedExtension = &rule.Rule{
	ID: "metadata-repeated-extension", Title: "A certificate in the metadata repeats an extension",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgMetadata}, Predicts: msgMetadata,
	Needs: evidence.NeedProvider,
	Why:   "IAM refuses metadata with an X.509 certificate that holds the same extension more than once, with the same text as for XML that it cannot parse.",
	Refs:  []string{pageTroubleshoot},
	Check: func(c evidence.Case) []rule.Finding { return metadataFindings(c, metadata.RepeatedExtension) },
	Fix:   newMetadata,
}
