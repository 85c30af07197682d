// Package idp is a small identity provider for tests and demonstrations: it
// writes signed SAML responses, the metadata that goes with them, and captures
// of whole sign-ins as browsers save them. With RSA keys, and without
// encryption, equal input gives equal bytes.
//
// It asks nobody for a password, keeps nothing, and checks nothing: it will
// just as well sign what AWS must refuse.
package idp

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"

	dsig "github.com/russellhaering/goxmldsig"
)

// A Key signs; its certificate says whose it is.
type Key struct {
	Signer      crypto.Signer
	Certificate *x509.Certificate
}

// ReadKey reads a key and its certificate from PEM.
func ReadKey(key, certificate []byte) (Key, error) {
	b, _ := pem.Decode(key)
	c, _ := pem.Decode(certificate)
	if b == nil || c == nil {
		return Key{}, errors.New("reading a key: no PEM block")
	}
	cert, err := x509.ParseCertificate(c.Bytes)
	if err != nil {
		return Key{}, fmt.Errorf("reading a certificate: %w", err)
	}
	var k any
	switch b.Type {
	case "RSA PRIVATE KEY":
		k, err = x509.ParsePKCS1PrivateKey(b.Bytes)
	case "EC PRIVATE KEY":
		k, err = x509.ParseECPrivateKey(b.Bytes)
	default:
		k, err = x509.ParsePKCS8PrivateKey(b.Bytes)
	}
	if err != nil {
		return Key{}, fmt.Errorf("reading a key: %w", err)
	}
	s, ok := k.(crypto.Signer)
	if !ok {
		return Key{}, fmt.Errorf("reading a key: a %T does not sign", k)
	}
	return Key{s, cert}, nil
}

// context is the library's signing context for a key.
func (k Key) context(method string) (*dsig.SigningContext, error) {
	signer := k.Signer
	if ec, ok := signer.(*ecdsa.PrivateKey); ok {
		signer = plainECDSA{ec}
	}
	ctx, err := dsig.NewSigningContext(signer, [][]byte{k.Certificate.Raw})
	if err != nil {
		return nil, err
	}
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	if method == "" {
		return ctx, nil
	}
	return ctx, ctx.SetSignatureMethod(method)
}

// plainECDSA writes signatures as XML signatures want them, r and s side by
// side, and not as ASN.1.
type plainECDSA struct{ *ecdsa.PrivateKey }

// Sign signs a digest.
func (p plainECDSA) Sign(random io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	der, err := p.PrivateKey.Sign(random, digest, o)
	if err != nil {
		return nil, err
	}
	var rs struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &rs); err != nil {
		return nil, err
	}
	n := (p.Curve.Params().BitSize + 7) / 8
	out := make([]byte, 2*n)
	rs.R.FillBytes(out[:n])
	rs.S.FillBytes(out[n:])
	return out, nil
}
