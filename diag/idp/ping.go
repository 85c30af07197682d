package idp

func pingFederate() map[Setting]Place {
	const contract = "Admin console, Applications, SP Connections, the AWS connection, Browser SSO, Assertion Creation, Attribute Contract"
	const fulfil = "Admin console, Applications, SP Connections, the AWS connection, Browser SSO, Assertion Creation, IdP Adapter Mapping, Attribute Contract Fulfillment"
	const protocol = "Admin console, Applications, SP Connections, the AWS connection, Browser SSO, Protocol Settings"
	const credentials = "Admin console, Applications, SP Connections, the AWS connection, Credentials"
	return map[Setting]Place{
		Role:               at(fulfil, "Extend the attribute contract by the name first, then fulfil it with Text or an expression that yields the pair."),
		RoleSessionName:    at(fulfil, "Fulfil it from the adapter or data store; lower case by an OGNL expression: #this.get(\"username\").toString().toLowerCase()."),
		SessionDuration:    at(fulfil, "Extend the contract, fulfil with Text."),
		SessionTags:        at(contract, "One attribute per tag, then fulfil each."),
		SourceIdentity:     at(contract, "Add or remove the attribute."),
		Audience:           at("Admin console, Applications, SP Connections, the AWS connection, General Info: Partner's Entity ID", "The audience is the connection's entity ID."),
		ACS:                at(protocol+", Assertion Consumer Service URL", "Binding POST, endpoint: the regional sign-in address; clear Base URL if the endpoint is absolute."),
		RelayState:         at("The link that starts the sign-in: /idp/startSSO.ping?PartnerSpId=…&TargetResource=…", "TargetResource is the relay state, percent-encoded; or a default target URL in the connection."),
		NameID:             at(fulfil, "Fulfil SAML_SUBJECT; the name format is chosen under Identity Mapping."),
		SigningCertificate: at(credentials+", Digital Signature Settings", "See which certificate signs and whether a rotation is scheduled (Security, Signing & Decryption Keys & Certificates).", "Export the connection's metadata for IAM before the new key becomes active."),
		MetadataURL:        at("Admin console, System, Protocol Metadata, Metadata Export; or https://HOST/pf/federation_metadata.ping?PartnerSpId=…", "Save it as a file."),
		SignatureOptions:   at(protocol+", Signature Policy", "Always sign the SAML assertion; algorithm RSA SHA256 under Credentials."),
		Encryption:         at(protocol+", Encryption Policy", "None, or the assertion with IAM's certificate."),
		Clock:              at("Clock of every PingFederate engine node", "chronyc tracking (or timedatectl) on each; one node that is off hits a share of the users."),
		UserAssignment:     at("Admin console, the connection's Issuance Criteria, and the adapter's policy", "A failed criterion refuses the user before AWS."),
		Status:             at("PingFederate's server.log and audit.log at the time of the attempt", "Search by the tracking ID that the error page shows."),
	}
}

func pingOne() map[Setting]Place {
	const app = "PingOne console, Applications, Applications, the AWS application"
	const mapping = app + ", Attribute Mappings, edit"
	const configuration = app + ", Configuration, edit"
	return map[Setting]Place{
		Role:               sure(mapping, "Add the attribute, map it to an expression or a user attribute that holds the pair."),
		RoleSessionName:    at(mapping, "Map it to Username or Email Address; lower case by the expression #string.toLowerCase(user.username)."),
		SessionDuration:    at(mapping, "A constant by expression: \"28800\"."),
		SessionTags:        sure(mapping, "One attribute per tag."),
		SourceIdentity:     sure(mapping, "Add or remove the attribute."),
		Audience:           sure(configuration + ": Entity ID"),
		ACS:                sure(configuration+": ACS URLs", "The regional sign-in address first: the first is the default."),
		RelayState:         at(configuration+": Target Application URL", "It is sent as the relay state."),
		NameID:             at(configuration + ": Subject NameID Format, and the saml_subject mapping"),
		SigningCertificate: at(configuration+": Signing Key; keys under Settings, Certificates & Key Pairs", "Load the metadata of the new key into IAM before choosing it."),
		MetadataURL:        sure(configuration+": IdP Metadata URL, or Download Metadata", "https://auth.pingone.com/ENVIRONMENT/saml20/metadata/APPLICATION."),
		SignatureOptions:   sure(configuration+": Sign Assertion, Sign Response, Signing Algorithm", "Sign Assertion, RSA_SHA256."),
		Encryption:         sure(configuration+": Enable Encryption", "Off, or with IAM's certificate."),
		Clock:              sure("The clocks of the browser's machine and of any proxy: PingOne keeps its own", "Compare the Date headers in the capture; look at the browser's and the proxy's time."),
		UserAssignment:     at(app+", Access and Policies", "The user's group, and the population, must be let in; the application must be enabled."),
		Status:             at("PingOne console, Monitoring, Audit", "Filter by user and application."),
	}
}
