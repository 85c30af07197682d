package xmldsig

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
)

// Withhold returns a signature without what could be redeemed with it: its
// value and the bytes it signs. What keys made it is written down instead, for
// the certificates that it brings along, its bare key and those given.
func Withhold(s evidence.Signature, certificates []evidence.Certificate) evidence.Signature {
	if s.Withheld != nil {
		return s
	}
	w := &evidence.Withheld{}
	done := map[string]bool{}
	try := func(key crypto.PublicKey, err error) {
		id := fingerprint(key)
		if err != nil || id == "" || done[id] {
			return
		}
		done[id] = true
		made, why := VerifyKey(s, key)
		w.Keys = append(w.Keys, evidence.TriedKey{SPKI: id, Made: made, Why: why})
	}
	for _, list := range [][]evidence.Certificate{s.Certificates, certificates} {
		for _, c := range list {
			try(certificate.PublicKey(c))
		}
	}
	if s.KeyValue != nil {
		try(x509.ParsePKIXPublicKey(s.KeyValue))
	}
	s.Value, s.SignedInfo, s.Withheld = nil, nil, w
	return s
}

// remembered is VerifyKey for a signature whose value was left out.
func remembered(s evidence.Signature, key crypto.PublicKey) (bool, string) {
	id := fingerprint(key)
	for _, k := range s.Withheld.Keys {
		if k.SPKI == id && id != "" {
			return k.Made, k.Why
		}
	}
	return false, "the saved case left the signature's value out, and this key was not tried before"
}

// untried reports whether a candidate's key was never held against a
// signature whose value was left out.
func untried(s evidence.Signature, candidates []evidence.Certificate) bool {
	if s.Withheld == nil {
		return false
	}
	tried := map[string]bool{}
	for _, k := range s.Withheld.Keys {
		tried[k.SPKI] = true
	}
	for _, c := range candidates {
		if key, err := certificate.PublicKey(c); err == nil && !tried[fingerprint(key)] {
			return true
		}
	}
	return false
}

// fingerprint names a public key; "" for one of no known kind.
func fingerprint(key crypto.PublicKey) string {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
