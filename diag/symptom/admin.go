package symptom

import "example.com/samlens/diag/evidence"

// adminEntries are what the IAM API answers whoever loads metadata or keys
// into a SAML provider.
func adminEntries() []Entry {
	invalid := func(id, text, means string, apart Evidence, causes ...Cause) Entry {
		return Entry{ID: id, Text: text, Hop: evidence.HopProvider, Speaker: "IAM API", Service: "AmazonIdentityManagement", Code: "InvalidInput", HTTP: 400, CodeStanding: Inferred,
			Means: means, Causes: causes, TellApart: []Evidence{apart}, Sources: []string{docSAML, docUpdate}}
	}
	file := Evidence{"certificate", "Look at the file's first bytes (EF BB BF is a byte order mark, FF FE is UTF-16), whether it parses as XML, and at the certificate inside: key of at least 1024 bits, no extension twice."}
	keys := Evidence{"provider", "PrivateKeyList (key IDs, at most two) and AssertionEncryptionMode of the provider."}

	parse := invalid("metadata-not-parsed", "Could not parse metadata", "IAM could not read the metadata file: a byte order mark, not UTF-8, no well-formed XML, a key under 1024 bits, or a certificate with an extension twice.", file,
		documented("metadata-unparseable", "metadata-weak-key", "metadata-repeated-extension")...)
	parse.Alternatives = []string{"Unable to parse metadata"}
	parse.CodeStanding, parse.Generic = Documented, true

	list := []Entry{
		parse,
		invalid("private-key-invalid", "Invalid private key.", "The file given with add-private-key is no private key that IAM takes: PEM, at most 16384 characters.", keys),
		invalid("private-key-not-removed", "Failed to remove private key.", "IAM could not take the key away.", keys),
		invalid("private-key-id-mismatch", "Failed to remove private key because the Key ID does not match a private key.", "remove-private-key wants the KeyId that get-saml-provider lists, not a file and not a fingerprint.", keys),
		invalid("provider-nothing-to-update", "Unable to update identity provider. No updates are defined for metadata or encryption assertion.", "The call changed neither metadata nor encryption.", keys),
		invalid("encryption-required-without-key", "Unable to set assertion encryption mode to Required because no private key is provided.", "Load a private key first, then require encryption; and have the IdP encrypt before either.", keys, inferred("encryption-key-missing")...),
		invalid("private-key-add-and-remove", "Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.", "Rotation takes two calls: add the new key, and remove the old one once no assertion uses it.", keys),
		invalid("private-key-limit", "Private key limit of 2 is reached.", "A provider holds two private keys; remove the one that is no longer used.", keys),
	}
	list[len(list)-1].Code, list[len(list)-1].HTTP = "LimitExceeded", 409
	list[1].Generic = true

	protected := Entry{ID: "protected-role", Text: "Cannot perform the operation on the protected role '*' - this role is only modifiable by AWS",
		Alternatives: []string{"Cannot perform the operation on the protected role 'AWSReservedSSO_*'"},
		Hop:          evidence.HopTrust, Speaker: "IAM API", Code: "UnmodifiableEntity", HTTP: 400, CodeStanding: Inferred,
		Means:     "Roles whose names begin with AWSReservedSSO_ belong to IAM Identity Center: they change through permission sets and assignments alone, and no other IdP can use them.",
		Causes:    []Cause{{"role-reserved-sso", Inferred, "an assertion that names such a role needs Identity Center as its issuer"}},
		TellApart: []Evidence{{"trust", "The role's path: /aws-reserved/sso.amazonaws.com/ marks it."}, {"center", "Which application or permission set stands behind it."}},
		Sources:   []string{docCenter, docSTS}}
	return append(list, protected)
}
