package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
)

// IAM could not read the document.
var metadataUnparseable = &rule.Rule{
	ID: "metadata-unparseable", Title: "IAM cannot parse this metadata",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgMetadata}, Predicts: msgMetadata,
	Needs: evidence.NeedProvider,
	Why: "IAM takes SAML metadata in UTF-8 without a byte order mark, well-formed, between 1,000 and 10,000,000 characters, with at most ten " +
		"identity providers and ten keys.",
	Inferred: "That IAM refuses metadata without a signing key or an IDPSSODescriptor is inferred from what it needs them for.",
	Refs:     []string{pageTroubleshoot, pageQuotas},
	Eclipses: []string{"metadata-weak-key", "metadata-repeated-extension"},
	Check: func(c evidence.Case) []rule.Finding {
		return metadataFindings(c, metadata.Unreadable, metadata.ByteOrderMark, metadata.NotUTF8, metadata.TooShort, metadata.TooLong,
			metadata.NoEntityID, metadata.NoIdP, metadata.NoSigningKey, metadata.BadCertificate, metadata.TooManyEntities, metadata.TooManyKeys,
			metadata.DTD, metadata.Expired)
	},
	Fix: newMetadata,
}
