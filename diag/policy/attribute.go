package policy

import "strings"

// attributeKeys maps SAML attribute names to the condition key that AWS fills
// from them: the tables of "Configure SAML assertions for the authentication
// response". Any other attribute is no condition key.
var attributeKeys = map[string]string{
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.1":  "saml:edupersonaffiliation",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.2":  "saml:edupersonnickname",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.3":  "saml:edupersonorgdn",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.4":  "saml:edupersonorgunitdn",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.5":  "saml:edupersonprimaryaffiliation",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.6":  "saml:edupersonprincipalname",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.7":  "saml:edupersonentitlement",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.8":  "saml:edupersonprimaryorgunitdn",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.9":  "saml:edupersonscopedaffiliation",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.10": "saml:edupersontargetedid",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.11": "saml:edupersonassurance",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.2":  "saml:eduorghomepageuri",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.3":  "saml:eduorgidentityauthnpolicyuri",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.4":  "saml:eduorglegalname",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.5":  "saml:eduorgsuperioruri",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.6":  "saml:eduorgwhitepagesuri",
	"urn:oid:2.5.4.3":                   "saml:cn",

	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name":              "saml:name",
	"http://schemas.xmlsoap.org/claims/CommonName":                            "saml:commonname",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname":         "saml:givenname",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname":           "saml:surname",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress":      "saml:mail",
	"http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid": "saml:uid",
	"2.5.4.3":                    "saml:commonname",
	"2.5.4.4":                    "saml:surname",
	"2.4.5.42":                   "saml:givenname",
	"2.5.4.45":                   "saml:x500uniqueidentifier",
	"0.9.2342.19200300100.1.1":   "saml:uid",
	"0.9.2342.19200300100.1.3":   "saml:mail",
	"0.9.2342.19200300.100.1.45": "saml:organizationstatus",
}

// AttributeKey returns the condition key, in lower case, that AWS fills from
// the SAML attribute of that name.
func AttributeKey(name string) (string, bool) {
	k, ok := attributeKeys[name]
	return k, ok
}

// lists are the saml: keys that are arrays in the Service Authorization
// Reference or marked as possible lists in the IAM User Guide.
var lists = map[string]bool{
	"saml:cn": true, "saml:commonname": true, "saml:givenname": true, "saml:surname": true, "saml:mail": true,
	"saml:name": true, "saml:uid": true, "saml:x500uniqueidentifier": true, "saml:organizationstatus": true,
	"saml:eduorghomepageuri": true, "saml:eduorgidentityauthnpolicyuri": true, "saml:eduorglegalname": true,
	"saml:eduorgsuperioruri": true, "saml:eduorgwhitepagesuri": true, "saml:edupersonaffiliation": true,
	"saml:edupersonassurance": true, "saml:edupersonentitlement": true, "saml:edupersonnickname": true,
	"saml:edupersonorgunitdn": true, "saml:edupersonscopedaffiliation": true, "saml:edupersontargetedid": true,
}

// impossible are the keys that the call that begins a SAML session never
// carries; names ending in / or /* stand for all that begin so.
var impossible = []struct{ key, why string }{
	{"aws:multifactorauthpresent", "a SAML sign-in tells AWS nothing of a second factor"},
	{"aws:multifactorauthage", "a SAML sign-in tells AWS nothing of a second factor"},
	{"aws:principaltag/", "the session's tags exist only once the role is assumed; in the call they are aws:RequestTag/…"},
	{"aws:principalorgid", "the caller of AssumeRoleWithSAML belongs to no account"},
	{"aws:principalorgpaths", "the caller of AssumeRoleWithSAML belongs to no account"},
	{"aws:federatedprovider", "it exists only in the session that the call begins"},
	{"aws:tokenissuetime", "it exists only in the session that the call begins"},
	{"aws:sourceidentity", "it exists only in the session that the call begins; in the call it is sts:SourceIdentity"},
	{"aws:username", "only requests of IAM users carry it"},
}

// Impossible reports whether AssumeRoleWithSAML never carries the key, and
// why. A condition of an Allow statement on such a key never holds, but for
// operators that are true of a missing key.
func Impossible(key string) (why string, ok bool) {
	key = strings.ToLower(key)
	for _, x := range impossible {
		if key == x.key || strings.HasSuffix(x.key, "/") && strings.HasPrefix(key, x.key) {
			return x.why, true
		}
	}
	return "", false
}
