package idp

func identityCenter() map[Setting]Place {
	const mappings = "IAM Identity Center console, Applications, Customer managed, the application, Actions, Edit attribute mappings"
	const configuration = "IAM Identity Center console, Applications, Customer managed, the application, Actions, Edit configuration"
	return map[Setting]Place{
		Role:               sure(mappings, "Attribute https://aws.amazon.com/SAML/Attributes/Role, value the pair, format unspecified. One Role mapping per application, so one application per Connect instance and role."),
		RoleSessionName:    sure(mappings, "Attribute https://aws.amazon.com/SAML/Attributes/RoleSessionName, value ${user:email} or ${user:preferredUsername}, whichever equals the Connect user names, format unspecified."),
		SessionDuration:    sure(mappings, "Attribute https://aws.amazon.com/SAML/Attributes/SessionDuration, value a number of seconds; also Session duration in the configuration."),
		SessionTags:        sure(mappings, "One attribute per tag, ending in PrincipalTag:KEY."),
		SourceIdentity:     sure(mappings, "Add or remove the attribute."),
		Audience:           sure(configuration + ": Application SAML audience, urn:amazon:webservices"),
		ACS:                sure(configuration + ": Application ACS URL"),
		RelayState:         sure(configuration + ", Application properties: Relay state"),
		NameID:             sure(mappings + ": Subject, ${user:email} or ${user:subject}, format emailAddress or persistent"),
		SigningCertificate: at(configuration+": IAM Identity Center certificate, Manage certificate", "Every application has its own certificate, so its own IAM provider.", "Generate the new one, load the new metadata into IAM, then make it active."),
		MetadataURL:        at(configuration+": IAM Identity Center SAML metadata file, Download", "Each application has its own metadata; another application's never fits."),
		SignatureOptions:   at("IAM Identity Center", "It signs by itself; there is nothing to choose."),
		Encryption:         at("IAM Identity Center", "It neither sends nor takes encrypted assertions: the IAM provider must not require them."),
		Clock:              at("IAM Identity Center runs on AWS's clock", "A skew is in the external identity provider, the browser or a proxy."),
		UserAssignment:     at("IAM Identity Center console, Applications, Customer managed, the application, Assign users and groups", "Also check that the application's status is Active."),
		Status:             at("CloudTrail in the Region of IAM Identity Center, events of signin.amazonaws.com and sso.amazonaws.com", "Shift-click on the portal's tile shows the assertion without sending it."),
	}
}
