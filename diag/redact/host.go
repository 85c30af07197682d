package redact

import (
	"fmt"
	"net"
	"slices"
	"strings"
)

// shared are the domains whose names tell of nobody: AWS's, those of standards,
// and those of services that many use.
var shared = []string{
	"amazonaws.com", "amazonaws.cn", "amazonaws-us-gov.com", "aws.amazon.com", "amazon.com", "signin.aws", "sign-in.aws", "app.aws", "awsstatic.com", "cloudfront.net",
	"w3.org", "oasis-open.org", "xmlsoap.org", "microsoft.com", "windows.net", "microsoftonline.com", "microsoftonline.us", "google.com", "jumpcloud.com", "pingidentity.com",
}

// tenanted are the domains below which each customer has a name.
var tenanted = []string{
	"my.connect.aws", "awsapps.com", "connect.aws", "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "onelogin.com", "auth0.com", "pingone.com", "pingone.eu", "pingone.asia", "pingone.ca",
	"cloudapp.net", "b2clogin.com", "onmicrosoft.com", "cloudflareaccess.com", "duosecurity.com",
}

// roles are first labels that say what a host does and not whose it is.
var roles = []string{
	"www", "login", "sso", "auth", "auth-api", "accounts", "sts", "adfs", "fs", "idp", "saml", "federation", "keycloak", "portal", "app", "apps", "api", "admin", "id", "sign-in", "signin", "us", "eu", "global",
}

func under(host string, domains []string) string {
	for _, d := range domains {
		if host == d || strings.HasSuffix(host, "."+d) {
			return d
		}
	}
	return ""
}

// ours reports whether a host is AWS's, whose pages can show the error.
func ours(host string) bool {
	host = strings.ToLower(host)
	return under(host, shared[:8]) != "" || under(host, []string{"connect.aws", "awsapps.com"}) != ""
}

// host returns the pseudonym of a host's name, which may have a port.
func (n *Names) host(s string) string {
	name, port, ok := strings.Cut(s, ":")
	if ok {
		port = ":" + port
	}
	low := strings.ToLower(name)
	switch {
	case name == "" || low == "localhost" || under(low, shared) != "":
		return s
	case net.ParseIP(name) != nil:
		return n.address(name) + port
	}
	if d := under(low, tenanted); d != "" {
		labels := strings.Split(strings.TrimSuffix(low, d), ".")
		for i, l := range labels {
			if l != "" && !slices.Contains(roles, l) && !strings.HasPrefix(l, "us-") && !strings.HasPrefix(l, "eu-") && !strings.HasPrefix(l, "ap-") {
				labels[i] = n.tenant(l)
			}
		}
		return strings.Join(labels, ".") + d + port
	}
	return n.domain(name) + port
}

// tenant is the name that a customer has at a service.
func (n *Names) tenant(label string) string {
	return n.number("tenant", label, func(i int) string { return fmt.Sprintf("tenant-%d", i) })
}

// domain returns the pseudonym of a domain: that of its owner, with the first
// labels that say what it is for.
func (n *Names) domain(s string) string {
	low := strings.ToLower(strings.TrimRight(s, "."))
	if under(low, shared) != "" || low == "localhost" {
		return s
	}
	if d := under(low, tenanted); d != "" {
		return n.host(low)
	}
	labels := strings.Split(low, ".")
	own := max(0, len(labels)-2)
	if len(labels) > 2 && slices.Contains([]string{"co", "com", "ac", "org", "gov", "net", "edu"}, labels[len(labels)-2]) {
		own--
	}
	p := n.number("company", strings.Join(labels[own:], "."), func(i int) string { return fmt.Sprintf("company-%d.example", i) })
	for i := own - 1; i >= 0; i-- {
		l := labels[i]
		if !slices.Contains(roles, l) {
			l = n.number("host", l, func(i int) string { return fmt.Sprintf("host-%d", i) })
		}
		p = l + "." + p
	}
	return p
}
