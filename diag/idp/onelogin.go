package idp

func oneLogin() map[Setting]Place {
	const parameters = "OneLogin administration, Applications, the AWS app, Parameters"
	const configuration = "OneLogin administration, Applications, the AWS app, Configuration"
	const sso = "OneLogin administration, Applications, the AWS app, SSO"
	return map[Setting]Place{
		Role:               sure(parameters, "Parameter for the Role attribute, Include in SAML assertion; its value from a rule or a macro that yields the pair."),
		RoleSessionName:    sure(parameters, "Value Email, Username or a macro; lower case where Connect has it so."),
		SessionDuration:    sure(parameters, "A macro with the number of seconds."),
		SessionTags:        sure(parameters, "One parameter per tag, Include in SAML assertion."),
		SourceIdentity:     sure(parameters, "Add or remove the parameter."),
		Audience:           sure(configuration + ": Audience (EntityID)"),
		ACS:                sure(configuration+": ACS (Consumer) URL, its validator, and Recipient", "All three have to fit the regional address; the validator is a regular expression."),
		RelayState:         sure(configuration + ": RelayState"),
		NameID:             sure(configuration + ": SAML nameID format; its value under Parameters"),
		SigningCertificate: at(sso+": X.509 Certificate, View Details or Change", "A change takes effect at once: load the new metadata into IAM in the same minute, or use a second IAM provider."),
		MetadataURL:        sure(sso+": Issuer URL; or More Actions, SAML Metadata", "Save it as a file."),
		SignatureOptions: sure(configuration+": SAML signature element; "+sso+": SAML Signature Algorithm", "Assertion or Both; SHA-256.",
			"That assertion-only signing is refused by AWS is said in places and has no source: it is what AWS asks for."),
		Encryption:     at(configuration+": Encrypt assertion; certificate under SAML Encryption", "Off, or with IAM's certificate."),
		Clock:          at(configuration+": SAML not valid before, SAML not valid on or after", "OneLogin runs its own clock; these fields are minutes of tolerance and do not lengthen AWS's five minutes."),
		UserAssignment: at("OneLogin administration, Users, the user, Applications; and the app's Access (roles)", "Assign the role that carries the app; look at the user's parameter values there."),
		Status:         at("OneLogin administration, Activity, Events", "Filter by user and app."),
	}
}

func google() map[Setting]Place {
	const mapping = "Google Admin console, Apps, Web and mobile apps, the AWS app, SAML attribute mapping"
	const service = "Google Admin console, Apps, Web and mobile apps, the AWS app, Service provider details"
	return map[Setting]Place{
		Role:               at(mapping, "Map a custom attribute of the user (Directory, Users, More options, Manage custom attributes) that holds the pair to the Role attribute."),
		RoleSessionName:    at(mapping, "Basic Information, Primary Email, unless Connect names differ; then a custom attribute."),
		SessionDuration:    at(mapping, "A custom attribute with the number of seconds."),
		SessionTags:        at(mapping, "One mapping per tag."),
		SourceIdentity:     at(mapping, "Add or remove the mapping."),
		Audience:           sure(service + ": Entity ID"),
		ACS:                sure(service+": ACS URL", "It takes up to a day until every user has the change; a private window helps to see it earlier."),
		RelayState:         sure(service+": Start URL", "It is sent as the relay state."),
		NameID:             sure(service+": Name ID format and Name ID", "PERSISTENT or EMAIL, Basic Information, Primary email."),
		SigningCertificate: at("Google Admin console, Security, Authentication, SSO with SAML applications: certificates; and Manage certificates in the app", "Add certificate 2, load metadata with it into IAM, then choose it in the app."),
		MetadataURL:        at("Google Admin console, Apps, Web and mobile apps, the AWS app, Download metadata", "Google offers a file, no address."),
		SignatureOptions:   sure(service+": Signed response", "Unticked, the assertion alone is signed, which is what AWS asks for."),
		Encryption:         at("Google Workspace", "It encrypts no assertions for such apps; do not let the IAM provider require it."),
		Clock:              sure("The clocks of the browser's machine and of any proxy: Google keeps its own", "Compare the Date headers in the capture; look at the browser's and the proxy's time."),
		UserAssignment:     sure("Google Admin console, Apps, Web and mobile apps, the AWS app, User access", "ON for the organizational unit or group of the user."),
		Status:             at("Google Admin console, Reporting, Audit and investigation, SAML log events", "Filter by user; the failure type names the reason (app_not_enabled_for_user and the like)."),
	}
}

func jumpCloud() map[Setting]Place {
	const sso = "JumpCloud Admin Portal, SSO Applications, the AWS app, SSO tab"
	return map[Setting]Place{
		Role:               at(sso+", Attributes, Constant Attributes", "Name and value as they are: the pair without quotes."),
		RoleSessionName:    at(sso+", Attributes, User Attribute Mapping", "Choose email or username."),
		SessionDuration:    at(sso+", Attributes, Constant Attributes", "A number of seconds."),
		SessionTags:        at(sso+", Attributes", "One attribute per tag."),
		SourceIdentity:     at(sso+", Attributes", "Add or remove the attribute."),
		Audience:           sure(sso + ": SP Entity ID"),
		ACS:                sure(sso + ": ACS URLs; the default URL first"),
		RelayState:         at(sso + ": Default RelayState"),
		NameID:             sure(sso + ": SAMLSubject NameID and SAMLSubject NameID Format"),
		SigningCertificate: at("JumpCloud Admin Portal, SSO Applications, the AWS app: IDP Certificate Valid, menu", "Regenerating takes effect at once: load the new metadata into IAM in the same minute."),
		MetadataURL:        sure(sso + ": Copy Metadata URL, or Export Metadata"),
		SignatureOptions:   sure(sso+": Sign, Signature Algorithm", "Sign Assertion, RSA-SHA256."),
		Encryption:         at(sso+": Encrypt Assertion", "Off, or with IAM's certificate."),
		Clock:              sure("The clocks of the browser's machine and of any proxy: JumpCloud keeps its own", "Compare the Date headers in the capture; look at the browser's and the proxy's time."),
		UserAssignment:     at("JumpCloud Admin Portal, SSO Applications, the AWS app, User Groups", "Tick a group that the user is in."),
		Status:             at("JumpCloud Admin Portal, Insights, Directory Insights", "Events of type sso_auth for the user."),
	}
}
