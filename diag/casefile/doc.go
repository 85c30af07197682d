// Package casefile writes an investigation to a file and reads it again: the
// capture's evidence and everything that AWS, or files in its place, said.
//
// A case file is one JSON object. It holds evidence and no conclusions: who
// opens it concludes afresh, by the rules of the program at hand. What can be
// read anew is kept as the document it was read from (the SAML response, the
// metadata) and read by the same parsers when it is opened; the rest is this
// program's own evidence, field by field. Policies are kept as AWS gave them.
//
// A redacted case can sign nobody in. The SAML response is there with every
// value that a diagnosis needs, but its signature values, and the ciphertext
// of encrypted assertions, are replaced by as many letters A, so that every
// place stays where it was and no service takes it. What can then not be
// computed any more, the digests and which certificate's key made which
// signature, is written down beside it. Opaque relay states, the parameters of
// addresses and the bodies of pages are left out too. What remains is personal
// all the same: names, addresses and account numbers are what the diagnosis is
// about.
//
// A case file is somebody's word, as any file of evidence is. Nothing in it
// can point outside of the documents it holds, certificates are read anew from
// their bytes, and the facts about signatures count only for the signatures
// that the document has.
package casefile

import (
	"encoding/json"
	"errors"
	"time"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
)

// Schema names the form. Keys are only ever added to it.
const Schema = "samlens/case/1"

// A File is a saved investigation.
type File struct {
	// Version is the program's that wrote it, SavedAt when.
	Version string
	SavedAt time.Time
	// Redacted tells that nothing in it can sign anyone in.
	Redacted bool
	// Cases are the sign-ins, in the order they were given.
	Cases []evidence.Case
}

// file is a File as it is written.
type file struct {
	Schema   string    `json:"schema"`
	Version  string    `json:"version"`
	SavedAt  time.Time `json:"saved_at"`
	Redacted bool      `json:"redacted"`
	Cases    []sealed  `json:"cases"`
}

// sealed is a case as it is written.
type sealed struct {
	Source   string                          `json:"source"`
	AsOf     evidence.AsOf                   `json:"as_of"`
	Asked    evidence.Asked                  `json:"asked"`
	Capture  evidence.Fact[evidence.Capture] `json:"capture"`
	Response evidence.Fact[response]         `json:"response"`
	Live     evidence.Live                   `json:"live"`
}

// text is bytes that are written as a string where they are one.
type text []byte

// MarshalJSON writes a string, or an object with base64 for other bytes.
func (t text) MarshalJSON() ([]byte, error) {
	if utf8.Valid(t) {
		return json.Marshal(string(t))
	}
	return json.Marshal(struct {
		Base64 []byte `json:"base64"`
	}{t})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		err := json.Unmarshal(b, &s)
		*t = text(s)
		return err
	}
	var o struct {
		Base64 []byte `json:"base64"`
	}
	if err := json.Unmarshal(b, &o); err != nil {
		return errors.New("a document is neither a string nor base64")
	}
	*t = o.Base64
	return nil
}
