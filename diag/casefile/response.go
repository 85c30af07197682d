package casefile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/saml"
	"example.com/samlens/diag/xmldsig"
)

// response is a SAML response as it is written: the document, and what cannot
// be read from it any more.
type response struct {
	// Document is the document that is read when the case is opened: as sent,
	// or, of a decrypted or redacted one, in UTF-8.
	Document   text `json:"document"`
	EncodedLen int  `json:"encoded_length"`
	Decoded    bool `json:"decoded_by_a_viewer"`
	// Kept is nil where the document is as it was sent.
	Kept *kept `json:"kept"`
}

// kept is what was known of a document that is not as it was sent.
type kept struct {
	SentBytes     int         `json:"sent_bytes"`
	Encoding      string      `json:"encoding"`
	BOM           bool        `json:"bom"`
	Decrypted     int         `json:"decrypted"`
	WasEncrypted  []bool      `json:"was_encrypted"`
	Encrypted     []closed    `json:"encrypted"`
	Signatures    []signature `json:"signatures"`
	Disagreements []string    `json:"disagreements"`
}

type closed struct {
	WhyClosed   string `json:"why_closed"`
	KeyWasGiven bool   `json:"key_was_given"`
}

type signature struct {
	Over        string              `json:"over"`
	ParentID    string              `json:"parent_id"`
	Problem     string              `json:"problem"`
	Malformed   bool                `json:"malformed"`
	Unsupported bool                `json:"unsupported"`
	Keys        []evidence.TriedKey `json:"keys"`
	Value       []byte              `json:"value"`       // only where nothing is redacted
	SignedInfo  []byte              `json:"signed_info"` // likewise
	References  []reference         `json:"references"`
}

type reference struct {
	URI      string        `json:"uri"`
	Computed []byte        `json:"computed"`
	Match    bool          `json:"match"`
	Problem  string        `json:"problem"`
	Change   string        `json:"change"`
	Edited   evidence.Spot `json:"edited"`
	Was      string        `json:"was"`
}

// sealResponse writes a response down. The certificates are those that its
// signatures may be held against later.
func sealResponse(r evidence.Response, redact bool, certificates []evidence.Certificate) response {
	if !redact && r.Decrypted == 0 {
		return response{Document: r.Sent, EncodedLen: r.EncodedLen, Decoded: r.Decoded}
	}
	k := &kept{SentBytes: len(r.Sent), Encoding: r.Encoding, BOM: r.BOM, Decrypted: r.Decrypted, Disagreements: r.Disagreements}
	for _, a := range r.Assertions {
		k.WasEncrypted = append(k.WasEncrypted, a.WasEncrypted)
	}
	for _, e := range r.Encrypted {
		k.Encrypted = append(k.Encrypted, closed{e.WhyClosed, e.KeyWasGiven})
	}
	for _, s := range r.Signatures {
		k.Signatures = append(k.Signatures, sealSignature(s, redact, certificates))
	}
	doc := r.XML
	if redact {
		doc = blank(doc)
	}
	return response{Document: inUTF8(doc, r.Encoding), EncodedLen: r.EncodedLen, Decoded: r.Decoded, Kept: k}
}

func sealSignature(s evidence.Signature, redact bool, certificates []evidence.Certificate) signature {
	out := signature{Over: s.Over, ParentID: s.ParentID, Problem: s.Problem, Malformed: s.Malformed, Unsupported: s.Unsupported}
	if redact {
		s = xmldsig.Withhold(s, certificates)
	}
	if s.Withheld != nil {
		out.Keys = s.Withheld.Keys
		if out.Keys == nil {
			out.Keys = []evidence.TriedKey{}
		}
	} else {
		out.Value, out.SignedInfo = s.Value, s.SignedInfo
	}
	for _, r := range s.References {
		out.References = append(out.References, reference{r.URI, r.Computed, r.Match, r.Problem, r.Change, r.Edited, r.Was})
	}
	return out
}

var errForeign = errors.New("what it says of the signatures does not fit the response in it")

// open reads the response again.
func (s response) open() (evidence.Response, error) {
	r, err := saml.Parse(s.Document, saml.Options{EncodedLen: max(0, s.EncodedLen), Decoded: s.Decoded})
	if err != nil {
		return r, fmt.Errorf("read the response in it: %w", err)
	}
	k := s.Kept
	if k == nil {
		return r, nil
	}
	if len(k.Signatures) != len(r.Signatures) || len(k.WasEncrypted) != len(r.Assertions) || len(k.Encrypted) != len(r.Encrypted) {
		return r, errForeign
	}
	r.Encoding, r.BOM, r.Decrypted, r.Disagreements = k.Encoding, k.BOM, max(0, k.Decrypted), k.Disagreements
	if k.SentBytes != len(r.Sent) {
		// It was sent in other bytes than it is kept in; their number is known.
		r.Sent = bytes.Repeat([]byte{' '}, min(max(0, k.SentBytes), 4*len(r.Sent)+1<<16))
	}
	for i, was := range k.WasEncrypted {
		r.Assertions[i].WasEncrypted = was
	}
	for i, c := range k.Encrypted {
		r.Encrypted[i].WhyClosed, r.Encrypted[i].KeyWasGiven = c.WhyClosed, c.KeyWasGiven
	}
	for i, sig := range k.Signatures {
		if err := sig.open(&r.Signatures[i]); err != nil {
			return r, err
		}
	}
	return r, nil
}

// open lays what was computed before over what the document shows.
func (s signature) open(to *evidence.Signature) error {
	if s.Over != to.Over || s.ParentID != to.ParentID || len(s.References) != len(to.References) {
		return errForeign
	}
	to.Problem, to.Malformed, to.Unsupported = s.Problem, s.Malformed, s.Unsupported
	to.Value, to.SignedInfo = s.Value, s.SignedInfo
	if s.Keys != nil {
		to.Value, to.SignedInfo = nil, nil
		to.Withheld = &evidence.Withheld{Keys: s.Keys}
	}
	to.References = slices.Clone(to.References)
	for i, r := range s.References {
		if to.References[i].URI != r.URI {
			return errForeign
		}
		x := &to.References[i]
		x.Computed, x.Match, x.Problem, x.Change, x.Edited, x.Was = r.Computed, r.Match, r.Problem, r.Change, r.Edited, r.Was
		// A digest that matches is the declared one, whatever is said of it.
		x.Match = x.Match && bytes.Equal(x.Computed, x.Declared)
	}
	return nil
}
