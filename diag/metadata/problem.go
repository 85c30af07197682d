package metadata

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
)

// Kind names what is wrong with a metadata document.
type Kind string

// The kinds. Those that IAM is documented to refuse come first; see
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html
// and CreateSAMLProvider.
const (
	Unreadable        Kind = "unreadable"         // no XML, or no metadata
	ByteOrderMark     Kind = "byte-order-mark"    // IAM wants UTF-8 without
	NotUTF8           Kind = "not-utf-8"          //
	TooShort          Kind = "too-short"          // under 1,000 characters
	TooLong           Kind = "too-long"           // over 10,000,000
	NoEntityID        Kind = "no-entity-id"       //
	NoIdP             Kind = "no-idp"             // no IDPSSODescriptor
	NoSigningKey      Kind = "no-signing-key"     //
	WeakKey           Kind = "weak-key"           // RSA under 1,024 bits
	RepeatedExtension Kind = "repeated-extension" // in a certificate
	BadCertificate    Kind = "bad-certificate"    // one that cannot be read
	TooManyEntities   Kind = "too-many-entities"  // over 10
	TooManyKeys       Kind = "too-many-keys"      // over 10
	DTD               Kind = "dtd"                // never processed; refused by careful parsers
	Expired           Kind = "valid-until"        // validUntil has passed
)

// A Problem is one thing wrong with a document, before it is uploaded.
type Problem struct {
	Kind Kind
	// Says is the problem in one sentence; Saw what is there and Want what
	// IAM asks for.
	Says, Saw, Want string
	At              evidence.Spot
	// Refused tells that IAM is documented to refuse the document for it;
	// without, it works and may not be meant so, or what IAM does is not
	// documented.
	Refused bool
}

// Problems lists what is wrong with a document. The time is for validUntil;
// the zero time leaves that out.
func Problems(m evidence.Metadata, now time.Time) []Problem {
	var out []Problem
	add := func(p Problem) { out = append(out, p) }
	if m.BOM {
		add(Problem{ByteOrderMark, "the document begins with a byte order mark", m.Encoding + " with byte order mark", "UTF-8 without byte order mark", m.ProblemAt, true})
	}
	if m.Encoding != "UTF-8" && m.Encoding != "" {
		add(Problem{NotUTF8, "the document is not in UTF-8", m.Encoding, "UTF-8", m.ProblemAt, true})
	}
	if m.Problem != "" {
		add(Problem{Unreadable, m.Problem, "", "SAML 2.0 metadata of an identity provider", m.ProblemAt, true})
		return out
	}
	if n := utf8.RuneCount(m.Document); n < 1000 {
		add(Problem{TooShort, "the document is shorter than IAM takes", fmt.Sprintf("%d characters", n), "1,000 to 10,000,000 characters", evidence.Spot{}, true})
	} else if n > maximum {
		add(Problem{TooLong, "the document is longer than IAM takes", fmt.Sprintf("%d characters", n), "1,000 to 10,000,000 characters", evidence.Spot{}, true})
	}
	if n := len(m.Entities); n > 10 {
		add(Problem{TooManyEntities, "the document describes more entities than IAM takes", strconv.Itoa(n), "at most 10", m.Entities[10].At, true})
	}
	if m.HasDoctype {
		add(Problem{DTD, "the document has a DTD, which is not processed here", "<!DOCTYPE", "none", evidence.Spot{}, false})
	}
	idp := slices.ContainsFunc(m.Entities, func(e evidence.Entity) bool { return e.IDPDescriptor })
	if !idp {
		add(Problem{NoIdP, "it describes no identity provider: there is no IDPSSODescriptor", "", "an IDPSSODescriptor", m.Entities[0].At, true})
	}
	for _, e := range m.Entities {
		if e.IDPDescriptor {
			out = append(out, entity(e, now)...)
		}
	}
	if n := len(m.Signing()); n > 10 {
		add(Problem{TooManyKeys, "it holds more keys than IAM takes", strconv.Itoa(n), "at most 10", evidence.Spot{}, true})
	}
	return out
}

func entity(e evidence.Entity, now time.Time) (out []Problem) {
	if strings.TrimSpace(e.ID.Value) == "" {
		out = append(out, Problem{NoEntityID, "the EntityDescriptor has no entityID", "", "an entityID", e.At, true})
	}
	good := 0
	for _, c := range e.Signing {
		if _, err := certificate.PublicKey(c); err == nil {
			good++
		}
	}
	if good == 0 {
		out = append(out, Problem{NoSigningKey, "there is no signing certificate that can be read", "", "a KeyDescriptor for signing with an X509Certificate", e.At, true})
	}
	for _, c := range slices.Concat(e.Signing, e.Encryption) {
		kind, bits := certificate.KeySize(c)
		switch {
		case c.RepeatedExtension != "":
			out = append(out, Problem{RepeatedExtension, "a certificate has the same extension twice", c.RepeatedExtension, "each extension once", c.At, true})
		case c.DER == nil || kind == "" && c.SPKI == "":
			out = append(out, Problem{BadCertificate, "a certificate cannot be read: " + c.Err, "", "an X.509 certificate in base64", c.At, false})
		case kind == "RSA" && bits < 1024:
			out = append(out, Problem{WeakKey, "a certificate's key is shorter than IAM takes", fmt.Sprintf("RSA %d", bits), "at least 1,024 bits", c.At, true})
		}
	}
	if u := e.ValidUntil; u.Present && !u.Bad && !now.IsZero() && now.After(u.Time) {
		out = append(out, Problem{Expired, "the document is past its validUntil", u.Value, "a later time", u.At, false})
	}
	return out
}
