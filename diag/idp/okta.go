package idp

func okta() map[Setting]Place {
	const statements = "Admin Console, Applications, the custom SAML app, General, SAML Settings, Edit, Attribute Statements"
	return map[Setting]Place{
		Role: sure("Admin Console, Applications, the AWS Account Federation app, Sign On, Edit, Advanced Sign-On Settings: Identity Provider ARN and Join all roles",
			"Enter the provider's ARN under Identity Provider ARN (Required only for SAML SSO).", "In a custom SAML app add the attribute under General, SAML Settings, Attribute Statements, with the pair as a string in quotes of Okta's expression language.",
			"Check the user's app assignment: the role is chosen there."),
		RoleSessionName: at("Admin Console, Applications, the app, Sign On, Edit: Application username format",
			"The AWS app sends the application username; choose the format that equals the Connect user name and update existing assignments.", "Lower case: choose Custom with String.toLowerCase(user.login)."),
		SessionDuration:    sure("Admin Console, Applications, the AWS app, Sign On, Edit, Advanced Sign-On Settings: Session Duration", "In a custom app: attribute statement with a number."),
		SessionTags:        at(statements, "One statement per tag, name ending in PrincipalTag:KEY."),
		SourceIdentity:     at(statements, "Add or remove the statement."),
		Audience:           at("Admin Console, Applications, the custom SAML app, General, SAML Settings, Edit: Audience URI (SP Entity ID)", "The AWS app sets it by its AWS Environment; check that it is the right partition."),
		ACS:                sure("Admin Console, Applications, the AWS app, Sign On, Edit, Advanced Sign-On Settings: AWS Environment, or ACS URL", "Choose the Region's sign-in address; in a custom app set Single sign-on URL and tick Use this for Recipient URL and Destination URL."),
		RelayState:         sure("Admin Console, Applications, the app, Sign On, Edit: Default Relay State", "Leave Application Start URL blank: it would overrule the relay state."),
		NameID:             at("Admin Console, Applications, the custom SAML app, General, SAML Settings, Edit: Name ID format", "Unspecified and EmailAddress both serve."),
		SigningCertificate: at("Admin Console, Applications, the app, Sign On, SAML Signing Certificates", "Note which one is Active, and view its metadata from the Actions menu.", "Activate a new one only after IAM has its metadata."),
		MetadataURL:        at("Admin Console, Applications, the app, Sign On, Metadata URL", "Open it and save it as a file: https://DOMAIN/app/APP-ID/sso/saml/metadata."),
		SignatureOptions:   at("Admin Console, Applications, the custom SAML app, General, SAML Settings, Edit, Show Advanced Settings", "Assertion Signature: Signed. Signature Algorithm: RSA-SHA256."),
		Encryption:         at("Admin Console, Applications, the custom SAML app, General, SAML Settings, Edit, Show Advanced Settings: Assertion Encryption", "Unencrypted, or Encrypted with IAM's certificate."),
		Clock:              sure("The clocks of the browser's machine and of any proxy: Okta keeps its own", "A skew against Okta is nearly always in the browser's or a proxy's time; compare the Date headers in the capture."),
		UserAssignment:     at("Admin Console, Applications, the app, Assignments", "Assign the user or the group, and look at the assignment's user name and SAML roles."),
		Status:             at("Admin Console, Reports, System Log", "Filter for the user and eventType user.authentication.sso."),
	}
}
