package redact

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// loose takes JSON as captures have it: names twice, strings that were cut in
// the middle of a character.
var loose = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// about is what has to be known of a value before it is redacted, and may
// stand behind it.
type about struct {
	// names are, by the pointer of a {name, value} object or a [name, value]
	// pair, its name.
	names map[jsontext.Pointer]string
	// strings are those that others depend on: an entry's URL, a body's type.
	strings map[jsontext.Pointer]string
}

// survey goes over a value without changing it.
func survey(v jsontext.Value) about {
	a := about{map[jsontext.Pointer]string{}, map[jsontext.Pointer]string{}}
	each(v, func(at jsontext.Pointer, s string) {
		switch at.LastToken() {
		case "name", "0":
			a.names[at.Parent()] = s
		case "url", "mimeType", "encoding":
			a.strings[at] = s
		case "text":
			a.strings[at] = "" // that it is there
		}
	})
	return a
}

// each calls f for every string that is a value.
func each(v jsontext.Value, f func(at jsontext.Pointer, s string)) {
	d := jsontext.NewDecoder(bytes.NewReader(v), loose...)
	for {
		t, err := d.ReadToken()
		if err != nil {
			return
		}
		if k, n := d.StackIndex(d.StackDepth()); t.Kind() == '"' && (k != '{' || n%2 == 0) {
			f(d.StackPointer(), t.String())
		}
	}
}

// entry redacts one value of JSON, such as an entry of an archive; base is
// where it stands in the file.
func (n *Names) entry(base jsontext.Pointer, v jsontext.Value) (jsontext.Value, error) {
	a := survey(v)
	var out bytes.Buffer
	d, e := jsontext.NewDecoder(bytes.NewReader(v), loose...), jsontext.NewEncoder(&out, loose...)
	for {
		t, err := d.ReadToken()
		if err != nil {
			return bytes.TrimSpace(out.Bytes()), nil //nolint:nilerr // the value was read whole before: this is its end
		}
		switch k, i := d.StackIndex(d.StackDepth()); {
		case t.Kind() != '"':
		case k != '{' || i%2 == 0:
			t = jsontext.String(n.member(a, base, d.StackPointer(), t.String()))
		case t.String() == attached && d.PeekKind() == '"':
			v, err := d.ReadToken()
			if err != nil {
				return nil, fmt.Errorf("read the name of a body's file: %w", err)
			}
			key, s := n.attach(a, d.StackPointer().Parent(), v.String())
			if err := errors.Join(e.WriteToken(jsontext.String(key)), e.WriteToken(jsontext.String(s))); err != nil {
				return nil, err
			}
			continue
		}
		if err := e.WriteToken(t); err != nil {
			return nil, err
		}
	}
}

// member redacts one string by where it stands.
func (n *Names) member(a about, base, at jsontext.Pointer, s string) string {
	if s == "" {
		return s
	}
	parent := at.Parent()
	key, list := (base + at).LastToken(), (base + at).Parent().Parent().LastToken()
	if name, ok := a.names[parent]; ok && (key == "value" || key == "1") {
		return n.named(list, name, s)
	}
	switch key {
	case "url", "redirectURL", "originalUrl", "documentURL", "referrer", "href", "pageref":
		return n.link(s)
	case "text":
		return n.body(a, parent, s)
	case "encoding":
		return "" // what is left is text
	case "saml", "SAMLMetadataDocument":
		if out, ok := n.document([]byte(s)); ok {
			return string(out)
		}
		return Marker
	case "title": // of a page: as much about the user as the page, and never read
		return Marker
	case "data", "sentryTrace", "stack", "password", "_sha1":
		return Marker
	case "name", "0":
		if len(s) < 100 {
			return n.text(s)
		}
	case "Username", "UserName", "userName", "Email", "FirstName", "LastName", "DisplayName", "principalId":
		return n.person(s)
	}
	if g := (base + at).Parent().LastToken(); g == "SAMLResponse" || g == "RelayState" || g == "SAMLRequest" || list == "post" {
		return n.field(g, s) // the older form of SAML-tracer: lists by name
	}
	return n.text(s)
}

// named redacts the value of a {name, value} object by the list it is in.
func (n *Names) named(list, name, s string) string {
	switch list {
	case "headers", "requestHeaders", "responseHeaders":
		return n.header(name, s)
	case "cookies":
		return Marker
	}
	if plain, err := url.QueryUnescape(s); err == nil && plain != s && strings.Contains(s, "%") {
		return url.QueryEscape(n.field(name, plain)) // as some writers keep it
	}
	return n.field(name, s)
}

// body redacts the text of a request or an answer.
func (n *Names) body(a about, content jsontext.Pointer, s string) string {
	if a.strings[content+"/encoding"] == "base64" {
		plain, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
		if err != nil {
			return Marker
		}
		s = string(plain)
	}
	return n.plainBody(a, content, s)
}

// plainBody redacts the text of a request or an answer that is in no encoding.
func (n *Names) plainBody(a about, content jsontext.Pointer, s string) string {
	mime := strings.ToLower(a.strings[content+"/mimeType"])
	if content.LastToken() == "content" {
		if !strings.Contains(mime, "html") && !looksLikePage(s) {
			return Marker
		}
		u, err := url.Parse(a.strings[content.Parent().Parent()+"/request/url"])
		return n.page(s, err == nil && ours(u.Hostname()))
	}
	if strings.Contains(s, "=") && !strings.ContainsAny(s[:min(len(s), 40)], "{<\"") && !strings.Contains(mime, "multipart") {
		return n.query(s)
	}
	return Marker
}

func looksLikePage(s string) bool {
	head := strings.ToLower(strings.TrimSpace(s[:min(len(s), 200)]))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}

// harmless are the headers that stay; what they hold is redacted as text.
var harmless = map[string]bool{
	"date": true, "server": true, "user-agent": true, "cache-control": true, "expires": true, "pragma": true, "vary": true, "age": true, "last-modified": true, "via": true,
	"connection": true, "keep-alive": true, "transfer-encoding": true, "upgrade": true, "upgrade-insecure-requests": true, "strict-transport-security": true, "x-frame-options": true,
	":method": true, ":scheme": true, ":status": true, "x-amzn-requestid": true, "x-amzn-errortype": true, "x-amz-request-id": true, "x-content-type-options": true, "x-xss-protection": true,
}

// header redacts a header's value.
func (n *Names) header(name, s string) string {
	switch low := strings.ToLower(name); {
	case low == "location" || low == "referer" || low == "origin" || low == ":path" || low == "content-location":
		return n.link(s)
	case low == "host" || low == ":authority":
		return n.host(s)
	case harmless[low] || strings.HasPrefix(low, "accept") || strings.HasPrefix(low, "sec-") || strings.HasPrefix(low, "content-"):
		return n.text(s)
	}
	return Marker
}
