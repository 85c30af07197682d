package idp

func adfs() map[Setting]Place {
	const rules = "AD FS Management, Relying Party Trusts, the AWS trust, Edit Claim Issuance Policy"
	const show = `PowerShell: Get-AdfsRelyingPartyTrust -Name "TRUST" | Select-Object -ExpandProperty IssuanceTransformRules`
	const endpoints = "AD FS Management, Relying Party Trusts, the AWS trust, Properties, Endpoints"
	return map[Setting]Place{
		Role:            at(rules, "Issue a claim of that type from a group name, with the pair as its value.", show),
		RoleSessionName: at(rules, "Send LDAP Attributes as Claims: the field that equals the Connect user name.", "The claim rule language has no lower-case function: keep the name in lower case in a directory field and send that.", show),
		SessionDuration: at(rules, `Custom rule: => issue(Type = "https://aws.amazon.com/SAML/Attributes/SessionDuration", Value = "28800");`, show),
		SessionTags:     at(rules, "One claim type per tag, ending in PrincipalTag:KEY.", show),
		SourceIdentity:  at(rules, "Add or remove the rule that issues it.", show),
		Audience: at("AD FS Management, Relying Party Trusts, the AWS trust, Properties, Identifiers", `PowerShell: Get-AdfsRelyingPartyTrust -Name "TRUST" | Select-Object Identifier`,
			`PowerShell: Set-AdfsRelyingPartyTrust -TargetName "TRUST" -Identifier "urn:amazon:webservices"`),
		ACS: at(endpoints, "SAML Assertion Consumer, binding POST: the regional sign-in address, set as default.",
			`PowerShell: Get-AdfsRelyingPartyTrust -Name "TRUST" | Select-Object -ExpandProperty SamlEndpoints`),
		RelayState: at("The link or portal that starts the sign-in, and AD FS's relay state support",
			"PowerShell: Set-AdfsProperties -EnableIdPInitiatedSignonPage $true -EnableRelayStateForIdpInitiatedSignOn $true",
			"The link is https://HOST/adfs/ls/IdpInitiatedSignOn.aspx?RelayState= with RPID=…&RelayState=…, each part percent-encoded, the whole encoded once more.",
			"PowerShell: Get-AdfsProperties | Select-Object EnableIdPInitiatedSignonPage,EnableRelayStateForIdpInitiatedSignOn"),
		NameID: at(rules, "Rule Transform an Incoming Claim: outgoing claim type Name ID, format Persistent Identifier or Email.", show),
		SigningCertificate: at("AD FS Management, Service, Certificates, Token-signing", "PowerShell: Get-AdfsCertificate -CertificateType Token-Signing",
			"AD FS makes a new certificate by itself before the old one ends: PowerShell: Get-AdfsProperties | Select-Object AutoCertificateRollover,CertificatePromotionThreshold",
			"Load the metadata that holds both certificates into IAM before the secondary becomes primary."),
		MetadataURL: at("https://HOST/FederationMetadata/2007-06/FederationMetadata.xml", "Save it as a file; it is large and holds more than IAM needs, which does no harm."),
		SignatureOptions: sure("Relying party trust, by PowerShell alone", `PowerShell: Get-AdfsRelyingPartyTrust -Name "TRUST" | Select-Object SamlResponseSignature,SignatureAlgorithm`,
			`PowerShell: Set-AdfsRelyingPartyTrust -TargetName "TRUST" -SamlResponseSignature "MessageAndAssertion" -SignatureAlgorithm "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"`,
			"AssertionOnly, the default, is what AWS takes."),
		Encryption: at("AD FS Management, Relying Party Trusts, the AWS trust, Properties, Encryption", "Remove the certificate, or load the one that belongs to the key in IAM.",
			`PowerShell: Set-AdfsRelyingPartyTrust -TargetName "TRUST" -EncryptClaims $false`),
		Clock: at("Windows Time on every AD FS server, and on the domain controller it follows", "PowerShell: w32tm /query /status", "PowerShell: w32tm /resync /rediscover",
			"PowerShell: w32tm /stripchart /computer:time.aws.com /samples:3 /dataonly",
			`A browser or proxy that is a little behind: PowerShell: Set-AdfsRelyingPartyTrust -TargetName "TRUST" -NotBeforeSkew 2`),
		UserAssignment: at("AD FS Management, Relying Party Trusts, the AWS trust, Edit Access Control Policy; and the user's groups", "PowerShell: Get-ADPrincipalGroupMembership -Identity USER | Select-Object name"),
		Status: at("Event Viewer, Applications and Services Logs, AD FS, Admin, on the server that answered", `PowerShell: Get-WinEvent -LogName "AD FS/Admin" -MaxEvents 20`,
			"Search by the activity ID that the AD FS error page shows."),
	}
}
