package idp

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Signed says what of a response carries a signature.
type Signed int

// What is signed. Most identity providers sign the assertion.
const (
	Assertion Signed = iota
	Whole            // the response
	Both
	Nothing
)

// Algorithms for Response.Method. The empty one is RSA or ECDSA with SHA-256.
const (
	RSASHA1   = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
	RSASHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
	RSASHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
)

// Name formats.
const (
	Persistent   = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	Transient    = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
	EmailAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
	Unspecified  = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
)

// AWS is where the names of AWS's attributes begin.
const AWS = "https://aws.amazon.com/SAML/Attributes/"

// A Response is a sign-in as the identity provider tells it. Empty members are
// left out of the document, except where a default is named.
type Response struct {
	ID, AssertionID string // "_response", "_assertion"
	Issuer          string
	Destination     string // where it is posted; the Recipient where empty
	Recipient       string // https://signin.aws.amazon.com/saml; "-" for none
	Audience        string // urn:amazon:webservices; "-" for none
	InResponseTo    string
	Status          string // the top status code's last word: "Success"

	NameID, NameIDFormat string // format Persistent
	SessionName          string // the RoleSessionName attribute
	Roles                []string
	SessionDuration      string
	SourceIdentity       string
	Tags                 []Tag
	TransitiveTags       []string
	Attributes           []Attribute // further ones, after AWS's

	IssueInstant         time.Time
	NotBefore            time.Time // IssueInstant less 30 seconds
	NotOnOrAfter         time.Time // IssueInstant and 5 minutes
	SessionNotOnOrAfter  time.Time
	SessionIndex         string // the assertion's ID
	AuthnContextClassRef string // PasswordProtectedTransport

	Signed Signed
	Method string
	// Bare leaves the certificate out of the signature.
	Bare bool
	// EncryptTo encrypts the assertion, with AES-128-CBC and RSA-OAEP.
	EncryptTo *x509.Certificate
}

// A Tag is a session tag: an attribute PrincipalTag:Key.
type Tag struct{ Key, Value string }

// An Attribute is one of the assertion's.
type Attribute struct {
	Name, Format, Friendly string
	Type                   string // xsi:type of the values: "xs:string"; left out where empty
	Values                 []string
}

// Sign writes the response and signs it.
func (r Response) Sign(k Key) ([]byte, error) {
	r.defaults()
	assertion := r.assertion()
	var err error
	if r.Signed == Assertion || r.Signed == Both {
		if assertion, err = r.seal(assertion, k); err != nil {
			return nil, fmt.Errorf("signing the assertion: %w", err)
		}
	}
	if r.EncryptTo != nil {
		if assertion, err = encrypt(assertion, r.EncryptTo); err != nil {
			return nil, fmt.Errorf("encrypting the assertion: %w", err)
		}
	}
	response := r.envelope(assertion)
	if r.Signed == Whole || r.Signed == Both {
		if response, err = r.seal(response, k); err != nil {
			return nil, fmt.Errorf("signing the response: %w", err)
		}
	}
	return []byte(response), nil
}

// Encode writes a response as forms carry it.
func Encode(response []byte) string { return base64.StdEncoding.EncodeToString(response) }

func (r *Response) defaults() {
	or := func(s *string, d string) {
		if *s == "" {
			*s = d
		}
	}
	or(&r.ID, "_response")
	or(&r.AssertionID, "_assertion")
	or(&r.Recipient, "https://signin.aws.amazon.com/saml")
	or(&r.Audience, "urn:amazon:webservices")
	or(&r.Status, "Success")
	or(&r.NameIDFormat, Persistent)
	or(&r.SessionIndex, r.AssertionID)
	or(&r.AuthnContextClassRef, "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport")
	if r.Destination == "" && r.Recipient != "-" {
		r.Destination = r.Recipient
	}
	if r.NotBefore.IsZero() {
		r.NotBefore = r.IssueInstant.Add(-30 * time.Second)
	}
	if r.NotOnOrAfter.IsZero() {
		r.NotOnOrAfter = r.IssueInstant.Add(5 * time.Minute)
	}
}

// An element writer: attributes that are empty are not written.
func open(b *strings.Builder, name string, attrs ...string) {
	b.WriteString("<" + name)
	for i := 0; i < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			b.WriteString(" " + attrs[i] + `="` + escape(attrs[i+1]) + `"`)
		}
	}
	b.WriteString(">")
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer does not fail
	return b.String()
}

func leaf(b *strings.Builder, name, text string, attrs ...string) {
	open(b, name, attrs...)
	b.WriteString(escape(text) + "</" + name + ">")
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

func (r *Response) envelope(assertion string) string {
	var b strings.Builder
	open(&b, "saml2p:Response", "xmlns:saml2p", "urn:oasis:names:tc:SAML:2.0:protocol", "Destination", r.Destination,
		"ID", r.ID, "InResponseTo", r.InResponseTo, "IssueInstant", instant(r.IssueInstant), "Version", "2.0")
	leaf(&b, "saml2:Issuer", r.Issuer, "xmlns:saml2", "urn:oasis:names:tc:SAML:2.0:assertion", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity")
	b.WriteString("<saml2p:Status>")
	open(&b, "saml2p:StatusCode", "Value", "urn:oasis:names:tc:SAML:2.0:status:"+r.Status)
	b.WriteString("</saml2p:StatusCode></saml2p:Status>")
	b.WriteString(assertion)
	b.WriteString("</saml2p:Response>")
	return b.String()
}

func (r *Response) assertion() string {
	var b strings.Builder
	open(&b, "saml2:Assertion", "xmlns:saml2", "urn:oasis:names:tc:SAML:2.0:assertion", "ID", r.AssertionID, "IssueInstant", instant(r.IssueInstant), "Version", "2.0")
	leaf(&b, "saml2:Issuer", r.Issuer, "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity")
	b.WriteString("<saml2:Subject>")
	if r.NameID != "" {
		leaf(&b, "saml2:NameID", r.NameID, "Format", r.NameIDFormat)
	}
	open(&b, "saml2:SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")
	recipient := strings.TrimPrefix(r.Recipient, "-")
	open(&b, "saml2:SubjectConfirmationData", "InResponseTo", r.InResponseTo, "NotOnOrAfter", instant(r.NotOnOrAfter), "Recipient", recipient)
	b.WriteString("</saml2:SubjectConfirmationData></saml2:SubjectConfirmation></saml2:Subject>")
	open(&b, "saml2:Conditions", "NotBefore", instant(r.NotBefore), "NotOnOrAfter", instant(r.NotOnOrAfter))
	if r.Audience != "-" {
		b.WriteString("<saml2:AudienceRestriction>")
		leaf(&b, "saml2:Audience", r.Audience)
		b.WriteString("</saml2:AudienceRestriction>")
	}
	b.WriteString("</saml2:Conditions>")
	open(&b, "saml2:AuthnStatement", "AuthnInstant", instant(r.IssueInstant), "SessionIndex", r.SessionIndex, "SessionNotOnOrAfter", instant(r.SessionNotOnOrAfter))
	b.WriteString("<saml2:AuthnContext>")
	leaf(&b, "saml2:AuthnContextClassRef", r.AuthnContextClassRef)
	b.WriteString("</saml2:AuthnContext></saml2:AuthnStatement>")
	if attrs := r.attributes(); len(attrs) > 0 {
		b.WriteString("<saml2:AttributeStatement>")
		for _, a := range attrs {
			open(&b, "saml2:Attribute", "FriendlyName", a.Friendly, "Name", a.Name, "NameFormat", a.Format)
			for _, v := range a.Values {
				var typed []string
				if a.Type != "" {
					typed = []string{"xmlns:xs", "http://www.w3.org/2001/XMLSchema", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance", "xsi:type", a.Type}
				}
				leaf(&b, "saml2:AttributeValue", v, typed...)
			}
			b.WriteString("</saml2:Attribute>")
		}
		b.WriteString("</saml2:AttributeStatement>")
	}
	b.WriteString("</saml2:Assertion>")
	return b.String()
}

func (r *Response) attributes() []Attribute {
	const basic = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"
	var out []Attribute
	add := func(name string, values ...string) {
		if len(values) > 0 && !slices.Equal(values, []string{""}) {
			out = append(out, Attribute{Name: AWS + name, Format: basic, Type: "xs:string", Values: values})
		}
	}
	add("Role", r.Roles...)
	add("RoleSessionName", r.SessionName)
	add("SessionDuration", r.SessionDuration)
	add("SourceIdentity", r.SourceIdentity)
	for _, t := range r.Tags {
		add("PrincipalTag:"+t.Key, t.Value)
	}
	add("TransitiveTagKeys", r.TransitiveTags...)
	return append(out, r.Attributes...)
}
