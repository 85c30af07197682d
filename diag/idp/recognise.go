package idp

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// A tell is one sign of a product.
type tell struct {
	id   ID
	in   sign
	like func() *regexp.Regexp
	why  string // what was seen, for people
}

// A sign is where a tell is looked for.
type sign uint8

const (
	issuer    sign = iota
	claim          // the name of an attribute
	address        // the address of a request, host and path, that is not AWS's
	messageID      // the ID of response or assertion
)

// tells are tried in order: what an administrator cannot change comes first,
// shapes of IDs last. Issuers are those seen in public captures.
var tells = []tell{
	{IdentityCenter, issuer, expression.Lazy(`^https://portal\.sso\.[\w-]+\.amazonaws\.com(\.cn)?/saml/(assertion|metadata)/`), "its issuer is an IAM Identity Center application"},
	{Entra, issuer, expression.Lazy(`(?i)^https://(sts\.windows\.net|sts\.chinacloudapi\.cn|login\.microsoftonline\.(com|us))/[0-9a-f-]{36}`), "its issuer is a Microsoft tenant"},
	{Okta, issuer, expression.Lazy(`^https?://www\.okta[\w-]*\.com/`), "its issuer is an Okta application"},
	{Google, issuer, expression.Lazy(`^https://accounts\.google\.com/o/saml2`), "its issuer is Google's"},
	{OneLogin, issuer, expression.Lazy(`^https://(app|[\w-]+)\.onelogin\.com/`), "its issuer is OneLogin's"},
	{PingOne, issuer, expression.Lazy(`^https://auth\.pingone\.[a-z.]{2,6}/`), "its issuer is a PingOne environment"},
	{Auth0, issuer, expression.Lazy(`^urn:[\w.-]+\.auth0\.com$`), "its issuer is an Auth0 tenant"},
	{ADFS, issuer, expression.Lazy(`(?i)/adfs/services/trust/?$`), "its issuer is an AD FS service"},
	{Keycloak, issuer, expression.Lazy(`^https?://[^/]+(/[\w-]+)?/realms/[^/]+/?$`), "its issuer is a Keycloak realm"},
	{SimpleSAMLphp, issuer, expression.Lazy(`/saml2/idp/metadata(\.php)?$|/simplesaml(php)?/`), "its issuer is SimpleSAMLphp's metadata address"},
	{Shibboleth, issuer, expression.Lazy(`/idp/shibboleth$|/shibboleth(-idp)?$`), "its issuer is Shibboleth's entity ID"},
	{JumpCloud, issuer, expression.Lazy(`(?i)\bjumpcloud\b`), "its issuer names JumpCloud"},

	{Entra, claim, expression.Lazy(`^http://schemas\.microsoft\.com/identity/claims/(tenantid|objectidentifier|identityprovider)$`), "it carries Microsoft's tenant claims"},
	{Auth0, claim, expression.Lazy(`^http://schemas\.auth0\.com/`), "it carries Auth0's claims"},

	{Okta, address, expression.Lazy(`^[\w.-]+\.okta(preview|-emea|-gov)?\.com/`), "the sign-in went through an Okta host"},
	{Entra, address, expression.Lazy(`^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)/`), "the sign-in went through Microsoft's login host"},
	{JumpCloud, address, expression.Lazy(`^sso\.jumpcloud\.com/`), "the sign-in went through JumpCloud's host"},
	{OneLogin, address, expression.Lazy(`^[\w-]+\.onelogin\.com/`), "the sign-in went through a OneLogin host"},
	{PingOne, address, expression.Lazy(`^(auth|apps|sso)\.pingone\.[a-z.]{2,6}/|^sso\.connect\.pingidentity\.com/`), "the sign-in went through a PingOne host"},
	{Auth0, address, expression.Lazy(`^[\w.-]+\.auth0\.com/`), "the sign-in went through an Auth0 host"},
	{Google, address, expression.Lazy(`^accounts\.google\.com/o/saml2/`), "the sign-in went through Google's SAML address"},
	{IdentityCenter, address, expression.Lazy(`^portal\.sso\.[\w-]+\.amazonaws\.com/saml/`), "the sign-in went through the AWS access portal"},
	{ADFS, address, expression.Lazy(`(?i)/adfs/(ls|services)(/|$)`), "the sign-in went through an /adfs/ls address"},
	{PingFederate, address, expression.Lazy(`/idp/(SSO\.saml2|startSSO\.ping|[\w.-]+\.ping|[\w-]+/resumeSAML20/idp)`), "the sign-in went through a PingFederate address"},
	{Keycloak, address, expression.Lazy(`/realms/[^/]+/(protocol/saml|login-actions)`), "the sign-in went through a Keycloak realm"},
	{Shibboleth, address, expression.Lazy(`/idp/profile/(SAML2|saml2)/`), "the sign-in went through a Shibboleth profile address"},
	{SimpleSAMLphp, address, expression.Lazy(`/saml2/idp/(SSOService|initSLO)|/module\.php/(saml|core)/`), "the sign-in went through a SimpleSAMLphp address"},

	{Keycloak, messageID, expression.Lazy(`^ID_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`), "its IDs have Keycloak's shape"},
	{OneLogin, messageID, expression.Lazy(`^pfx[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`), "its IDs have OneLogin's shape"},
	{Okta, messageID, expression.Lazy(`^id\d{16,30}$`), "its IDs have Okta's shape"},
	{SimpleSAMLphp, messageID, expression.Lazy(`^_[0-9a-f]{42}$`), "its IDs have SimpleSAMLphp's shape"},
}

// maxSeen bounds how many attributes and requests are looked at.
const maxSeen = 2000

// Recognise tells which product issued a response, and by what it was
// recognised. Issuer and claims count before the hosts of the capture, those
// before the shapes of IDs; what fits nothing is Unknown.
func Recognise(r evidence.Response, c evidence.Capture) (ID, string) {
	seen := map[sign][]string{issuer: {r.Issuer.Value}, messageID: {r.ID.Value}}
	for _, a := range r.Assertions {
		seen[issuer] = append(seen[issuer], a.Issuer.Value)
		seen[messageID] = append(seen[messageID], a.ID.Value)
		for _, at := range a.Attributes[:min(len(a.Attributes), maxSeen)] {
			seen[claim] = append(seen[claim], at.Name.Value)
		}
	}
	for _, e := range before(c) {
		if u, err := url.Parse(e.URL); err == nil && u.Host != "" {
			seen[address] = append(seen[address], strings.ToLower(u.Hostname())+u.EscapedPath())
		}
	}
	for _, t := range tells {
		for _, s := range seen[t.in] {
			if s = strings.TrimSpace(s); s != "" && len(s) < 2000 && t.like().MatchString(s) {
				return t.id, t.why
			}
		}
	}
	// AD FS sends Consent and signs the assertion alone; nobody else seen does both.
	if strings.HasSuffix(r.Consent.Value, ":consent:unspecified") && strings.HasPrefix(r.Issuer.Value, "http://") && assertionOnly(r) {
		return ADFS, "it carries Consent and an assertion-only signature, as AD FS sends them"
	}
	if r.Issuer.Value == "" && len(r.Assertions) == 0 {
		return Unknown, "there is no response to recognise it by"
	}
	return Unknown, fmt.Sprintf("issuer %q fits none of the products known", short(r.Issuer.Value))
}

// before returns the exchanges up to the one that carried the response: later
// ones are AWS's.
func before(c evidence.Capture) []evidence.Exchange {
	all := c.Exchanges[:min(len(c.Exchanges), maxSeen)]
	var out []evidence.Exchange
	for _, e := range all {
		if e.Party != "aws-signin" && e.Party != "aws-console" && e.Party != "connect" {
			out = append(out, e)
		}
	}
	return out
}

func assertionOnly(r evidence.Response) bool {
	for _, s := range r.Signatures {
		if s.Over != "assertion" {
			return false
		}
	}
	return len(r.Signatures) > 0
}

func short(s string) string {
	if rs := []rune(s); len(rs) > 80 {
		return string(rs[:79]) + "…"
	}
	return s
}
