package redact

import (
	"html"
	"strings"

	"example.com/samlens/diag/expression"
)

var (
	silent  = expression.Lazy(`(?is)<(script|style|svg|noscript|template|iframe|object)\b.*?</(?:script|style|svg|noscript|template|iframe|object)\s*>|<!--.*?-->`)
	tags    = expression.Lazy(`(?s)<[!/]?[A-Za-z][^<>]*>`)
	tagName = expression.Lazy(`^<([!/]?[A-Za-z][A-Za-z0-9]*)`)
	pairs   = expression.Lazy(`(?s)([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
)

// page redacts an HTML document. Of AWS's pages, which show the error, the text
// stays; of all others only forms and the SAML fields in them.
func (n *Names) page(doc string, fromAWS bool) string {
	doc = silent().ReplaceAllString(doc, "")
	var b strings.Builder
	done := 0
	for _, at := range tags().FindAllStringIndex(doc, -1) {
		n.words(&b, doc[done:at[0]], fromAWS)
		n.tag(&b, doc[at[0]:at[1]], fromAWS)
		done = at[1]
	}
	n.words(&b, doc[done:], fromAWS)
	return b.String()
}

func (n *Names) words(b *strings.Builder, s string, stay bool) {
	if plain := html.UnescapeString(s); stay {
		if got := n.text(plain); got != plain {
			s = html.EscapeString(got)
		}
		b.WriteString(s)
	} else if strings.TrimSpace(s) != "" {
		b.WriteString("…")
	}
}

// tag writes a tag with the attributes that a diagnosis reads.
func (n *Names) tag(b *strings.Builder, tag string, fromAWS bool) {
	name := strings.ToLower(tagName().FindString(tag))
	if name == "<!doctype" {
		b.WriteString("<!doctype html>")
		return
	}
	attrs := map[string]string{}
	for _, p := range pairs().FindAllStringSubmatch(tag, -1) {
		attrs[strings.ToLower(p[1])] = html.UnescapeString(p[2] + p[3] + p[4])
	}
	b.WriteString(name)
	put := func(k, v string) { b.WriteString(" " + k + `="` + html.EscapeString(v) + `"`) }
	for _, k := range []string{"type", "method", "id", "class", "name"} {
		if v, ok := attrs[k]; ok && (fromAWS || k != "id" && k != "class") {
			put(k, n.text(v))
		}
	}
	if v, ok := attrs["action"]; ok {
		put("action", n.link(v))
	}
	if v, ok := attrs["value"]; ok {
		put("value", n.field(attrs["name"], v))
	}
	if v, ok := attrs["for"]; ok && fromAWS {
		put("for", n.text(v))
	}
	if v, ok := attrs["content"]; ok && attrs["http-equiv"] != "" {
		put("http-equiv", n.text(attrs["http-equiv"]))
		put("content", n.text(v))
	}
	if strings.HasSuffix(tag, "/>") {
		b.WriteString("/")
	}
	b.WriteString(">")
}

// link redacts an address that may be relative.
func (n *Names) link(s string) string {
	if strings.Contains(s, "://") {
		return n.url(s)
	}
	return n.path(s)
}
