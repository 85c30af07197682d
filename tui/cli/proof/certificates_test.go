package proof

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"
)

// tinyCertificate makes a certificate that IAM does not take: of an RSA key
// below 1024 bits, or with an extension twice.
func tinyCertificate(t testing.TB, repeated bool) *x509.Certificate {
	t.Helper()
	key := keyOf(t, "idp-a").Signer
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "northwind"},
		NotBefore: morning.Add(-time.Hour), NotAfter: morning.Add(8760 * time.Hour),
	}
	var public any = key.Public()
	if repeated {
		x := pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Value: []byte{5, 0}}
		template.ExtraExtensions = []pkix.Extension{x, x}
	} else {
		n, _ := new(big.Int).SetString("d4c8a1f3b7e6295c0d1e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5f", 16)
		public = &rsa.PublicKey{N: n, E: 65537}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, key)
	if err != nil && repeated {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	// Go reads no certificate with an extension twice: its bytes are enough.
	return &x509.Certificate{Raw: der}
}
