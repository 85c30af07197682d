// Package idp knows the identity providers: which one issued a response, and
// where in each of them every setting lives that a fix speaks of.
//
// It is a table of products times settings, one file per product. It judges
// nothing, and it changes nothing at any identity provider.
package idp

// ID names an identity provider product, as reports spell it.
type ID string

// The products.
const (
	Okta           ID = "okta"
	Entra          ID = "entra"
	ADFS           ID = "adfs"
	PingFederate   ID = "pingfederate"
	PingOne        ID = "pingone"
	OneLogin       ID = "onelogin"
	Google         ID = "google"
	JumpCloud      ID = "jumpcloud"
	Keycloak       ID = "keycloak"
	Auth0          ID = "auth0"
	IdentityCenter ID = "identity-center"
	Shibboleth     ID = "shibboleth"
	SimpleSAMLphp  ID = "simplesamlphp"
	Unknown        ID = "unknown"
)

// All returns every product, Unknown last.
func All() []ID {
	return []ID{Okta, Entra, ADFS, PingFederate, PingOne, OneLogin, Google, JumpCloud, Keycloak, Auth0, IdentityCenter, Shibboleth, SimpleSAMLphp, Unknown}
}

// Name is the product's name for people; "the identity provider" for one
// that is not known.
func Name(id ID) string {
	switch id {
	case Okta:
		return "Okta"
	case Entra:
		return "Microsoft Entra ID"
	case ADFS:
		return "AD FS"
	case PingFederate:
		return "PingFederate"
	case PingOne:
		return "PingOne"
	case OneLogin:
		return "OneLogin"
	case Google:
		return "Google Workspace"
	case JumpCloud:
		return "JumpCloud"
	case Keycloak:
		return "Keycloak"
	case Auth0:
		return "Auth0"
	case IdentityCenter:
		return "IAM Identity Center"
	case Shibboleth:
		return "Shibboleth"
	case SimpleSAMLphp:
		return "SimpleSAMLphp"
	case Unknown:
	}
	return "the identity provider"
}

// A Setting is something that an administrator of an identity provider can
// change, or has to look at.
type Setting uint8

// The settings. None is the zero value: the fix lies elsewhere.
const (
	None Setting = iota
	Role
	RoleSessionName
	SessionDuration
	SessionTags
	SourceIdentity
	Audience
	ACS
	RelayState
	NameID
	SigningCertificate
	MetadataURL
	SignatureOptions
	Encryption
	Clock
	UserAssignment
	Status
	settingEnd
)

// Settings returns every setting but None.
func Settings() []Setting {
	out := make([]Setting, 0, settingEnd-1)
	for s := Role; s < settingEnd; s++ {
		out = append(out, s)
	}
	return out
}

// String is the setting's name for people.
func (s Setting) String() string {
	names := [...]string{"none", "role", "role session name", "session duration", "session tags", "source identity", "audience", "ACS URL", "relay state", "NameID",
		"signing certificate", "metadata URL", "signature options", "encryption", "clock", "user assignment", "sign-in status"}
	if int(s) < len(names) {
		return names[s]
	}
	return "unknown"
}

// A Place is where a setting lives in a product, and what to do there.
type Place struct {
	Where string   // the page or file
	Do    []string // what to do there, in order
	// Verified tells that the path was confirmed by a public source; menu
	// names of the others may differ.
	Verified bool
}

// at makes a place whose menu names may differ, sure one that is confirmed.
func at(where string, do ...string) Place   { return Place{Where: where, Do: do} }
func sure(where string, do ...string) Place { return Place{Where: where, Do: do, Verified: true} }

// PlaceOf returns where a product keeps a setting; of a product or setting
// that is not known, the generic words.
func PlaceOf(id ID, s Setting) Place {
	if p, ok := table(id)[s]; ok {
		return p
	}
	return generic()[s]
}

func table(id ID) map[Setting]Place {
	switch id {
	case Okta:
		return okta()
	case Entra:
		return entra()
	case ADFS:
		return adfs()
	case PingFederate:
		return pingFederate()
	case PingOne:
		return pingOne()
	case OneLogin:
		return oneLogin()
	case Google:
		return google()
	case JumpCloud:
		return jumpCloud()
	case Keycloak:
		return keycloak()
	case Auth0:
		return auth0()
	case IdentityCenter:
		return identityCenter()
	case Shibboleth:
		return shibboleth()
	case SimpleSAMLphp:
		return simpleSAMLphp()
	case Unknown:
	}
	return generic()
}

// Steps returns where a setting lives and what to do, a sentence each, with
// the value that AWS wants as the last. It is empty for None.
func Steps(id ID, s Setting) []string {
	p := PlaceOf(id, s)
	if p.Where == "" {
		return nil
	}
	where := p.Where
	if !p.Verified && id != Unknown {
		where += unsure
	}
	out := append([]string{where + "."}, p.Do...)
	if w := Wanted(s); w != "" {
		out = append(out, w)
	}
	return out
}

// unsure marks a path that was not checked against the product's documents.
const unsure = " (menu names may differ in your release)"

// Wanted is what AWS and Amazon Connect want of a setting, one sentence.
func Wanted(s Setting) string {
	switch s {
	case Role:
		return "AWS wants the attribute https://aws.amazon.com/SAML/Attributes/Role with the role's ARN, a comma and the provider's ARN, without quotes or spaces; one value is enough for Amazon Connect."
	case RoleSessionName:
		return "AWS wants the attribute https://aws.amazon.com/SAML/Attributes/RoleSessionName with one value of 2 to 64 characters; Amazon Connect wants it equal to the user's name there, in its case."
	case SessionDuration:
		return "AWS wants https://aws.amazon.com/SAML/Attributes/SessionDuration between 900 and 43200 seconds; without it a session lasts 3600."
	case SessionTags:
		return "AWS wants one attribute https://aws.amazon.com/SAML/Attributes/PrincipalTag:KEY per tag, at most 50, and sts:TagSession in the role's trust policy."
	case SourceIdentity:
		return "AWS wants https://aws.amazon.com/SAML/Attributes/SourceIdentity with 2 to 64 characters, and sts:SetSourceIdentity in the role's trust policy."
	case Audience:
		return "AWS wants urn:amazon:webservices or https://signin.aws.amazon.com/saml as the audience, also for regional addresses."
	case ACS:
		return "AWS wants https://REGION.signin.aws.amazon.com/saml (or the global https://signin.aws.amazon.com/saml) as the address and as the Recipient; the role's SAML:aud has to list it beforehand."
	case RelayState:
		return "Amazon Connect wants https://REGION.console.aws.amazon.com/connect/federate/INSTANCE-ID."
	case NameID:
		return "AWS wants a NameID in the subject; a persistent one or an e-mail address serves."
	case SigningCertificate:
		return "IAM wants the metadata with the new certificate before the IdP signs with it; compare fingerprints first."
	case MetadataURL:
		return "IAM wants the metadata as a file, UTF-8 without byte order mark; it does not fetch it by itself."
	case SignatureOptions:
		return "AWS wants the assertion signed, with SHA-256; the response may be signed besides."
	case Encryption:
		return "AWS takes encrypted assertions only at the provider's own address https://signin.aws.amazon.com/saml/acs/PROVIDER-UUID and with the certificate whose key the provider holds."
	case Clock:
		return "AWS wants the assertion within five minutes of its issue, so the clock has to be right to seconds."
	case UserAssignment, Status, None:
	}
	return ""
}
