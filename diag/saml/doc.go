// Package saml reads a SAML response into evidence: every value exactly as
// sent, each with its place, whatever the response's faults.
//
// It judges nothing. Names are matched by namespace and never by prefix; a
// DTD is found and not processed; white space is kept. What is encrypted
// stays closed unless a key opens it, and then the opened assertion stands
// in the document in place of the closed one.
package saml

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

// The namespaces of SAML and what goes with it.
const (
	protocol    = "urn:oasis:names:tc:SAML:2.0:protocol"
	assertion   = "urn:oasis:names:tc:SAML:2.0:assertion"
	protocol11  = "urn:oasis:names:tc:SAML:1.0:protocol"
	assertion11 = "urn:oasis:names:tc:SAML:1.0:assertion"
	xenc        = "http://www.w3.org/2001/04/xmlenc#"
	xenc11      = "http://www.w3.org/2009/xmlenc11#"
	instance    = "http://www.w3.org/2001/XMLSchema-instance"
)

// A SyntaxError says why a document is no XML that can be read, and where.
type SyntaxError = markup.SyntaxError

// NotResponse is the error for XML that is no SAML response.
type NotResponse struct {
	Root  string // the root element's name
	Space string // its namespace
}

// Error is one sentence that says what the document is instead.
func (e *NotResponse) Error() string {
	switch {
	case e.Space == protocol && (e.Root == "AuthnRequest" || e.Root == "LogoutRequest"):
		return fmt.Sprintf("the document is a SAML request (%s), not a response", e.Root)
	case e.Space == protocol11 && e.Root == "Request":
		return "the document is a SAML 1.1 request, not a response"
	case e.Space == protocol:
		return fmt.Sprintf("the document is a SAML %s, not a Response", e.Root)
	case e.Root == "EntityDescriptor" || e.Root == "EntitiesDescriptor":
		return "the document is SAML metadata, not a response"
	case e.Root == "Response" || e.Root == "Assertion":
		return fmt.Sprintf("the root element %s is not in a SAML namespace", e.Root)
	}
	return fmt.Sprintf("the root element %s is not a SAML response", e.Root)
}

// Options say where a document comes from and what may be done with it.
type Options struct {
	// EncodedLen is the number of base64 characters that were posted.
	EncodedLen int
	// Decoded tells that some viewer had decoded the document already.
	Decoded bool
	// Keys are private keys to open encrypted assertions with:
	// *rsa.PrivateKey. Others are passed over.
	Keys []any
}

// Tree reads a document into nodes with their places, as the tree pane shows
// them; the document may be of any encoding that [Parse] takes. Of a
// Response's XML the places are the response's spots.
func Tree(doc []byte) (*markup.Tree, error) {
	t, _, err := markup.Read(doc)
	return t, err
}

// spot is a node's place.
func spot(t *markup.Tree, i int) evidence.Spot {
	n := &t.Nodes[i]
	return evidence.Spot{In: evidence.InResponse, Path: t.Path(i), Start: n.Start, End: n.End, Line: n.Line}
}

// text is the text of an element; its place is that of the value.
func text(t *markup.Tree, i int) evidence.Text {
	if i < 0 {
		return evidence.Text{}
	}
	at := spot(t, i)
	at.Start, at.End = t.Nodes[i].ValueStart, t.Nodes[i].ValueEnd
	v := evidence.Text{Value: t.Text(i), Present: true, At: at}
	if t.Nodes[i].Kind != markup.Element {
		v.Value = t.Nodes[i].Value
	}
	return v
}

// attr is an attribute without a namespace.
func attr(t *markup.Tree, element int, name string) evidence.Text {
	return text(t, t.Attr(element, "", name))
}

// moment is an attribute of the type xs:dateTime.
func moment(t *markup.Tree, element int, name string) evidence.Instant {
	v := evidence.Instant{Text: attr(t, element, name)}
	if v.Present {
		when, ok := markup.Time(v.Value)
		v.Time, v.Bad = when, !ok
	}
	return v
}
