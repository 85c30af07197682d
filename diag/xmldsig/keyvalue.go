package xmldsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
)

const namespace11 = "http://www.w3.org/2009/xmldsig11#"

// keyValue reads a bare public key of KeyInfo as PKIX DER; nil where it
// cannot be read.
func (in *inspector) keyValue(at int) []byte {
	t := in.tree
	if t.Nodes[at].Is(namespace11, "DEREncodedKeyValue") {
		der, err := decode(t.Text(at))
		if err != nil {
			return nil
		}
		if _, err := x509.ParsePKIXPublicKey(der); err != nil {
			return nil
		}
		return der
	}
	part := func(of int, space, name string) []byte {
		if c := t.Child(of, space, name); c >= 0 {
			if b, err := decode(t.Text(c)); err == nil {
				return b
			}
		}
		return nil
	}
	var key crypto.PublicKey
	if k := t.Child(at, Namespace, "RSAKeyValue"); k >= 0 {
		n, e := part(k, Namespace, "Modulus"), part(k, Namespace, "Exponent")
		if len(n) < 32 || len(n) > 4096 || len(e) == 0 || len(e) > 4 {
			return nil
		}
		key = &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	}
	if k := t.Child(at, namespace11, "ECKeyValue"); k >= 0 {
		curve := map[string]elliptic.Curve{
			"urn:oid:1.2.840.10045.3.1.7": elliptic.P256(), "urn:oid:1.3.132.0.34": elliptic.P384(), "urn:oid:1.3.132.0.35": elliptic.P521(),
		}
		uri := ""
		if a := t.Attr(t.Child(k, namespace11, "NamedCurve"), "", "URI"); a >= 0 {
			uri = t.Nodes[a].Value
		}
		if curve[uri] == nil {
			return nil
		}
		ec, err := ecdsa.ParseUncompressedPublicKey(curve[uri], part(k, namespace11, "PublicKey"))
		if err != nil {
			return nil
		}
		key = ec
	}
	if key == nil {
		return nil
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil
	}
	return der
}
