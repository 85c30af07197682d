package symptom

import "example.com/samlens/diag/evidence"

// token makes an entry of STS with code InvalidIdentityToken and status 400,
// which is what most of its refusals of an assertion carry.
func token(id, text string, hop evidence.Hop) Entry {
	return Entry{ID: id, Text: text, Hop: hop, Speaker: "AWS STS", Service: serviceSTS, Code: "InvalidIdentityToken", HTTP: 400, Suffixed: true, Sources: []string{docSAML}}
}

// tokenEntries are STS's refusals for what stands in the assertion.
func tokenEntries() []Entry {
	required := token("session-name-required", "RoleSessionName is required in AuthnResponse", evidence.HopSTS)
	required.Means = "The assertion has no attribute https://aws.amazon.com/SAML/Attributes/RoleSessionName, or an empty one."
	required.Causes = append(documented("session-name-missing", "session-name-empty", "attribute-name-typo"), Cause{"session-name-whitespace", Inferred, "a value of white space alone"}, Cause{"session-name-multiple", Inferred, "several values"})
	required.TellApart = []Evidence{{"decode", "Look for the attribute name letter by letter: absent, misspelt, or there without a value (the directory field it is mapped from is empty for this user)."}}

	pattern := token("session-name-pattern", "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", evidence.HopSTS)
	pattern.Means = "The session name has a character that is not allowed, or fewer than 2 or more than 64 characters."
	pattern.Causes = append(documented("session-name-invalid", "session-name-whitespace"), Cause{"session-name-empty", Inferred, "too short"}, Cause{"session-name-multiple", Inferred, "several values"}, Cause{"attribute-duplicate", Inferred, "the attribute stands twice"})
	pattern.TellApart = []Evidence{{"decode", "Read the value between its tags, character by character: a space in a display name, an umlaut, an apostrophe, a line break, or too long an address."}}

	source := token("source-identity-pattern", `Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"`, evidence.HopSTS)
	source.Means = "The SourceIdentity attribute has a character that is not allowed, a wrong length, or begins with aws:."
	source.Causes = documented("source-identity-invalid")
	source.TellApart = []Evidence{{"decode", "Read the value of https://aws.amazon.com/SAML/Attributes/SourceIdentity; where nobody needs it, stop sending it."}}
	source.Notes = []string{"The STS model allows 2 to 64 characters; a longer limit has been reported and is not confirmed."}

	signature := token("response-signature-invalid", "Response signature invalid", evidence.HopProvider)
	signature.Means = "No certificate in the metadata of the IAM SAML provider verifies the signature: the IdP signs with another key than IAM knows, or the response was changed after signing."
	signature.Causes = append(documented("certificate-rotated", "signature-wrong-key"),
		Cause{"signature-altered", Inferred, "a proxy, a copy or an extension changed the body"}, Cause{"signature-missing", Inferred, ""}, Cause{"signature-malformed", Inferred, ""}, Cause{"signature-wrapping", Inferred, ""},
		Cause{"certificate-expired", Unverified, "whether AWS heeds the certificate's dates is not documented"}, Cause{"certificate-not-yet-valid", Unverified, "likewise"})
	signature.TellApart = []Evidence{
		{"provider", "Compare the certificates in the metadata with the one in the response: another certificate is a rotation, the same one means that the text was altered."},
		{"capture", "The posted response verifies with its own certificate (rotation, or not your IdP) or does not (altered)."},
		{"changes", "An UpdateSAMLProvider event shortly before the first failure names who loaded which metadata."},
	}
	signature.Sources = []string{docSAML, docUpdate}
	signature.Notes = []string{"Before loading new metadata, compare the new certificate's fingerprint with the IdP administrator's own.", "The provider's ValidUntil is not the certificate's expiry."}

	audience := token("audience-required", "Response does not contain the required audience.", evidence.HopSTS)
	audience.CodeStanding = Inferred
	audience.Means = "No Audience of the assertion is an entity ID of AWS: urn:amazon:webservices or https://signin.aws.amazon.com/saml."
	audience.Causes = documented("audience-mismatch", "audience-missing")
	audience.TellApart = []Evidence{{"decode", "Read AudienceRestriction: several Audience in one are alternatives, several AudienceRestriction must all hold. The Recipient is another matter: the trust policy's SAML:aud compares that one."}}
	audience.Notes = []string{"AWS does not document the code; InvalidIdentityToken with status 400 is inferred.", "A regional address of sign-in needs no regional audience; whether one is accepted is not documented."}

	confirmation := token("subject-confirmation-data", "Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter", evidence.HopSTS)
	confirmation.Alternatives = []string{"Responses must contain SubjectConfirmationData with a Recipient and NotOnOrAfter"}
	confirmation.Standing = Reported
	confirmation.Means = "The bearer confirmation has no Recipient or no NotOnOrAfter. AWS spells the element without its second i."
	confirmation.Causes = []Cause{{"recipient-missing", Reported, ""}, {"subject-confirmation-invalid", Reported, ""}, {"not-saml2", Reported, "a WS-Trust or other token, not made for the browser"}, {"subject-missing", Inferred, ""}}
	confirmation.TellApart = []Evidence{{"decode", "Look at Subject, SubjectConfirmation, SubjectConfirmationData: one of them, method bearer, with Recipient and NotOnOrAfter."}}
	confirmation.Sources = []string{docAssertion}

	pair := token("pair-not-in-assertion", "SAML Assertion doesn't contain the requested Role and Metadata in the attributes", evidence.HopSTS)
	pair.Standing = Reported
	pair.Means = "The call asked for a role and provider that no value of the Role attribute holds as a pair. Only programs that call the API meet it; a browser takes the pair from the assertion."
	pair.Causes = []Cause{{"role-malformed", Inferred, ""}, {"role-whitespace", Inferred, ""}, {"role-missing", Inferred, ""}}
	pair.TellApart = []Evidence{{"decode", "Compare the role and the provider in the program's settings with the pairs in the assertion, letter by letter."}}
	pair.Sources = []string{docSTS}

	base := token("invalid-base64", "Invalid base64 SAMLResponse", evidence.HopCapture)
	base.Standing, base.InnerCode = Reported, "AuthSamlInvalidSamlResponseException"
	base.Service = serviceOpen
	base.Means = "The value posted is no base64: encoded twice, cut, or still URL-encoded."
	base.Causes = []Cause{{"capture-undecodable", Reported, ""}, {"response-too-large", Inferred, "cut on its way"}}
	base.TellApart = []Evidence{{"capture", "The posted body shows the value as it went out: percent signs inside it were encoded once too often, an odd end was cut."}}
	base.Sources = []string{docSTS}
	return []Entry{required, pattern, source, signature, audience, confirmation, pair, base}
}
