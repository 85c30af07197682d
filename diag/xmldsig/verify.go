package xmldsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"math/big"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
)

// maxKeyBits bounds RSA keys: the work grows with the cube of the size.
const maxKeyBits = 16384

// Verify reports whether a certificate's key made the signature's value.
// Neither the certificate's validity nor the references' digests matter
// here; [evidence.Signature.Intact] tells of those. why is one clause where
// the answer is no.
func Verify(s evidence.Signature, c evidence.Certificate) (ok bool, why string) {
	key, err := certificate.PublicKey(c)
	if err != nil {
		return false, err.Error()
	}
	return VerifyKey(s, key)
}

// VerifyValue is Verify with the bare key that the signature brings along.
func VerifyValue(s evidence.Signature) (ok bool, why string) {
	key, err := x509.ParsePKIXPublicKey(s.KeyValue)
	if err != nil {
		return false, "it brings no key that can be read"
	}
	return VerifyKey(s, key)
}

// VerifyKey reports whether a public key made the signature's value.
func VerifyKey(s evidence.Signature, key crypto.PublicKey) (ok bool, why string) {
	if s.Withheld != nil {
		return remembered(s, key)
	}
	a, known := signing(s.Method)
	switch {
	case s.SignedInfo == nil || s.Value == nil || !known:
		if s.Problem == "" {
			return false, "the signature cannot be computed"
		}
		return false, s.Problem
	case s.Malformed && s.Problem != "" && len(s.References) == 0:
		return false, s.Problem
	}
	sum := s.SignedInfo
	if h, ok := digest(s.MethodDigest); ok {
		a.hash = h
	}
	if a.hash != 0 {
		h := a.hash.New()
		h.Write(s.SignedInfo)
		sum = h.Sum(nil)
	}
	const another = "another key made it, or its SignedInfo was changed"
	switch key := key.(type) {
	case *rsa.PublicKey:
		if key.N.BitLen() > maxKeyBits {
			return false, fmt.Sprintf("the key has %d bits, which is more than is computed here", key.N.BitLen())
		}
		var err error
		switch a.family {
		case rsaPKCS:
			err = rsa.VerifyPKCS1v15(key, a.hash, sum, s.Value)
		case rsaPSS:
			err = rsa.VerifyPSS(key, a.hash, sum, s.Value, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto})
		case ecdsaRaw, ed25519Raw:
			return false, "the key is an RSA key, the signature is not"
		}
		switch {
		case err == nil:
			return true, ""
		case key.N.BitLen() < 1024:
			return false, fmt.Sprintf("the key has only %d bits, and the cryptography library may refuse it", key.N.BitLen())
		}
		return false, another
	case *ecdsa.PublicKey:
		if a.family != ecdsaRaw {
			return false, "the key is an elliptic curve key, the signature is not"
		}
		return verifyECDSA(key, sum, s.Value, another)
	case ed25519.PublicKey:
		if a.family == ed25519Raw && ed25519.Verify(key, sum, s.Value) {
			return true, ""
		}
		return false, another
	}
	return false, "the key is of a kind that is not computed here"
}

// verifyECDSA reads r and s side by side, each as long as the curve's order,
// as section 6.4.3 of XML Signature 1.1 has it.
func verifyECDSA(key *ecdsa.PublicKey, sum, value []byte, another string) (bool, string) {
	if len(value)%2 == 0 {
		r, s := new(big.Int).SetBytes(value[:len(value)/2]), new(big.Int).SetBytes(value[len(value)/2:])
		if ecdsa.Verify(key, sum, r, s) {
			return true, ""
		}
	}
	if ecdsa.VerifyASN1(key, sum, value) {
		return false, "the key made it, but it is written in ASN.1, where XML Signature wants r and s side by side"
	}
	return false, another
}

// VerifiedBy returns the first certificate whose key made the signature.
func VerifiedBy(s evidence.Signature, certificates []evidence.Certificate) (index int, ok bool) {
	for i, c := range certificates {
		if yes, _ := Verify(s, c); yes {
			return i, true
		}
	}
	return -1, false
}
