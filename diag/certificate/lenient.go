package certificate

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"example.com/samlens/diag/evidence"
)

// form is a certificate (RFC 5280, section 4.1) with nothing checked.
type form struct {
	TBS       body
	Algorithm pkix.AlgorithmIdentifier
	Signature asn1.BitString
}

type body struct {
	Version    int `asn1:"optional,explicit,default:0,tag:0"`
	Serial     *big.Int
	Algorithm  pkix.AlgorithmIdentifier
	Issuer     asn1.RawValue
	Validity   validity
	Subject    asn1.RawValue
	Key        asn1.RawValue
	IssuerID   asn1.BitString   `asn1:"optional,tag:1"`
	SubjectID  asn1.BitString   `asn1:"optional,tag:2"`
	Extensions []pkix.Extension `asn1:"omitempty,optional,explicit,tag:3"`
}

// validity is kept raw: certificates are in use whose end is no time at all.
type validity struct{ NotBefore, NotAfter asn1.RawValue }

// when reads a UTCTime or GeneralizedTime.
func when(raw asn1.RawValue) (time.Time, bool) {
	var t time.Time
	if _, err := asn1.Unmarshal(raw.FullBytes, &t); err != nil {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// whenText is a time as shown; one that is none is shown as it is written.
func whenText(raw asn1.RawValue) string {
	if t, ok := when(raw); ok {
		return t.Format(time.RFC3339)
	}
	return strconv.Quote(string(raw.Bytes[:min(len(raw.Bytes), 30)])) + " (not a time)"
}

func parse(der []byte) (form, error) {
	var f form
	if len(der) == 0 || len(der) > MaxBytes {
		return f, errors.New("no certificate")
	}
	rest, err := asn1.Unmarshal(der, &f)
	if err != nil {
		return f, fmt.Errorf("certificate: %w", err)
	}
	if len(rest) > 0 {
		return f, errors.New("bytes behind the certificate")
	}
	return f, nil
}

// repeated returns the OID of an extension that occurs twice: the metadata
// is then refused ("your SAML metadata contains repeated extensions").
func (f form) repeated() string {
	seen := map[string]bool{}
	for _, e := range f.TBS.Extensions {
		id := e.Id.String()
		if seen[id] {
			return id
		}
		seen[id] = true
	}
	return ""
}

func name(raw asn1.RawValue) string {
	var rdn pkix.RDNSequence
	if _, err := asn1.Unmarshal(raw.FullBytes, &rdn); err != nil {
		return ""
	}
	return rdn.String()
}

// Validity returns the time from which and until which a certificate is
// valid; ok is false where it cannot be read.
func Validity(c evidence.Certificate) (from, to time.Time, ok bool) {
	if c.X509 != nil {
		return c.X509.NotBefore.UTC(), c.X509.NotAfter.UTC(), true
	}
	f, err := parse(c.DER)
	if err != nil {
		return time.Time{}, time.Time{}, false
	}
	from, ok = when(f.TBS.Validity.NotBefore)
	to, ends := when(f.TBS.Validity.NotAfter)
	return from, to, ok && ends
}

// Subject returns the subject's distinguished name, "" where it cannot be
// read.
func Subject(c evidence.Certificate) string {
	f, err := parse(c.DER)
	if err != nil {
		return ""
	}
	return name(f.TBS.Subject)
}

// KeySize returns the kind of a certificate's key and its size in bits, such
// as "RSA" and 2048; "" where it cannot be read.
func KeySize(c evidence.Certificate) (kind string, bits int) {
	key, err := PublicKey(c)
	if err != nil {
		return "", 0
	}
	switch key := key.(type) {
	case *rsa.PublicKey:
		return "RSA", key.N.BitLen()
	case *ecdsa.PublicKey:
		return "ECDSA", key.Curve.Params().BitSize
	case ed25519.PublicKey:
		return "Ed25519", 256
	}
	return fmt.Sprintf("%T", key), 0
}
