package certs

import (
	"fmt"
	"path/filepath"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/xmldsig"
)

// A column is one certificate and whose it is.
type column struct {
	title, sub string
	cert       evidence.Certificate
	// verifies tells whether its key made the signature; known is false
	// where that could not be tried.
	verifies, known bool
}

// columns lists a sign-in's certificates: the assertion's first, then IAM's,
// then the IdP's.
func columns(d diag.Diagnosis) ([]column, certificate.Rotation) {
	var out []column
	r, ok := d.Case.Response.Get()
	if ok {
		seen := map[string]bool{}
		for _, s := range r.Signatures {
			for _, c := range s.Certificates {
				if !seen[c.SHA256] || c.SHA256 == "" {
					seen[c.SHA256] = true
					out = append(out, column{title: "ASSERTION", sub: "embedded in the signature", cert: c})
				}
			}
		}
	}
	src := certificate.Sources{}
	if m, ok := d.Case.Live.Provider.Get(); ok {
		src.IAM, src.IAMKnown = m.Metadata.Signing(), true
		out = append(out, several("IAM", named(m.ARN, d.Case.Live.Provider.Source), src.IAM)...)
		for _, o := range m.Others {
			out = append(out, several("IAM?", filepath.Base(o.Source), o.Signing())...)
		}
	}
	if m, ok := d.Case.Live.IdPMetadata.Get(); ok {
		src.IdP, src.IdPKnown = m.Signing(), true
		out = append(out, several("IdP METADATA", filepath.Base(m.Source), src.IdP)...)
	}
	if ok && len(out) > 0 {
		src.Signer = try(r, out)
	}
	return out, certificate.StageOf(src, d.Case.Now)
}

// try tells which of the certificates made the signature, and returns it.
func try(r evidence.Response, cols []column) *evidence.Certificate {
	candidates := make([]evidence.Certificate, len(cols))
	for i, c := range cols {
		candidates[i] = c.cert
	}
	j := xmldsig.Judge(r, candidates)
	var signer *evidence.Certificate
	for i := range cols {
		c := &cols[i]
		c.known = j.State == xmldsig.Valid || j.State == xmldsig.Invalid
		c.verifies = j.Key >= 0 && j.Key < len(cols) && c.cert.SPKI != "" && c.cert.SPKI == cols[j.Key].cert.SPKI
		if c.verifies && signer == nil {
			signer = &c.cert
		}
	}
	return signer
}

func several(title, sub string, cs []evidence.Certificate) []column {
	out := make([]column, len(cs))
	for i, c := range cs {
		out[i] = column{title: title, sub: sub, cert: c}
		if len(cs) > 1 {
			out[i].sub = strings.TrimSpace(fmt.Sprintf("%s %d of %d", sub, i+1, len(cs)))
		}
	}
	return out
}

// named is the part of an ARN that names the provider, else the file that the
// metadata came from.
func named(arn, source string) string {
	if i := strings.LastIndexByte(arn, ':'); i >= 0 {
		return arn[i+1:]
	}
	return filepath.Base(source)
}
