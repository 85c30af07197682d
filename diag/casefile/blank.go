package casefile

import (
	"bytes"
	"fmt"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
	"example.com/samlens/diag/markup"
)

// The elements whose text makes a response one that is taken.
const (
	dsig = "http://www.w3.org/2000/09/xmldsig#"
	xenc = "http://www.w3.org/2001/04/xmlenc#"
)

// blank replaces the signature values and ciphertexts of a document by as many
// letters A. White space stays, and so does every place.
func blank(doc []byte) []byte {
	out := bytes.Clone(doc)
	t, _, err := markup.Read(doc)
	if err != nil || len(t.Source) != len(doc) {
		return nil // of a document that was read before: cannot be
	}
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if n.Kind != markup.Element || !n.Is(dsig, "SignatureValue") && !n.Is(xenc, "CipherValue") {
			continue
		}
		veil(out[n.ValueStart:n.ValueEnd])
	}
	return out
}

// veil writes letters A over the base64 in an element's content. What is
// between < and > or between & and ; is XML's own.
func veil(content []byte) {
	until := byte(0)
	for i, b := range content {
		switch {
		case until != 0:
			if b == until {
				until = 0
			}
		case b == '<':
			until = '>'
		case b == '&':
			until = ';'
		case b > ' ':
			content[i] = 'A'
		}
	}
}

var declared = expression.Lazy(`^<\?xml[^>]{0,200}?encoding\s*=\s*(?:"[^"]*"|'[^']*')`)

// inUTF8 makes the declaration of a document that was brought to UTF-8 say so,
// in as many bytes.
func inUTF8(doc []byte, encoding string) []byte {
	const utf8 = `"UTF-8"`
	if encoding == "UTF-8" {
		return doc
	}
	d := declared().FindIndex(doc)
	if d == nil {
		return doc
	}
	at := d[0] + bytes.LastIndexByte(doc[:d[1]], '=') + 1
	if room := d[1] - at; room >= len(utf8) {
		out := bytes.Clone(doc)
		copy(out[at:], utf8+strings.Repeat(" ", room-len(utf8)))
		return out
	}
	return doc
}

// redactCapture takes out of a capture what no diagnosis reads.
func redactCapture(c evidence.Capture) evidence.Capture {
	post := func(p evidence.Post) evidence.Post { p.URL = address(p.URL); return p }
	if c.Posted != nil {
		p := post(*c.Posted)
		c.Posted = &p
	}
	others := c.OtherPosts
	c.OtherPosts = nil
	for _, p := range others {
		c.OtherPosts = append(c.OtherPosts, post(p))
	}
	hops := c.Exchanges
	c.Exchanges = nil
	for _, e := range hops {
		e.URL, e.Redirect, e.Text, e.ResponseBody = address(e.URL), address(e.Redirect), prose(e.Text), ""
		c.Exchanges = append(c.Exchanges, e)
	}
	if c.Observed != nil {
		o := *c.Observed
		o.URL, o.Text = address(o.URL), prose(o.Text)
		c.Observed = &o
	}
	if c.Direct != nil {
		d := *c.Direct
		d.URL, d.Text = address(d.URL), prose(d.Text)
		c.Direct = &d
	}
	c.RelayState.Value.Value = relay(c.RelayState.Value.Value)
	return c
}

// relay leaves the end of an opaque relay state out: it may be a token. An
// address stays, as its instance and path are what is judged.
func relay(s string) string {
	if endpoint.ParseRelay(s).Target != endpoint.ToElse || strings.Contains(s, "://") {
		return address(s)
	}
	if r := []rune(s); len(r) > 12 {
		return string(r[:4]) + fmt.Sprintf("…(%d characters left out)", len(r)-4)
	}
	return s
}

// read are the parameters of addresses that a diagnosis reads.
var read = map[string]bool{"destination": true, "new_domain": true, "region": true}

// address leaves the values of an address's parameters out, and what else in
// it may be a token.
func address(s string) string {
	head, fragment, marked := strings.Cut(s, "#")
	path, query, asks := strings.Cut(head, "?")
	if scheme, rest, ok := strings.Cut(path, "://"); ok {
		host, tail, slash := strings.Cut(rest, "/")
		if _, bare, ok := strings.Cut(host, "@"); ok {
			host = bare
		}
		path = scheme + "://" + host
		if slash {
			path += "/" + tail
		}
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = prose(p)
	}
	out := strings.Join(parts, "/")
	if asks {
		fields := strings.Split(query, "&")
		for i, f := range fields {
			name, value, _ := strings.Cut(f, "=")
			if value != "" && (!read[name] || len(value) > 200) {
				fields[i] = name + "=-"
			}
		}
		out += "?" + strings.Join(fields, "&")
	}
	if marked && (len(fragment) > 64 || strings.Contains(fragment, "=")) {
		fragment = "-"
	}
	if marked {
		out += "#" + fragment
	}
	return out
}

var long = expression.Lazy(`[A-Za-z0-9+/_=.~-]{100,}`)

// prose leaves what can only be a token or a message out of a text.
func prose(s string) string {
	return long().ReplaceAllStringFunc(s, func(m string) string { return fmt.Sprintf("(%d characters left out)", len(m)) })
}

var secret = expression.Lazy(`("(?i:sessionToken|secretAccessKey|accessToken|refreshToken|samlAssertion)"\s*:\s*")(?:[^"\\]|\\.)*"`)

// redactEvents leaves the tokens of sessions out of events.
func redactEvents(f evidence.Fact[[]evidence.TrailEvent]) evidence.Fact[[]evidence.TrailEvent] {
	out := make([]evidence.TrailEvent, len(f.Value))
	for i, e := range f.Value {
		e.Raw = secret().ReplaceAll(e.Raw, []byte(`${1}-"`))
		out[i] = e
	}
	if f.Value != nil {
		f.Value = out
	}
	return f
}
