package idp

func keycloak() map[Setting]Place {
	const mappers = "Keycloak admin console, Clients, urn:amazon:webservices, Client scopes, the dedicated scope, Mappers"
	const settings = "Keycloak admin console, Clients, urn:amazon:webservices, Settings"
	return map[Setting]Place{
		Role: at(mappers, "Mapper Role list or Hardcoded attribute with the AWS name, URI format, the pair as value; Single Role Attribute on.",
			"Take the default scope role_list off the client: it adds an attribute that is named Role and means something else to AWS."),
		RoleSessionName:    at(mappers, "Mapper User Property (username or email) or User Attribute with the AWS name. Keycloak keeps user names in lower case."),
		SessionDuration:    at(mappers, "Mapper Hardcoded attribute with the number of seconds."),
		SessionTags:        at(mappers, "One User Attribute mapper per tag."),
		SourceIdentity:     at(mappers, "Add or remove the mapper."),
		Audience:           at(settings+": Client ID", "The client ID is the audience."),
		ACS:                sure("Keycloak admin console, Clients, urn:amazon:webservices, Advanced: ACS POST Binding URL", "Also list the address under Valid redirect URIs in Settings."),
		RelayState:         at(settings+": IDP Initiated SSO Relay State", "The link is https://HOST/realms/REALM/protocol/saml/clients/NAME, with NAME from IDP-Initiated SSO URL name."),
		NameID:             at(settings + ": Name ID format, Force name ID format"),
		SigningCertificate: at("Keycloak admin console, Realm settings, Keys", "A new provider with higher priority signs at once: add it with a lower priority, load the metadata with both into IAM, then raise it."),
		MetadataURL:        at("https://HOST/realms/REALM/protocol/saml/descriptor", "Save it as a file."),
		SignatureOptions:   at(settings+", Signature and Encryption: Sign assertions, Signature algorithm", "Sign assertions on, RSA_SHA256, canonicalization EXCLUSIVE."),
		Encryption:         at("Keycloak admin console, Clients, urn:amazon:webservices, Keys: Encrypt assertions", "Off, or with IAM's certificate."),
		Clock:              at("Clock of every Keycloak node, and of the container host", "chronyc tracking (or timedatectl) on each."),
		UserAssignment:     at("Keycloak admin console, Users, the user: Enabled, Role mapping, Groups, Required user actions"),
		Status:             at("Keycloak admin console, Events, User events", "Error events of the client, such as invalid_redirect_uri or user_disabled; switch saving on under Realm settings, Events."),
	}
}

func auth0() map[Setting]Place {
	const addon = "Auth0 dashboard, Applications, the application, Addons, SAML2 Web App, Settings"
	return map[Setting]Place{
		Role:               sure(addon+`: "mappings"`, "Map a user or app_metadata field to the attribute's name; the field is set by a post-login Action."),
		RoleSessionName:    sure(addon+`: "mappings"`, `"email": "https://aws.amazon.com/SAML/Attributes/RoleSessionName", or another field; change case in a post-login Action.`),
		SessionDuration:    sure(addon+`: "mappings"`, "Map a field that a post-login Action sets."),
		SessionTags:        sure(addon+`: "mappings"`, "One mapping per tag; \"passthroughClaimsWithNoMapping\": false keeps other claims out."),
		SourceIdentity:     sure(addon+`: "mappings"`, "Add or remove the mapping."),
		Audience:           at(addon + `: "audience"`),
		ACS:                at(addon+`: Application Callback URL, "recipient", "destination"`, "Set all three to the same address."),
		RelayState:         at("The link that starts the sign-in: https://TENANT/samlp/CLIENT-ID?RelayState=…", "The relay state percent-encoded."),
		NameID:             at(addon + `: "nameIdentifierFormat", "nameIdentifierProbes"`),
		SigningCertificate: at("Auth0 dashboard, Settings, Signing Keys", "Rotation is for the whole tenant: load the metadata of the next key into IAM before rotating."),
		MetadataURL:        at("https://TENANT/samlp/metadata/CLIENT-ID", "Save it as a file; also under Usage of the add-on."),
		SignatureOptions:   at(addon+`: "signatureAlgorithm", "digestAlgorithm", "signResponse"`, `"rsa-sha256", "sha256", and "signResponse": false, which signs the assertion.`),
		Encryption:         at("A post-login Action or rule that sets a SAML encryption certificate", "Remove it, or give it IAM's certificate."),
		Clock:              sure("The clocks of the browser's machine and of any proxy: Auth0 keeps its own", "Compare the Date headers in the capture; look at the browser's and the proxy's time."),
		UserAssignment:     at("Auth0 dashboard, Applications, the application, Connections; and Actions that deny access"),
		Status:             at("Auth0 dashboard, Monitoring, Logs", "Filter by user; type f and its relatives are failures."),
	}
}
