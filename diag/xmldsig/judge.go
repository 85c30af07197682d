package xmldsig

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
)

// State is what can be said of the signature over the first assertion, in
// the words of the JSON report.
type State string

// The states.
const (
	Valid       State = "valid"       // a signature covers it and one of the certificates verifies it
	Invalid     State = "invalid"     // one covers it, and none that does is right
	Missing     State = "missing"     // none covers it
	Unsupported State = "unsupported" // one covers it with an algorithm that cannot be computed here
	Unchecked   State = "unchecked"   // it cannot be told: no key is known, encrypted, a DTD
)

// Outcome is what holds of one signature.
type Outcome struct {
	Index int // of the response's Signatures
	Coverage
	// Key is the candidate whose key made it, -1 for none. Embedded tells
	// that the key that the signature brings along made it: its own
	// certificate, or a bare key. EmbeddedKey is that certificate's index
	// in the signature, -1 for a bare key.
	Key         int
	Embedded    bool
	EmbeddedKey int
	// Altered tells that a digest differs, Change by what class of change,
	// where that is proven.
	Altered bool
	Change  string
	// Edited and Was are, for the change [Edited], the value that was
	// changed and its text when it was signed.
	Edited evidence.Spot
	Was    string
	// Why is why it does not verify, one clause; "" where it does.
	Why string
}

// Judgement is what holds of a response's signatures together.
type Judgement struct {
	Signed string // what carries a signature: "response", "assertion", "both" or "none"
	State  State
	// Decisive is the index, in Outcomes and in the response's Signatures,
	// of the signature that the state speaks of; -1 for none.
	Decisive int
	// VerifiedBy is the SHA-256 fingerprint of the certificate that
	// verifies it; "" for none or for a bare key.
	VerifiedBy string
	// Key is the index of that certificate among the candidates; -1.
	Key               int
	Algorithm, Digest string // URIs of the decisive signature
	Outcomes          []Outcome
	// Wrapped tells that what is signed is not what is read, and How in one
	// sentence. SignedAt is then where the signed element stands.
	Wrapped  bool
	How      string
	SignedAt evidence.Spot
	// Altered and Change are those of the decisive signature.
	Altered bool
	Change  string
	// OtherKey is, where no candidate verifies an intact signature, the
	// certificate embedded in it that does: a rotated key, or a stranger's.
	OtherKey *evidence.Certificate
	// Why are the reasons, one sentence each.
	Why []string
}

// Judge says what holds of the signature over the first assertion. The
// candidates are the certificates to be trusted: those of the IAM provider.
// Where no provider is known they are nil, and the certificates that the
// signatures bring along take their place; an empty list is a provider
// without a certificate, and verifies nothing.
func Judge(r evidence.Response, candidates []evidence.Certificate) Judgement {
	j := Judgement{Signed: "none", State: Missing, Decisive: -1, Key: -1}
	for i, s := range r.Signatures {
		j.Outcomes = append(j.Outcomes, outcome(r, i, s, candidates))
	}
	j.Signed = carries(r, j.Outcomes)
	j.wrapped(r)
	j.decide(r, candidates)
	return j
}

// decide picks the signature that the state speaks of: one that verifies,
// else the one closest to it.
func (j *Judgement) decide(r evidence.Response, candidates []evidence.Certificate) {
	best, trusting := 0, candidates == nil
	for i := range j.Outcomes {
		o, s := &j.Outcomes[i], r.Signatures[i]
		if !o.First {
			continue
		}
		state, rank := Invalid, 2
		switch {
		case s.Unsupported:
			state, rank = Unsupported, 4
		case s.Problem == "" && !o.Altered && (o.Key >= 0 || trusting && o.Embedded):
			state, rank = Valid, 6
		case s.Problem != "", o.Altered:
		case s.MethodDigest != "" && !o.Embedded:
			// Writers of RSA-PSS parameters are known to canonicalise them
			// in ways of their own: that it does not verify proves nothing.
			state, rank = Unsupported, 4
			o.Why = "it is RSA-PSS with parameters, which could not be verified as the standard has it"
		case trusting && len(s.Certificates) == 0 && s.KeyValue == nil, trusting && !readable(s):
			state, rank = Unchecked, 5
			o.Why = "there is no certificate to check it with"
		case untried(s, candidates):
			state, rank = Unchecked, 5
			o.Why = "the saved case left its value out, and not every certificate was tried before"
		default:
			rank = 3
		}
		if rank > best {
			best, j.State, j.Decisive = rank, state, i
		}
	}
	if j.Decisive < 0 {
		if i := adrift(r); i >= 0 {
			j.State, j.Decisive = Invalid, i
		}
	}
	switch {
	case j.Decisive < 0 && len(r.Encrypted) > 0 && len(r.Assertions) == 0:
		j.State = Unchecked
		j.Why = append(j.Why, "the assertion is encrypted, and so is its signature, if it has one")
	case j.Decisive < 0 && len(r.Signatures) == 0:
		j.Why = append(j.Why, "neither the response nor the assertion is signed")
	case j.Decisive < 0:
		j.Why = append(j.Why, "no signature covers the assertion")
	default:
		j.detail(r, candidates)
	}
	if j.Wrapped {
		j.State, j.VerifiedBy, j.Key = Invalid, "", -1
		j.Why = append([]string{j.How}, j.Why...)
	}
	if r.Doctype.Known() && j.State == Valid {
		j.State, j.VerifiedBy, j.Key = Unchecked, "", -1
		j.Why = append(j.Why, "the document has a DTD, whose entities can change what is read")
	}
}

// adrift returns the signature that stands in the first assertion, or in the
// response around it, and leads nowhere: it lacks its SignedInfo, or no
// element has the ID that it names. That is a broken signature, and none that
// is missing; -1 where there is none.
func adrift(r evidence.Response) int {
	subject := subjectOf(r)
	return slices.IndexFunc(r.Signatures, func(s evidence.Signature) bool {
		return s.Malformed && (same(s.Parent, subject) || same(s.Parent, r.At)) &&
			!slices.ContainsFunc(s.References, func(ref evidence.Reference) bool { return ref.CoversAt.Known() })
	})
}

// readable reports whether a signature brings a key that could be read.
func readable(s evidence.Signature) bool {
	for _, c := range s.Certificates {
		if _, err := certificate.PublicKey(c); err == nil {
			return true
		}
	}
	return s.KeyValue != nil
}

// detail fills in what is told of the decisive signature.
func (j *Judgement) detail(r evidence.Response, candidates []evidence.Certificate) {
	trusting := candidates == nil
	o, s := j.Outcomes[j.Decisive], r.Signatures[j.Decisive]
	j.Algorithm, j.Altered, j.Change = s.Method, o.Altered, o.Change
	for _, ref := range s.References {
		j.Digest = ref.DigestMethod
		break
	}
	if o.Embedded && o.EmbeddedKey >= 0 && o.Key < 0 {
		c := s.Certificates[o.EmbeddedKey]
		switch {
		case trusting && j.State == Valid:
			j.VerifiedBy = c.SHA256
		case !trusting && !o.Altered && s.Problem == "":
			j.OtherKey = &c
		}
	}
	if j.State == Valid && o.Key >= 0 {
		j.Key, j.VerifiedBy = o.Key, candidates[o.Key].SHA256
	}
	if o.Why != "" {
		j.Why = append(j.Why, fmt.Sprintf("the signature over the %s: %s", strings.Replace(s.Over, "other", "element", 1), o.Why))
	}
}
