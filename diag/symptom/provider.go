package symptom

import "example.com/samlens/diag/evidence"

// providerEntries are refusals that concern the IAM SAML provider. STS has
// them from a service behind it: AWS sign-in shows that service and its code,
// callers of the STS API get InvalidIdentityToken.
func providerEntries() []Entry {
	behind := func(e Entry, inner string) Entry {
		e.Service, e.InnerCode = serviceOpen, inner
		return e
	}
	issuer := behind(token("issuer-not-present", "Issuer not present in specified provider", evidence.HopProvider), "AuthSamlInvalidSamlResponseException")
	issuer.Alternatives = []string{"Failed to assume role: Issuer not present in specified provider"}
	issuer.Means = "The Issuer of the response is no entityID in the metadata that the IAM provider holds. The two are compared byte by byte: scheme, case, slash at the end."
	issuer.Causes = append(documented("issuer-mismatch"), inferred("issuer-missing")...)
	issuer.TellApart = []Evidence{
		{"decode", "Read Issuer exactly as it stands, with its scheme and its last slash."},
		{"provider", "Read entityID of EntityDescriptor in the metadata. Another tenant's or application's metadata has another one."},
	}
	issuer.Notes = []string{"The sign-in page shows AuthSamlInvalidSamlResponseException of AWSOpenIdDiscoveryService; the STS API's own code is InvalidIdentityToken."}

	gone := behind(token("provider-does-not-exist", "Specified provider doesn't exist", evidence.HopProvider), "AuthSamlManifestNotFoundException")
	gone.Alternatives = []string{"Specified provider does not exist."}
	gone.Means = "The provider ARN of the pair is none of the account's: a typo, another account, or deleted and made anew under another name."
	gone.Causes = append(documented("provider-not-found", "role-account-mismatch"), inferred("role-partition-mismatch", "role-malformed")...)
	gone.TellApart = []Evidence{
		{"decode", "The provider ARN in the Role attribute: account and name, in its case."},
		{"providers", "The account's providers, to hold beside it."},
	}

	key := token("no-decryption-key", "unable to find valid decryption key", evidence.HopProvider)
	key.Standing, key.CodeStanding = Unverified, Unverified
	key.Means = "Believed to be said where no private key of the IAM provider opens the encrypted assertion. No public source shows the text."
	key.Causes = []Cause{{"encryption-key-missing", Unverified, ""}, {"encryption-required", Unverified, ""}, {"encryption-needs-provider-acs", Unverified, ""}}
	key.TellApart = []Evidence{{"provider", "PrivateKeyList and AssertionEncryptionMode: does a key belong to the certificate that the IdP encrypts to?"}, {"capture", "EncryptedAssertion, and whether it went to the provider's own /saml/acs/ address, which encryption needs."}}
	key.Sources = []string{docAssertion}

	roles := token("no-valid-roles", "No valid roles", evidence.HopSignIn)
	roles.Standing, roles.CodeStanding = Unverified, Unverified
	roles.Means = "Believed to be said where no pair of the Role attribute can be used. No public source shows the text."
	roles.Causes = []Cause{{"role-malformed", Unverified, ""}, {"role-missing", Unverified, ""}}
	roles.TellApart = []Evidence{{"decode", "The values of the Role attribute: pairs of ARNs, nothing else."}}
	roles.Sources = []string{docAssertion}
	return []Entry{issuer, gone, key, roles}
}
