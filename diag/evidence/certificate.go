package evidence

import "crypto/x509"

// A Certificate is one X.509 certificate of the evidence, as far as it could
// be read.
type Certificate struct {
	// Origin says whose it is: "assertion", "iam", "idp-metadata", "file".
	Origin string
	At     Spot
	// Use is the KeyDescriptor's use: "signing", "encryption" or "" for both.
	Use string
	// DER is the certificate's bytes; nil where the base64 could not be
	// read, then Err says why.
	DER []byte
	// X509 is nil where the standard library refuses the certificate (a
	// negative serial, say); Err then says why, and the fingerprints still
	// hold.
	X509 *x509.Certificate
	Err  string
	// SHA256 and SHA1 are fingerprints of DER, upper-case hex in pairs
	// joined by colons. SPKI is the SHA-256 of the public key, lower hex.
	SHA256, SHA1, SPKI string
	// RepeatedExtension is the OID that occurs twice, which IAM refuses.
	RepeatedExtension string
}

// Same reports whether two certificates are the same bytes.
func (c Certificate) Same(d Certificate) bool { return c.SHA256 != "" && c.SHA256 == d.SHA256 }
