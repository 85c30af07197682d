package certificate

import (
	"bytes"
	"crypto"
	"crypto/sha1" // fingerprints are still spelt in it
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"

	"example.com/samlens/diag/evidence"
)

// MaxBytes bounds one certificate; real ones have one to four kilobytes.
const MaxBytes = 256 << 10

// FromDER reads a certificate. Whatever cannot be read is told in Err; the
// fingerprints hold for any bytes.
func FromDER(der []byte, origin, use string, at evidence.Spot) evidence.Certificate {
	c := evidence.Certificate{Origin: origin, Use: use, At: at, DER: der}
	if len(der) == 0 {
		c.Err = "it is empty"
		return c
	}
	if len(der) > MaxBytes {
		c.DER, c.Err = nil, "it is too large for a certificate"
		return c
	}
	sum1, sum256 := sha1.Sum(der), sha256.Sum256(der)
	c.SHA1, c.SHA256 = pairs(sum1[:]), pairs(sum256[:])
	x, err := x509.ParseCertificate(der)
	if err == nil {
		c.X509 = x
	} else {
		c.Err = strings.TrimPrefix(err.Error(), "x509: ")
	}
	form, lenient := parse(der)
	if lenient != nil {
		if c.Err != "" {
			c.Err = "it is no X.509 certificate: " + c.Err
		}
		return c
	}
	spki := sha256.Sum256(form.TBS.Key.FullBytes)
	c.SPKI = hex.EncodeToString(spki[:])
	c.RepeatedExtension = form.repeated()
	return c
}

// FromBase64 reads the text of an X509Certificate element: base64 with any
// white space, and with the PEM armour that some write around it.
func FromBase64(text, origin, use string, at evidence.Spot) evidence.Certificate {
	der, err := Bytes(text)
	if err != nil {
		return evidence.Certificate{Origin: origin, Use: use, At: at, Err: err.Error()}
	}
	return FromDER(der, origin, use, at)
}

// Bytes decodes the text of an X509Certificate element.
func Bytes(text string) ([]byte, error) {
	if len(text) > 2*MaxBytes {
		return nil, errors.New("it is too large for a certificate")
	}
	if _, rest, ok := strings.Cut(text, "-----BEGIN CERTIFICATE-----"); ok {
		text, _, _ = strings.Cut(rest, "-----END")
	}
	text = strings.Join(strings.Fields(text), "")
	if text == "" {
		return nil, errors.New("it is empty")
	}
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		der, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	}
	if err != nil {
		return nil, errors.New("its base64 cannot be read")
	}
	return der, nil
}

// FromPEM reads every certificate of a PEM file, or the one of a DER file.
// Other PEM blocks, private keys among them, are passed over. It returns
// none where there is none.
func FromPEM(file []byte) []evidence.Certificate {
	var out []evidence.Certificate
	at := evidence.Spot{}
	for rest := file; len(out) < 100; {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		if block.Type == "CERTIFICATE" || block.Type == "TRUSTED CERTIFICATE" || block.Type == "X509 CERTIFICATE" {
			out = append(out, FromDER(block.Bytes, "file", "", at))
		}
	}
	if len(out) > 0 || bytes.Contains(file, []byte("-----BEGIN")) {
		return out
	}
	if len(file) > 2 && file[0] == 0x30 && file[1] >= 0x80 {
		return append(out, FromDER(file, "file", "", at))
	}
	if der, err := Bytes(string(file)); err == nil && len(der) > 2 && der[0] == 0x30 && der[1] >= 0x80 {
		return append(out, FromDER(der, "file", "", at))
	}
	return out
}

// PEM writes a certificate as a PEM block; "" where there are no bytes.
func PEM(c evidence.Certificate) string {
	if len(c.DER) == 0 {
		return ""
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER}))
}

// PublicKey returns the certificate's key: also of one that the standard
// library refuses, as long as its SubjectPublicKeyInfo can be read.
func PublicKey(c evidence.Certificate) (crypto.PublicKey, error) {
	if c.X509 != nil && c.X509.PublicKey != nil {
		return c.X509.PublicKey, nil
	}
	form, err := parse(c.DER)
	if err != nil {
		return nil, errors.New("the certificate cannot be read")
	}
	key, err := x509.ParsePKIXPublicKey(form.TBS.Key.FullBytes)
	if err != nil {
		return nil, errors.New("the certificate's public key cannot be read")
	}
	return key, nil
}

// pairs writes a digest as fingerprints are shown.
func pairs(sum []byte) string {
	h := strings.ToUpper(hex.EncodeToString(sum))
	var b strings.Builder
	for i := 0; i < len(h); i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(h[i : i+2])
	}
	return b.String()
}
