package idp

func shibboleth() map[Setting]Place {
	const resolver = "conf/attribute-resolver.xml, the definition and its SAML2String encoder"
	const filter = "conf/attribute-filter.xml, the policy for requester urn:amazon:webservices"
	const party = "conf/relying-party.xml, the RelyingPartyOverride for urn:amazon:webservices"
	return map[Setting]Place{
		Role:               at(resolver, "Encoder name https://aws.amazon.com/SAML/Attributes/Role, one value per pair.", "Release it: "+filter+"."),
		RoleSessionName:    at(resolver, "A Simple or ScriptedAttribute definition; a script may lower the case.", "Release it: "+filter+"."),
		SessionDuration:    at(resolver, "A static data connector with the number of seconds.", "Release it: "+filter+"."),
		SessionTags:        at(resolver, "One definition per tag.", "Release them: "+filter+"."),
		SourceIdentity:     at(filter, "Release it or stop releasing it."),
		Audience:           at("The metadata of AWS that the IdP has loaded (conf/metadata-providers.xml): entityID", "The audience is the entityID of the requester."),
		ACS:                at("The metadata of AWS that the IdP has loaded: AssertionConsumerService", "The static file knows the global address alone; add the regional one with a higher priority, or use the regional metadata."),
		RelayState:         at("The link that starts the sign-in: /idp/profile/SAML2/Unsolicited/SSO?providerId=…&target=…", "target is the relay state, percent-encoded."),
		NameID:             at("conf/saml-nameid.xml and " + party + ": nameIDFormatPrecedence"),
		SigningCertificate: at("conf/credentials.xml and conf/idp.properties (idp.signing.key, idp.signing.cert)", "Publish both certificates in the metadata and load it into IAM before signing with the new key."),
		MetadataURL:        at("https://HOST/idp/shibboleth, or metadata/idp-metadata.xml", "Shibboleth does not refresh its own metadata file by itself: bring the certificates in it up to date first."),
		SignatureOptions:   at(party, `p:signAssertions="true", and a SHA-256 security configuration.`),
		Encryption:         at(party, `p:encryptAssertions="false", or metadata of AWS with IAM's certificate as its encryption key. Shibboleth encrypts by itself where the metadata has such a key.`),
		Clock:              at("Clock of every IdP node", "chronyc tracking (or timedatectl) on each."),
		UserAssignment:     at(filter+", and context-check or attribute-based access control in "+party, "A user without the attribute gets an assertion without the role."),
		Status:             at("logs/idp-process.log and logs/idp-audit.log at the time of the attempt", "Message Security and attribute filter lines name what was not released."),
	}
}

func simpleSAMLphp() map[Setting]Place {
	const remote = "metadata/saml20-sp-remote.php, the entry urn:amazon:webservices"
	const authproc = remote + ", its authproc filters (or those of metadata/saml20-idp-hosted.php)"
	return map[Setting]Place{
		Role:               at(authproc, "core:AttributeAdd with the AWS name and the pair, or core:AttributeMap from a directory attribute."),
		RoleSessionName:    at(authproc, "core:AttributeMap from uid or mail; core:AttributeAlter or core:PHP to lower the case."),
		SessionDuration:    at(authproc, "core:AttributeAdd with the number of seconds as a string."),
		SessionTags:        at(authproc, "core:AttributeAdd or core:AttributeMap, one per tag."),
		SourceIdentity:     at(authproc, "Add the attribute, or take it out with core:AttributeLimit."),
		Audience:           at(remote, "The key of the entry is the audience; 'audience' adds further ones."),
		ACS:                at(remote+": 'AssertionConsumerService'", "The regional address with isDefault true, where it is a list."),
		RelayState:         at("The link that starts the sign-in: saml2/idp/SSOService.php?spentityid=…&RelayState=…", "Or 'RelayState' in "+remote+"."),
		NameID:             at(remote + ": 'NameIDFormat', and a saml:AttributeNameID or saml:PersistentNameID filter"),
		SigningCertificate: at("metadata/saml20-idp-hosted.php: 'privatekey', 'certificate', and 'new_privatekey', 'new_certificate' while rotating", "With new_certificate set, the metadata lists both: load it into IAM, then swap."),
		MetadataURL:        at("https://HOST/simplesaml/saml2/idp/metadata.php", "Save it as a file, without ?output=xhtml."),
		SignatureOptions:   at(remote, "'saml20.sign.assertion' => true, 'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'."),
		Encryption:         at(remote, "'assertion.encryption' => false, or true with 'certificate' being IAM's."),
		Clock:              at("Clock of every web server", "chronyc tracking (or timedatectl) on each."),
		UserAssignment:     at("The authentication source (config/authsources.php), and core or authorize:Authorize filters", "A user without the attribute gets an assertion without the role."),
		Status:             at("log/simplesamlphp.log or syslog at the time of the attempt", "Search by the track ID that the error page shows."),
	}
}
