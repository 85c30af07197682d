package idp

func entra() map[Setting]Place {
	const claims = "Entra admin center, Enterprise applications, the app, Single sign-on, Attributes & Claims, Edit"
	const basic = "Entra admin center, Enterprise applications, the app, Single sign-on, Basic SAML Configuration, Edit"
	const certificate = "Entra admin center, Enterprise applications, the app, Single sign-on, SAML Certificates"
	return map[Setting]Place{
		Role: at(claims, "Claim Role, namespace https://aws.amazon.com/SAML/Attributes, source user.assignedroles; the app role's value is role ARN, comma, provider ARN.",
			"A constant must not be stored with quotes around it."),
		RoleSessionName:    at(claims, "Claim RoleSessionName, namespace https://aws.amazon.com/SAML/Attributes, source user.userprincipalname or another field.", "Other case or only the local part: source Transformation, ToLowercase() or ExtractMailPrefix()."),
		SessionDuration:    at(claims, "Claim SessionDuration, namespace https://aws.amazon.com/SAML/Attributes, a constant without quotes."),
		SessionTags:        at(claims, "One claim per tag, name PrincipalTag:KEY, namespace https://aws.amazon.com/SAML/Attributes."),
		SourceIdentity:     at(claims, "Claim SourceIdentity, namespace https://aws.amazon.com/SAML/Attributes; remove it where no trust policy allows it."),
		Audience:           sure(basic, "Identifier (Entity ID): https://signin.aws.amazon.com/saml; for a second application in the tenant https://signin.aws.amazon.com/saml#2, whose #2 Entra does not send."),
		ACS:                at(basic, "Reply URL (Assertion Consumer Service URL): the regional sign-in address, marked as default."),
		RelayState:         at(basic, "Relay State: the Connect address."),
		NameID:             at(claims, "Unique User Identifier (Name ID): a field that is filled for every user."),
		SigningCertificate: at(certificate, "See which certificate is Active and when it expires; set the notification address.", "New certificate, then download Federation Metadata XML, load it into IAM, and only then Make certificate active."),
		MetadataURL:        at(certificate, "App Federation Metadata Url, or download Federation Metadata XML."),
		SignatureOptions:   at(certificate+", Edit: Signing Option and Signing Algorithm", "Sign SAML assertion (or response and assertion), SHA-256."),
		Encryption:         at("Entra admin center, Enterprise applications, the app, Token encryption", "Deactivate it, or import the certificate that belongs to the key in IAM."),
		Clock:              sure("The clocks of the browser's machine and of any proxy: Entra keeps its own", "A skew is nearly always in the browser's or a proxy's time; compare the Date headers in the capture."),
		UserAssignment:     at("Entra admin center, Enterprise applications, the app, Users and groups", "Assign the user or a group, with the app role that carries the pair. Nested groups do not count."),
		Status:             at("Entra admin center, Monitoring, Sign-in logs", "Filter for user and application; an AADSTS code names the reason, Conditional Access its policy."),
	}
}
