package evidence

// A Signature is what one ds:Signature says and what was computed of it. It
// decides nothing: whether a key verifies it is asked of package xmldsig.
type Signature struct {
	At Spot
	// Over is the element the signature stands in: "response", "assertion"
	// or "other"; Parent is that element's place and ParentID its ID.
	Over     string
	Parent   Spot
	ParentID string
	// Method, Canonical are algorithm URIs; Prefixes is the
	// InclusiveNamespaces prefix list of the SignedInfo.
	Method, Canonical, Prefixes string
	// MethodDigest is the digest that RSA-PSS parameters name; "" where the
	// method says it itself.
	MethodDigest string
	References   []Reference
	// SignedInfo is the canonical form that the value signs; nil where it
	// could not be computed, then Problem says why.
	SignedInfo []byte
	Value      []byte
	// Certificates are those embedded in KeyInfo.
	Certificates []Certificate
	KeyName      string
	// KeyValue is a bare RSA or EC public key in KeyInfo, PKIX DER; nil
	// without.
	KeyValue []byte
	// Problem is why the signature cannot be judged: malformed, or an
	// algorithm that is not known. "" where it can.
	Problem string
	// Malformed tells that the structure is wrong; Unsupported that an
	// algorithm is not one that can be computed here.
	Malformed, Unsupported bool
	// Withheld is set where Value and SignedInfo were left out, as a saved
	// case does so that nothing in it can sign anyone in. It says what was
	// computed of them before.
	Withheld *Withheld
}

// Withheld says of a signature without its value which keys had made it. A
// key that is not among them was never held against it.
type Withheld struct {
	Keys []TriedKey
}

// A TriedKey is a public key that a signature was verified with.
type TriedKey struct {
	SPKI string // SHA-256 of the key in PKIX form, lower-case hex
	Made bool   // the key made the signature
	Why  string // why it did not, one clause; "" where it did
}

// A Reference is one ds:Reference of a signature.
type Reference struct {
	At  Spot
	URI string
	// Covers is what URI leads to: "response", "assertion", "other" (another
	// element of the document), "document" (empty URI) or "nothing".
	Covers       string
	CoversAt     Spot
	CoversID     string
	Transforms   []string // algorithm URIs, in order
	Prefixes     string   // InclusiveNamespaces of its exclusive canonicalisation
	DigestMethod string
	// Declared and Computed are the digests; Computed is nil where it could
	// not be computed, then Problem says why.
	Declared, Computed []byte
	Match              bool
	Problem            string
	// Change is, for a digest that differs, the class of change that would
	// explain it, where one was found: "re-indented", "line ends",
	// "re-encoded", "value edited" or "" where none was.
	Change string
	// Edited is, for "value edited", the value that was changed, and Was
	// what it was when it was signed: with that text the digest is right,
	// which is proof.
	Edited Spot
	Was    string
}

// Intact reports whether every reference's digest is the declared one.
func (s Signature) Intact() bool {
	if s.Problem != "" || len(s.References) == 0 {
		return false
	}
	for _, r := range s.References {
		if !r.Match {
			return false
		}
	}
	return true
}
