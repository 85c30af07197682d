package symptom

import "example.com/samlens/diag/evidence"

// centerEntries are the pages of IAM Identity Center: as service provider of
// an external IdP, and as IdP of a Connect application.
func centerEntries() []Entry {
	page := func(id, text string, hop evidence.Hop, means string, causes []Cause, apart ...Evidence) Entry {
		return Entry{ID: id, Text: text, Hop: hop, Speaker: "IAM Identity Center", Means: means, Causes: causes, TellApart: apart, Sources: []string{docCenter}}
	}
	sent := Evidence{"capture", "The assertion that the external IdP posted to Identity Center: NameID and its Format, the number of assertions, EncryptedAssertion, attributes with several values."}
	named := Evidence{"center-user", "The user name in Identity Center, letter by letter against the NameID. It is the user name that counts, not the e-mail address."}
	event := Evidence{"center-trail", "errorMessage of the ExternalIdPDirectoryLogin event; a failure carries no errorCode, its responseElements say Failure."}

	unexpected := page("center-unexpected-error", "An unexpected error has occurred", evidence.HopIdP,
		"Identity Center could not use the external IdP's assertion: NameID not of format emailAddress or not an address, no user of exactly that name, several assertions, encryption, or attributes for access control that are too many, multi-valued or structured.",
		documented("idc-name-id-format", "idc-encrypted", "idc-attributes", "idc-multiple-assertions"), event, sent, named)
	unexpected.Generic = true
	unexpected.Notes = []string{"A user who was never provisioned, and an assertion posted to another Identity Center's address, give the same page."}

	us := page("center-not-you", "It's not you, it is us", evidence.HopIdP,
		"A mismatch between the external IdP and Identity Center's settings: the IdP's clock, its certificate, or the NameID format.",
		append(documented("idp-clock-skew", "certificate-rotated", "idc-name-id-format"), inferred("certificate-expired")...), event, Evidence{"clock", "The IdP's clock against true time."}, sent)
	us.Alternatives = []string{"It's not you, it's us"}
	us.Generic = true

	mfa := page("center-mfa", "Invalid MFA credentials", evidence.HopIdP,
		"Documented for a user who is not yet provisioned to Identity Center: wait for the next synchronisation. Where codes of an authenticator fail for a provisioned user, set the device's clock by the network.",
		nil, named)
	mfa.Generic = true

	session := page("center-session-token", "Session token not found or invalid", evidence.HopSession,
		"The access portal's session has ended or its cookies are gone: sign in to the portal again, in a fresh window.", inferred("session-ended", "direct-visit"),
		Evidence{"capture", "Whether the portal's cookies were sent at all."})
	session.Generic = true

	one := page("center-exactly-one-assertion", "Responses must contain exactly one Assertion", evidence.HopIdP,
		"The response holds several assertions, or none. Identity Center records it in CloudTrail; AWS sign-in likely says the same through its shared validator.",
		append([]Cause{{"idc-multiple-assertions", Reported, ""}}, inferred("assertion-multiple", "assertion-missing")...), sent, event)
	one.Standing = Reported
	one.Sources = append(one.Sources, docAssertion)

	other := page("center-not-valid-response", "Not a valid response for the provided request id: *", evidence.HopIdP,
		"The assertion answers another request than the one Identity Center sent: an old page sent again, a second tab, or a sign-in begun at the IdP with a stale InResponseTo.",
		inferred("redeemed-late", "destination-mismatch"), sent, event)
	other.Standing = Reported

	absent := page("center-connect-user", "Your user account has not been added to Amazon Connect. Please ask your admin to add you and then try again", evidence.HopUser,
		"The words of Identity Center's integration guide for a user whom the Connect instance does not have under the name that the application sends.",
		documented("user-not-found", "user-case-mismatch", "user-format-mismatch"), Evidence{"portal", "The RoleSessionName that Identity Center would send."}, Evidence{"users", "The names that Connect has."})
	absent.Sources = []string{docConfigure}

	acs := page("center-request-not-processed", "An error occurred when we tried to process your request.", evidence.HopPost,
		"The application in Identity Center has a wrong Application ACS URL.", append(documented("recipient-not-aws"), inferred("recipient-posted-elsewhere", "acs-not-aws")...),
		Evidence{"portal", "Recipient and Destination in the assertion; they should read https://signin.aws.amazon.com/saml or its regional form."}, Evidence{"center", "That the application is enabled and the user assigned; the ACS URL itself shows in the console alone."})
	acs.Generic = true
	acs.Notes = []string{"The page that documented it has been retired."}
	return []Entry{unexpected, us, mfa, session, one, other, absent, acs}
}

// provisioningEntries are what Identity Center's SCIM endpoint answers the
// IdP. Users who never arrive cannot sign in.
func provisioningEntries() []Entry {
	scim := func(id, text, means, look string) Entry {
		return Entry{ID: id, Text: text, Hop: evidence.HopIdP, Speaker: "Identity Center SCIM", Means: means,
			TellApart: []Evidence{{"center-user", look}}, Sources: []string{docCenter}}
	}
	short := scim("scim-validation", "* validation errors detected: Value at 'name.givenName' failed to satisfy constraint: Member must satisfy regular expression pattern",
		"A required name is empty or has characters that are not allowed: first name, last name, display name and user name must all be filled.",
		"The user's first name, last name and display name in the IdP. Fill the empty ones and provision again.")
	short.Alternatives = []string{
		"2 validation errors detected: Value at 'name.givenName' failed to satisfy constraint: Member must have length greater than or equal to 1",
		"1 validation error detected: Value at 'name.givenName' failed to satisfy constraint: Member must have length greater than or equal to 1",
		"validation errors detected: Value at 'name.familyName' failed to satisfy constraint",
		"validation errors detected: Value at 'displayName' failed to satisfy constraint",
		`2 validation errors detected: Value at 'name.givenName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+; Value at 'name.givenName' failed to satisfy constraint: Member must have length greater than or equal to 1`,
	}
	list := scim("scim-list-limit", "List attribute emails exceeds allowed limit of 1",
		"The IdP sends several values where Identity Center takes one: e-mail addresses, phone numbers, addresses.",
		"The SCIM mapping of the IdP: send the work address alone.")
	list.Alternatives = []string{"List attribute * exceeds allowed limit of 1"}
	twin := scim("scim-duplicate", "Refused to create a new, duplicate resource",
		"userName, primary e-mail address and externalId must each be unique, and one of them is taken, often by a user who was made by hand.",
		"Which user has that name or address; delete or rename the one made by hand, or let SCIM take it over.")
	return []Entry{short, list, twin}
}
