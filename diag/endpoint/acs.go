package endpoint

import (
	"net/url"
	"strings"

	"example.com/samlens/diag/expression"
)

// A Kind is whose assertion consumer service an address is.
type Kind string

// The kinds, as the JSON report's service_provider spells them.
const (
	Sign           Kind = "aws-iam"         // AWS sign-in: federation by an IAM SAML provider
	ConnectGlobal  Kind = "connect-global"  // Connect Global Resiliency's own sign-in
	IdentityCenter Kind = "identity-center" // IAM Identity Center as service provider
	Other          Kind = "other"
)

// An ACS is an assertion consumer service URL, taken apart.
type ACS struct {
	Kind      Kind
	Partition Partition
	// Region is "" for the global endpoint. GovCloud's region-less form is
	// served from us-gov-west-1 and has Region "".
	Region string
	// ProviderID is the SAMLProviderUUID of the form /saml/acs/ID.
	ProviderID string
	// Legacy tells the form /static/saml.
	Legacy bool
	// Instance is the Connect instance that a Global Resiliency URL names.
	Instance string
	// Query is the raw query, which AWS itself adds in some forms.
	Query string
	// Host is in lower case; Path as written.
	Host, Path string
	// Near says, for a host of AWS sign-in whose path or scheme is not an
	// ACS, what is off; "" otherwise.
	Near string
}

var (
	signHost    = expression.Lazy(`^(?:([a-z0-9-]+)\.)?signin\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$`)
	connectHost = expression.Lazy(`^([a-z0-9-]+)\.([a-z0-9-]+)\.sign-in\.connect\.aws$`)
	centerHost  = expression.Lazy(`^(?:[a-z0-9-]+\.)*(?:signin\.aws(?:\.amazon\.com)?|sso\.signin\.aws|sign-in\.aws)$`)
	acsPath     = expression.Lazy(`^/saml/acs/([A-Z0-9]+)/?$`)
)

// ParseACS takes an address apart. What is no AWS address has Kind Other.
func ParseACS(raw string) ACS {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return ACS{Kind: Other}
	}
	a := ACS{Kind: Other, Host: strings.ToLower(u.Hostname()), Path: u.EscapedPath(), Query: u.RawQuery}
	switch {
	case centerHost().MatchString(a.Host) && strings.Contains(a.Path, "/platform/saml"):
		a.Kind, a.Partition = IdentityCenter, AWS
		if label, _, ok := strings.Cut(a.Host, "."); ok && IsRegion(label) {
			a.Region = label
		}
	case signHost().MatchString(a.Host):
		m := signHost().FindStringSubmatch(a.Host)
		a.Partition = map[string]Partition{"aws.amazon.com": AWS, "amazonaws-us-gov.com": GovCloud, "amazonaws.cn": China}[m[2]]
		if IsRegion(m[1]) {
			a.Region = m[1]
		}
		a.sign(u)
	case connectHost().MatchString(a.Host):
		m := connectHost().FindStringSubmatch(a.Host)
		a.Kind, a.Partition, a.Instance, a.Region = ConnectGlobal, Of(m[2]), m[1], m[2]
		if strings.TrimSuffix(a.Path, "/") != "/saml" {
			a.Near = "the path is " + a.Path + ", not /saml"
		}
		if id := u.Query().Get("instanceId"); id != "" {
			a.Instance = id
		}
	}
	if a.Kind != Other && a.Near == "" && u.Scheme != "https" {
		a.Near = "the scheme is " + u.Scheme + ", not https"
	}
	return a
}

// sign settles the path of an AWS sign-in host.
func (a *ACS) sign(u *url.URL) {
	m := acsPath().FindStringSubmatch(a.Path)
	switch {
	case m != nil:
		a.Kind, a.ProviderID = Sign, m[1]
	case a.Path == "/saml":
		a.Kind = Sign
	case a.Path == "/static/saml":
		a.Kind, a.Legacy = Sign, true
	default:
		a.Near = "the path is " + u.Path + ", not /saml"
	}
}

// OK reports whether a is an ACS of AWS, whole.
func (a ACS) OK() bool { return a.Kind != Other && a.Near == "" }

// Same reports whether two addresses are one ACS: scheme and host without
// case, path as written, and the query only where both have one.
func Same(x, y string) bool {
	a, errA := url.Parse(strings.TrimSpace(x))
	b, errB := url.Parse(strings.TrimSpace(y))
	if errA != nil || errB != nil {
		return x == y
	}
	if !strings.EqualFold(a.Scheme, b.Scheme) || !strings.EqualFold(a.Host, b.Host) || a.EscapedPath() != b.EscapedPath() {
		return false
	}
	return a.RawQuery == "" || b.RawQuery == "" || strings.Trim(a.RawQuery, "&") == strings.Trim(b.RawQuery, "&")
}
