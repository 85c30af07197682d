package casefile

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"example.com/samlens/diag/evidence"
)

// Write writes an investigation. What could sign anyone in is left out where
// f.Redacted is set.
func Write(w io.Writer, f File) error {
	out := file{Schema: Schema, Version: f.Version, SavedAt: f.SavedAt.UTC(), Redacted: f.Redacted, Cases: []sealed{}}
	for _, c := range f.Cases {
		out.Cases = append(out.Cases, seal(c, f.Redacted))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("write the case: %w", err)
	}
	return nil
}

func seal(c evidence.Case, redact bool) sealed {
	s := sealed{Source: c.Source, AsOf: c.AsOf, Asked: c.Asked, Capture: c.Capture, Live: c.Live}
	s.Response = carry[response](c.Response)
	if r, ok := c.Response.Get(); ok {
		s.Response.Value = sealResponse(r, redact, certificates(c))
	}
	if redact {
		s.Source = filepath.Base(c.Source) // whose folder it lay in says nothing
		s.Capture.Value = redactCapture(c.Capture.Value)
		s.Live.Trail, s.Live.Changes = redactEvents(c.Live.Trail), redactEvents(c.Live.Changes)
	}
	// Metadata is read anew from the document.
	s.Live.IdPMetadata.Value = document(c.Live.IdPMetadata.Value)
	s.Live.Provider.Value.Metadata = document(c.Live.Provider.Value.Metadata)
	s.Live.Provider.Value.Others = nil
	for _, m := range c.Live.Provider.Value.Others {
		s.Live.Provider.Value.Others = append(s.Live.Provider.Value.Others, document(m))
	}
	return s
}

// document is metadata without what was read from it.
func document(m evidence.Metadata) evidence.Metadata {
	return evidence.Metadata{Document: m.Document, Source: m.Source}
}

// certificates are those of the case that a signature may be held against.
func certificates(c evidence.Case) []evidence.Certificate {
	var out []evidence.Certificate
	for _, s := range c.Response.Value.Signatures {
		out = append(out, s.Certificates...)
	}
	p := c.Live.Provider.Value
	for _, m := range append([]evidence.Metadata{p.Metadata, c.Live.IdPMetadata.Value}, p.Others...) {
		for _, e := range m.Entities {
			out = append(append(out, e.Signing...), e.Encryption...)
		}
	}
	return out
}

// carry returns a fact about something else that is known in the same way.
func carry[T, U any](f evidence.Fact[U]) evidence.Fact[T] {
	return evidence.Fact[T]{State: f.State, Source: f.Source, Why: f.Why, At: f.At, Inferred: f.Inferred}
}
