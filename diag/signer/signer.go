// Package signer gathers the certificates of a sign-in, wherever they stand:
// in the assertion, in IAM, in what the IdP publishes, in a file. It says
// which of them made the signature and how far a rotation has come.
package signer

import (
	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/xmldsig"
)

// A Column is one certificate with its place in the comparison.
type Column struct {
	Certificate evidence.Certificate
	Title       string // "assertion (embedded)", "IAM", …
	// Verifies tells whether its key made the signature; nil where there is
	// none to try, or the certificate is not for signing.
	Verifies *bool
}

// Columns returns every certificate to compare: those of the assertion, of
// IAM, of the IdP's metadata, and those given.
func Columns(c evidence.Case, given []evidence.Certificate) []Column {
	var out []Column
	r, _ := c.Response.Get()
	seen := map[string]bool{}
	for _, s := range r.Signatures {
		for _, x := range s.Certificates {
			if !seen[x.SHA256] {
				out = append(out, Column{Certificate: x, Title: "assertion (embedded)"})
			}
			seen[x.SHA256] = true
		}
	}
	add := func(title string, cs []evidence.Certificate) {
		for _, x := range cs {
			out = append(out, Column{Certificate: x, Title: title})
		}
	}
	add("IAM", admission.Keys(c))
	if m, ok := c.Live.IdPMetadata.Get(); ok {
		add("IdP metadata", m.Signing())
	}
	add("file", given)
	s, ok := decisive(c)
	for i := range out {
		if ok && out[i].Certificate.Use != "encryption" {
			yes, _ := xmldsig.Verify(s, out[i].Certificate)
			out[i].Verifies = &yes
		}
	}
	return out
}

// decisive returns the signature over the assertion.
func decisive(c evidence.Case) (evidence.Signature, bool) {
	r, ok := c.Response.Get()
	if !ok {
		return evidence.Signature{}, false
	}
	j := xmldsig.Judge(r, admission.Keys(c))
	if j.Decisive < 0 || j.Decisive >= len(r.Signatures) {
		return evidence.Signature{}, false
	}
	return r.Signatures[j.Decisive], true
}

// Rotation tells how far a rotation of the signing certificate has come.
func Rotation(c evidence.Case) certificate.Rotation {
	src := certificate.Sources{IAM: admission.Keys(c), IAMKnown: c.Live.Provider.State == evidence.Known}
	if m, ok := c.Live.IdPMetadata.Get(); ok {
		src.IdP, src.IdPKnown = m.Signing(), true
	}
	for _, col := range Columns(c, nil) {
		if col.Verifies != nil && *col.Verifies {
			x := col.Certificate
			src.Signer = &x
			break
		}
	}
	return certificate.StageOf(src, c.Now)
}
