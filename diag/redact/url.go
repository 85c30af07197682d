package redact

import (
	"net/url"
	"strings"

	"example.com/samlens/diag/expression"
)

// kept are the parameters of an address whose values a diagnosis reads or
// that tell nothing.
var kept = map[string]bool{
	"region": true, "destination": true, "relaystate": true, "redirect_uri": true, "target": true, "wa": true, "wtrealm": true, "sigalg": true, "roleindex": true,
	"entityid": true, "providerid": true, "isauthcode": true, "goto": true, "resume": true, "loginaction": true,
}

// address redacts an address byte for byte: what is off about it (a slash too
// many, a space) stays.
func (n *Names) url(raw string) string {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok || len(scheme) > 40 || strings.ContainsAny(scheme, "/?#&=") {
		return n.path(raw)
	}
	end := strings.IndexAny(rest, "/?# \t\r\n")
	if end < 0 {
		end = len(rest)
	}
	authority := rest[:end]
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	path := rest[end:]
	if under(strings.ToLower(authority), entra) != "" {
		path = anyUUID().ReplaceAllStringFunc(path, n.uuid)
	}
	return scheme + "://" + n.host(authority) + n.path(path)
}

// entra are the hosts on whose paths Microsoft Entra ID writes the tenant's
// UUID, as in the issuer https://sts.windows.net/TENANT/.
var entra = []string{"windows.net", "microsoftonline.com", "microsoftonline.us"}

var anyUUID = expression.Lazy(`[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`)

// path redacts an address from its path on.
func (n *Names) path(s string) string {
	s, fragment, hasFragment := strings.Cut(s, "#")
	s, query, hasQuery := strings.Cut(s, "?")
	segments := strings.Split(s, "/")
	for i, seg := range segments {
		seg, params, _ := strings.Cut(seg, ";") // ;jsessionid=…
		if params != "" {
			seg += ";" + Marker
		}
		segments[i] = n.text(seg)
	}
	s = strings.Join(segments, "/")
	if hasQuery {
		s += "?" + n.query(query)
	}
	if hasFragment {
		if strings.Contains(fragment, "=") {
			fragment = n.query(fragment)
		}
		s += "#" + n.text(fragment)
	}
	return s
}

// query redacts name=value pairs as an address or a form body has them.
func (n *Names) query(q string) string {
	pairs := strings.Split(q, "&")
	for i, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || len(name) > 64 { // no name is that long
			pairs[i] = n.text(pair)
			continue
		}
		plain, err := url.QueryUnescape(value)
		if err != nil {
			pairs[i] = name + "=" + Marker
			continue
		}
		if got := n.field(name, plain); got != plain {
			value = url.QueryEscape(got)
		}
		pairs[i] = name + "=" + value
	}
	return strings.Join(pairs, "&")
}

var schemed = expression.Lazy(`^\s*[A-Za-z][A-Za-z0-9+.-]*(?::|%3[Aa])`)

// field redacts the value of one parameter, decoded once.
func (n *Names) field(name, value string) string {
	low := strings.ToLower(name)
	switch {
	case value == "":
		return value
	case low == "samlresponse" || low == "samlrequest" || low == "wresult":
		if out, ok := n.message(value); ok {
			return out
		}
		return Marker
	case !kept[low]:
		return Marker
	case strings.Contains(value, "%") && !strings.Contains(value, "://"):
		if inner, err := url.QueryUnescape(value); err == nil && inner != value {
			return url.QueryEscape(n.field(name, inner))
		}
	case low == "relaystate" && !schemed().MatchString(value) && !strings.HasPrefix(value, "/"):
		return Marker // an IdP's own handle, or nothing that AWS would follow
	}
	if strings.Contains(value, "://") {
		return n.url(value)
	}
	return n.path(value)
}
