package idp

import (
	"crypto/x509"
	"encoding/base64"
	"strings"
)

// Metadata writes an EntityDescriptor with the certificates that sign for it.
// SSO is the address of its sign-in page. It is longer than the thousand
// characters that IAM asks for at least.
func Metadata(entityID, sso string, certificates ...*x509.Certificate) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	open(&b, "md:EntityDescriptor", "xmlns:md", "urn:oasis:names:tc:SAML:2.0:metadata", "entityID", entityID)
	b.WriteString("\n  ")
	open(&b, "md:IDPSSODescriptor", "WantAuthnRequestsSigned", "false", "protocolSupportEnumeration", "urn:oasis:names:tc:SAML:2.0:protocol")
	for _, c := range certificates {
		b.WriteString("\n    ")
		open(&b, "md:KeyDescriptor", "use", "signing")
		open(&b, "ds:KeyInfo", "xmlns:ds", "http://www.w3.org/2000/09/xmldsig#")
		b.WriteString("<ds:X509Data><ds:X509Certificate>" + fold(base64.StdEncoding.EncodeToString(c.Raw)) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>")
	}
	for _, f := range []string{Persistent, EmailAddress, Unspecified} {
		b.WriteString("\n    ")
		leaf(&b, "md:NameIDFormat", f)
	}
	for _, binding := range []string{"HTTP-POST", "HTTP-Redirect"} {
		b.WriteString("\n    ")
		open(&b, "md:SingleSignOnService", "Binding", "urn:oasis:names:tc:SAML:2.0:bindings:"+binding, "Location", sso)
		b.WriteString("</md:SingleSignOnService>")
	}
	b.WriteString("\n  </md:IDPSSODescriptor>\n</md:EntityDescriptor>\n")
	return b.String()
}

// fold wraps base64 as PEM does.
func fold(s string) string {
	var b strings.Builder
	for len(s) > 64 {
		b.WriteString(s[:64] + "\n")
		s = s[64:]
	}
	b.WriteString(s)
	return b.String()
}
