package emulator

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxWorld is how many bytes of a world are read: 100,000 users and 10,000
// trail events fit several times over.
const maxWorld = 256 << 20

// A Document is JSON text: a policy, a CloudTrail record. In a world's JSON it
// is written as the object that it is, or as a string holding it; the string
// keeps the layout, and may hold what is no JSON at all.
type Document string

// UnmarshalJSON accepts an object or a string.
func (d *Document) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, (*string)(d))
	}
	v := jsontext.Value(b).Clone()
	if err := v.Compact(); err != nil {
		return err
	}
	*d = Document(v)
	return nil
}

// MarshalJSON writes the object, or a string where the text is no object.
func (d Document) MarshalJSON() ([]byte, error) {
	if v := jsontext.Value(d); len(v) > 0 && v.Kind() == '{' && v.IsValid() {
		return []byte(d), nil
	}
	return json.Marshal(string(d))
}

// A Duration is written as in Go: "1.5s", "15m".
type Duration time.Duration

// UnmarshalText reads "15m".
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return err
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes "15m0s".
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Load reads a world from JSON. A member that no world has is an error, so
// that a misspelt one is not silently without effect.
func Load(r io.Reader) (World, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxWorld+1))
	if err != nil {
		return World{}, fmt.Errorf("reading the world: %w", err)
	}
	if len(b) > maxWorld {
		return World{}, fmt.Errorf("the world is larger than %d bytes", maxWorld)
	}
	var w World
	if err := jsonv2.Unmarshal(b, &w, jsonv2.RejectUnknownMembers(true)); err != nil {
		return World{}, fmt.Errorf("reading the world: %w", err)
	}
	return w, w.check()
}

// Save writes a world as Load reads it, without what is empty.
func Save(out io.Writer, w World) error {
	err := jsonv2.MarshalWrite(out, w, jsonv2.OmitZeroStructFields(true), jsontext.WithIndent("  "))
	if err != nil {
		return fmt.Errorf("writing the world: %w", err)
	}
	_, err = io.WriteString(out, "\n")
	return err
}

// check refuses what would otherwise surface as a puzzle later.
func (w *World) check() error {
	if w.Account != "" && !digits(w.Account, 12) {
		return fmt.Errorf("account %q is not twelve digits", w.Account)
	}
	for i, d := range w.Trail {
		if _, err := parseRecord(d); err != nil {
			return fmt.Errorf("trail event %d: %w", i, err)
		}
	}
	for _, f := range w.Faults {
		if f.Op == "" {
			return fmt.Errorf("a fault names no operation; * strikes all")
		}
	}
	return nil
}

func digits(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
