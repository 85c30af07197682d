package idp

// generic holds the words for an identity provider that is not known.
func generic() map[Setting]Place {
	return map[Setting]Place{
		Role:               sure("Attribute mapping (claims) of the AWS application", "Add an attribute of that exact name and format URI or unspecified; map it to a constant, or to a group-derived value."),
		RoleSessionName:    sure("Attribute mapping (claims) of the AWS application", "Map it to the directory field that equals the Connect user name; change case in the mapping where the directory's differs."),
		SessionDuration:    sure("Attribute mapping (claims) of the AWS application", "Map it to a constant number of seconds, digits alone."),
		SessionTags:        sure("Attribute mapping (claims) of the AWS application", "One attribute per tag; remove those that nothing uses."),
		SourceIdentity:     sure("Attribute mapping (claims) of the AWS application", "Map it to a stable user name, or remove it."),
		Audience:           sure("Service provider settings of the AWS application: entity ID, audience", "Set it without a slash or space at the end."),
		ACS:                sure("Service provider settings of the AWS application: ACS URL, reply URL, recipient, destination", "Set recipient and destination to the same address, or leave them to follow it."),
		RelayState:         sure("Service provider settings of the AWS application: relay state, start URL, target", "Enter the Connect address; nothing else may stand there."),
		NameID:             sure("Service provider settings of the AWS application: NameID, subject", "Choose persistent or emailAddress and a field that every user has filled."),
		SigningCertificate: sure("Signing certificate or key of the AWS application", "See which certificate is active, export it with the metadata, and compare its fingerprint with the response's."),
		MetadataURL:        sure("Metadata of the AWS application or of the identity provider", "Download it as a file for IAM; keep the copy that IAM has as a backup."),
		SignatureOptions:   sure("Signing options of the AWS application", "Sign the assertion (or both), RSA with SHA-256, exclusive canonicalisation."),
		Encryption:         sure("Encryption options of the AWS application", "Switch encryption off, or load the certificate that belongs to the private key in IAM."),
		Clock:              sure("Clock of the servers that issue assertions", "Synchronise with NTP and compare with a second source: `date -u` on Linux, `w32tm /query /status` on Windows."),
		UserAssignment:     sure("Users and groups of the AWS application", "Assign the user, directly or through a group, and try again in a private window."),
		Status:             sure("Sign-in log of the identity provider, at the time of the attempt", "Find the event of this user and its reason: policy, multi-factor, consent, assignment."),
	}
}
