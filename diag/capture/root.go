package capture

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf16"

	"example.com/samlens/diag/markup"
)

// A Root is what can be told of a document by its first elements.
type Root struct {
	Name, Space string // local name and namespace
	ID          string // the root's ID, AssertionID or ResponseID
	Issuer      string // the first Issuer element's text, or the Issuer attribute
	Version     string
	// Inner is the local name of the first response or assertion of the SAML
	// namespaces: the root's own, or of one inside SOAP or WS-Trust.
	Inner      string
	InnerSpace string
}

// Namespaces that matter for telling documents apart.
const (
	nsProtocol   = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion  = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsMetadata   = "urn:oasis:names:tc:SAML:2.0:metadata"
	nsProtocol1  = "urn:oasis:names:tc:SAML:1.0:protocol"
	nsAssertion1 = "urn:oasis:names:tc:SAML:1.0:assertion"
)

// peekLimit bounds how much of a document is looked at, in bytes and tokens.
const (
	peekLimit  = 64 << 10
	peekTokens = 400
)

// peekRoot reads the beginning of a document. It forgives much: a document
// that breaks later, or a prefix without a namespace, still has a name.
func peekRoot(doc []byte) (r Root, ok bool) {
	b := utf8Head(doc)
	d := xml.NewDecoder(bytes.NewReader(markup.Version10(b)))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	spaces := map[string]string{}
	inIssuer := false
	for range peekTokens {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			for _, a := range t.Attr {
				switch {
				case a.Name.Space == "xmlns":
					spaces[a.Name.Local] = a.Value
				case a.Name.Space == "" && a.Name.Local == "xmlns":
					spaces[""] = a.Value
				}
			}
			space := spaces[t.Name.Space]
			if !ok {
				ok = true
				r.Name, r.Space = t.Name.Local, space
				for _, a := range t.Attr {
					switch a.Name.Local {
					case "ID", "AssertionID", "ResponseID":
						r.ID = a.Value
					case "Issuer":
						r.Issuer = a.Value
					case "Version":
						r.Version = a.Value
					}
				}
			}
			if r.Inner == "" && strings.HasPrefix(space, "urn:oasis:names:tc:SAML:") && isToken(t.Name.Local) {
				r.Inner, r.InnerSpace = t.Name.Local, space
			}
			inIssuer = t.Name.Local == "Issuer" && r.Issuer == ""
		case xml.CharData:
			if inIssuer {
				r.Issuer = strings.TrimSpace(string(t))
				return r, ok
			}
		case xml.EndElement:
			inIssuer = false
		}
	}
	return r, ok
}

// isToken reports whether an element is a response or an assertion.
func isToken(name string) bool {
	return name == "Response" || name == "Assertion" || name == "EncryptedAssertion"
}

// utf8Head returns the beginning of a document as UTF-8.
func utf8Head(doc []byte) []byte {
	b := doc[:min(len(doc), peekLimit)]
	little := len(b) > 3 && (b[0] == 0xFF && b[1] == 0xFE || b[0] == '<' && b[1] == 0)
	big := len(b) > 3 && (b[0] == 0xFE && b[1] == 0xFF || b[0] == 0 && b[1] == '<')
	if !little && !big {
		return bytes.TrimPrefix(b, []byte{0xEF, 0xBB, 0xBF})
	}
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if little {
			u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
		} else {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		}
	}
	return []byte(strings.TrimPrefix(string(utf16.Decode(u)), "\uFEFF"))
}

// A content is what an XML document turned out to be.
type content uint8

const (
	otherXML      content = iota
	samlResponse          // a SAML 2.0 Response or a bare assertion
	samlOld               // SAML 1.x
	samlFederated         // WS-Federation or WS-Trust around a token
	samlRequest           // AuthnRequest, LogoutRequest, …
	samlMetadata
	htmlPage
)

// content tells what the document is.
func (r Root) content() content {
	switch r.Name {
	case "Response", "Assertion", "EncryptedAssertion":
		switch {
		case r.Space == nsProtocol1 || r.Space == nsAssertion1:
			return samlOld
		case r.Space == nsProtocol || r.Space == nsAssertion || strings.HasPrefix(r.Space, "urn:oasis:names:tc:SAML:"):
			return samlResponse
		case r.Space == "" || r.Inner != "":
			return samlResponse
		}
	case "AuthnRequest", "LogoutRequest", "LogoutResponse", "ArtifactResolve", "AttributeQuery", "ManageNameIDRequest", "NameIDMappingRequest":
		return samlRequest
	case "ArtifactResponse":
		return samlResponse
	case "EntityDescriptor", "EntitiesDescriptor":
		return samlMetadata
	case "RequestSecurityTokenResponse", "RequestSecurityTokenResponseCollection":
		return samlFederated
	case "html", "HTML":
		return htmlPage
	}
	switch r.InnerSpace {
	case nsProtocol, nsAssertion:
		return samlResponse
	case nsProtocol1, nsAssertion1:
		return samlOld
	}
	return otherXML
}
