package capture

import (
	"net/url"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// The parties of a sign-in.
const (
	partyIDP     = evidence.PartyIDP
	partySignIn  = evidence.PartySignIn
	partyConsole = evidence.PartyConsole
	partyConnect = evidence.PartyConnect
	partyCenter  = evidence.PartyCenter
	partyOther   = evidence.PartyOther
)

// party tells whose an address is, as far as the host alone tells.
func party(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	is := func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }
	switch {
	case is("sign-in.connect.aws"):
		return partySignIn
	case endpoint.IsConnectHost(host), is("my.connect.aws"):
		return partyConnect
	case is("awsapps.com"):
		if strings.HasPrefix(u.Path, "/connect") || strings.HasPrefix(u.Path, "/auth") {
			return partyConnect
		}
		return partyCenter
	case (is("signin.aws.amazon.com") || is("signin.aws") || is("sign-in.aws")) && strings.Contains(u.Path, "/platform/"),
		is("signin.aws"), is("sign-in.aws"), is("app.aws") && strings.Contains(host, ".portal."),
		strings.HasPrefix(host, "portal.sso.") && is("amazonaws.com"):
		return partyCenter
	case is("signin.aws.amazon.com"), is("signin.amazonaws-us-gov.com"), is("signin.amazonaws.cn"):
		return partySignIn
	case is("console.aws.amazon.com"), is("console.amazonaws-us-gov.com"), is("console.amazonaws.cn"):
		return partyConsole
	}
	return ""
}

// ofAWS reports whether a party's clock is AWS's and its pages can be AWS's
// answer.
func ofAWS(party string) bool {
	switch party {
	case partySignIn, partyConsole, partyConnect, partyCenter:
		return true
	}
	return false
}

// secretNames are query parameters whose values can sign someone in.
var secretNames = []string{"token", "code", "secret", "passw", "session", "samlresponse", "samlrequest", "signature", "assertion", "authstate", "ticket", "nonce", "apikey", "credential", "flowexec", "sig", "jwt", "auth"}

// safeURL masks what in an address can sign someone in.
func safeURL(raw string) string {
	base, query, has := strings.Cut(raw, "?")
	base, frag, hasFrag := strings.Cut(base, "#")
	if i := strings.Index(base, "://"); i >= 0 {
		if j := strings.IndexByte(base[i+3:], '@'); j >= 0 && !strings.Contains(base[i+3:i+3+j], "/") {
			base = base[:i+3] + "…" + base[i+3+j:]
		}
	}
	if hasFrag && frag != "" {
		base += "#" + maskFields(frag)
	}
	if has {
		base += "?" + maskFields(query)
	}
	return printable(base, 2000)
}

func maskFields(query string) string {
	parts := strings.Split(query, "&")
	for i, p := range parts {
		name, value, ok := strings.Cut(p, "=")
		if !ok || value == "" {
			continue
		}
		low := strings.ToLower(name)
		for _, s := range secretNames {
			if strings.Contains(low, s) {
				parts[i] = name + "=…"
				break
			}
		}
		if len(value) > 400 {
			parts[i] = name + "=…"
		}
	}
	return strings.Join(parts, "&")
}

// printable cuts a text to n bytes and takes out what a terminal would act
// on.
func printable(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0 || isBidi(r) || r == '\uFFFD' {
			return '·'
		}
		return r
	}, s)
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

func isBidi(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C || r == 0xFEFF || r == 0x2028 || r == 0x2029
}
