package casefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
)

// The limits of a file.
const (
	maxBytes = 256 << 20
	maxCases = 2000
)

// Read reads an investigation again. The cases have no Now: who opens a case
// says when. The error says, in one sentence, what is wrong with the file.
func Read(doc []byte) (File, error) {
	if len(doc) > maxBytes {
		return File{}, fmt.Errorf("the case is larger than %d MB", maxBytes>>20)
	}
	var h struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(doc, &h); err != nil {
		return File{}, broken(err)
	}
	switch {
	case h.Schema == Schema:
	case strings.HasPrefix(h.Schema, "samlens/case/"):
		return File{}, fmt.Errorf("the case is of the form %.40q, and this samlens reads %s: open it with the version that saved it", h.Schema, Schema)
	case strings.HasPrefix(h.Schema, "samlens/"):
		return File{}, fmt.Errorf("it is a report (%.40q) and not a case: reports hold no evidence; a case is made with --save", h.Schema)
	default:
		return File{}, errors.New("it is no case of samlens")
	}
	var in file
	if err := json.Unmarshal(doc, &in); err != nil {
		return File{}, broken(err)
	}
	if len(in.Cases) > maxCases {
		return File{}, fmt.Errorf("the case holds more than %d sign-ins", maxCases)
	}
	out := File{Version: in.Version, SavedAt: in.SavedAt, Redacted: in.Redacted}
	for i, s := range in.Cases {
		c, err := s.open()
		if err != nil {
			return File{}, fmt.Errorf("the case's sign-in %d: %w", i+1, err)
		}
		out.Cases = append(out.Cases, c)
	}
	if len(out.Cases) == 0 {
		return File{}, errors.New("the case holds no sign-in")
	}
	return out, nil
}

func broken(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("the case is broken at byte %d: %w", syntax.Offset, err)
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("the case is broken at byte %d: %.80q cannot be a %s", kind.Offset, kind.Field, kind.Value)
	}
	return fmt.Errorf("the case is broken: %w", err)
}

func (s sealed) open() (evidence.Case, error) {
	c := evidence.Case{Source: s.Source, AsOf: s.AsOf, Asked: s.Asked, Capture: s.Capture, Live: s.Live, Response: carry[evidence.Response](s.Response)}
	if s.Response.State == evidence.Known {
		r, err := s.Response.Value.open()
		if err != nil {
			return c, err
		}
		c.Response.Value = r
	}
	l := &c.Live
	l.IdPMetadata.Value.Source = "idp-metadata"
	l.IdPMetadata.Value = again(l.IdPMetadata.Value)
	p := &l.Provider.Value
	p.Metadata = again(p.Metadata)
	for i := range p.Others {
		p.Others[i] = again(p.Others[i])
	}
	bound(&c, len(c.Response.Value.XML))
	return c, nil
}

// again reads metadata from its document.
func again(m evidence.Metadata) evidence.Metadata {
	if m.Document == nil {
		return evidence.Metadata{}
	}
	return metadata.Parse(m.Document, m.Source)
}
