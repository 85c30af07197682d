package redact

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
	"example.com/samlens/diag/markup"
	"example.com/samlens/diag/saml"
)

// algorithm is put before the algorithm of a signature that was taken out. One of
// that name nobody can compute, which is the truth.
const algorithm = "urn:" + Marker + ":"

// width is how long a line of base64 is that stays: a certificate's, or the
// redacted message's. No run is longer.
const width = 48

// message redacts a SAML message in any of its wrappings and reports whether
// the value is one. What goes in as base64 comes out as base64, in lines.
func (n *Names) message(value string) (string, bool) {
	d, err := envelope.Open(envelope.Value{Text: []byte(value), At: evidence.Spot{In: evidence.InHAR}})
	if err != nil {
		return "", false
	}
	out, ok := n.document(d.XML)
	if !ok {
		if !envelope.XML(d.XML) {
			return "", false
		}
		out = []byte(n.free(string(d.XML))) // broken XML, and broken the copy stays
	}
	if d.EncodedLen == 0 {
		return string(out), true
	}
	return lines(base64.StdEncoding.EncodeToString(out), "\r\n"), true
}

// lines breaks a run into lines.
func lines(s, end string) string {
	var b strings.Builder
	for len(s) > width {
		b.WriteString(s[:width] + end)
		s = s[width:]
	}
	return b.String() + s
}

// document redacts an XML document: every value in its place, everything
// between the values byte for byte. It reports false for what is no XML, or
// broken.
func (n *Names) document(doc []byte) ([]byte, bool) {
	text, _, err := markup.Decode(doc)
	if err != nil {
		return nil, false
	}
	var syntax *saml.SyntaxError
	if _, err := saml.Parse(doc, saml.Options{}); errors.As(err, &syntax) {
		return nil, false
	}
	t, err := markup.Parse(text)
	if err != nil || len(t.Nodes) == 0 {
		return nil, false
	}
	var out bytes.Buffer
	done := 0
	root, marked := &t.Nodes[t.Root], false
	put := func(start, end int, s string) {
		if !marked && start >= root.ValueStart && root.ValueEnd > root.ValueStart {
			marked = true
			out.Write(t.Source[done:root.ValueStart])
			out.WriteString("<!--" + Marker + ": names are pseudonyms, signature values are taken out-->")
			done = root.ValueStart
		}
		if start < done || end < start {
			return
		}
		out.Write(t.Source[done:start])
		out.WriteString(s)
		done = end
	}
	if head := declared().FindSubmatchIndex(t.Source); head != nil && head[0] == 0 {
		put(head[2], head[3], "UTF-8") // which it is now
	}
	for i := range t.Nodes {
		x := &t.Nodes[i]
		switch x.Kind {
		case markup.Comment:
			rest := "<!---->"
			if strings.Contains(x.Value, Marker) {
				rest = "" // an earlier copy's own
			}
			put(x.Start, x.End, rest)
		case markup.Instruction, markup.Doctype:
			put(x.Start, x.End, "")
		case markup.CDATA, markup.Text:
			if got := n.content(t, i); got != x.Value {
				put(x.Start, x.End, escaped(got, x.Kind))
			}
		case markup.Attribute:
			if got := n.attribute(t, i); got != x.Value {
				put(x.ValueStart, x.ValueEnd, escaped(got, x.Kind))
			}
		case markup.Element, markup.Declaration:
		}
	}
	put(root.End, root.End, "")
	out.Write(t.Source[done:min(len(t.Source), max(done, root.End))])
	return digested(out.Bytes()), true
}

// maxDigests bounds how many digests of a document are made anew.
const maxDigests = 8

// digested puts the digests of the copy in place of those that were taken out,
// inner signatures first: an outer one covers them. They prove nothing, for
// nothing signs them; but what a signature covers can be told by them.
func digested(doc []byte) []byte {
	for range maxDigests {
		r, err := saml.Parse(doc, saml.Options{})
		if err != nil || !bytes.Equal(r.XML, doc) {
			return doc
		}
		at, sum := -1, ""
		for _, s := range slices.Backward(r.Signatures) {
			for _, ref := range s.References {
				if i := bytes.Index(doc[ref.At.Start:ref.At.End], []byte(taken)); i >= 0 && len(ref.Computed) > 0 {
					at, sum = ref.At.Start+i, base64.StdEncoding.EncodeToString(ref.Computed)
				}
			}
			if at >= 0 {
				break
			}
		}
		if at < 0 {
			return doc
		}
		doc = slices.Concat(doc[:at], []byte(sum), doc[at+len(taken):])
	}
	return doc
}

var declared = expression.Lazy(`^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']`)

// escaped writes a value so that it reads back as it is, in text and in an
// attribute's quotes of either kind. Line ends of a text stay line ends.
func escaped(s string, k markup.Kind) string {
	if k == markup.Attribute {
		return inAttribute.Replace(s)
	}
	return inElement.Replace(s)
}

var (
	inElement   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	inAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;", "\n", "&#xA;", "\t", "&#x9;", `"`, "&quot;", "'", "&apos;")
)

// taken stands for a signature's bytes: base64, as its place wants it.
var taken = base64.StdEncoding.EncodeToString([]byte(Marker))

// content redacts the text node i by the element that it stands in.
func (n *Names) content(t *markup.Tree, i int) string {
	x := &t.Nodes[i]
	if strings.TrimSpace(x.Value) == "" || x.Parent < 0 {
		return x.Value
	}
	switch parent := &t.Nodes[x.Parent]; parent.Name {
	case "SignatureValue", "DigestValue", "CipherValue", "Modulus", "PGPKeyPacket", "BinarySecurityToken":
		return taken
	case "X509Certificate":
		return "\n" + lines(strings.Join(strings.Fields(x.Value), ""), "\n") + "\n"
	case "NameID", "NameIdentifier":
		return n.person(x.Value)
	case "AttributeValue":
		return n.attributeValue(t, parent, x.Value)
	case "Issuer", "Audience", "Location":
		if strings.Contains(x.Value, "://") {
			return n.url(x.Value)
		}
	}
	return n.text(x.Value)
}

// attributeValue redacts a value by its attribute's name, as it was meant even
// if it is misspelled.
func (n *Names) attributeValue(t *markup.Tree, value *markup.Node, s string) string {
	name := ""
	if value.Parent >= 0 {
		if a := t.Attr(value.Parent, "", "Name"); a >= 0 {
			name = t.Nodes[a].Value
		} else if a := t.Attr(value.Parent, "", "AttributeName"); a >= 0 {
			name = t.Nodes[a].Value
		}
	}
	switch kindOf(name) {
	case structural:
		return n.text(s)
	case personal:
		return n.person(s)
	case other:
	}
	if strings.Contains(s, "@") {
		return n.person(s)
	}
	return n.value(s)
}

// kind is what an attribute's value tells.
type kind uint8

const (
	other      kind = iota
	structural      // how somebody signs in: roles, durations
	personal        // who signs in
)

var people = expression.Lazy(`(?i)name|mail|upn|uid|user|login|sourceidentity|subject|eppn|principal|phone|title`)

func kindOf(name string) kind {
	last := strings.ToLower(strings.TrimSpace(strings.Trim(name, "/")))
	if i := strings.LastIndexAny(last, "/:"); i >= 0 {
		if strings.Contains(last, "principaltag") {
			return other
		}
		last = last[i+1:]
	}
	switch last {
	case "role", "roles", "sessionduration", "transitivetagkeys":
		return structural
	}
	if people().MatchString(last) {
		return personal
	}
	return other
}

// attribute redacts the attribute i by its name and its element's.
func (n *Names) attribute(t *markup.Tree, i int) string {
	x := &t.Nodes[i]
	element := t.Nodes[x.Parent].Name
	switch {
	case x.Name == "Algorithm" && element == "SignatureMethod":
		if strings.HasPrefix(x.Value, algorithm) {
			return x.Value
		}
		return algorithm + x.Value
	case x.Name == "SessionIndex":
		return n.session(x.Value)
	case x.Name == "ID" || x.Name == "InResponseTo" || x.Name == "URI" || x.Name == "AssertionID" || x.Name == "ResponseID":
		return x.Value // joins the parts of a response, and a response to its event
	case strings.Contains(x.Value, "://"):
		return n.url(x.Value)
	}
	return n.text(x.Value)
}

// session returns the pseudonym of a session at the identity provider.
func (n *Names) session(s string) string {
	return n.number("session", s, func(i int) string { return fmt.Sprintf("session-%d", i) })
}

// study learns who a message speaks of, for the names to be found outside it.
func (n *Names) study(value string) {
	d, err := envelope.Open(envelope.Value{Text: []byte(value), At: evidence.Spot{In: evidence.InHAR}})
	if err != nil {
		return
	}
	text, _, err := markup.Decode(d.XML)
	if err != nil {
		return
	}
	t, err := markup.Parse(text)
	if err != nil {
		return
	}
	for i := range t.Nodes {
		switch x := &t.Nodes[i]; {
		case x.Kind != markup.Element:
		case x.Name == "NameID" || x.Name == "NameIdentifier":
			n.person(t.Text(i))
			n.learn(t.Text(i))
		case x.Name == "AttributeValue":
			if s := t.Text(i); n.attributeValue(t, x, s) != n.text(s) {
				n.learn(s)
			}
		}
	}
}
