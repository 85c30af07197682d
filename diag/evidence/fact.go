package evidence

import (
	"errors"
	"time"
)

// State tells how far a fact is known. The difference between Absent and
// Unasked is the difference between "there is no such user" and "nobody has
// looked", and no rule may take the one for the other.
type State uint8

// The states of a fact.
const (
	Unasked State = iota // nobody has looked
	Partial              // looking, and Value is what has come so far
	Known                // looked, and Value is what was there
	Absent               // looked, and it is not there
	Denied               // not allowed to look
	Failed               // looked, and the answer did not come
)

// String names the state as reports print it.
func (s State) String() string {
	switch s {
	case Unasked:
		return "unasked"
	case Partial:
		return "partial"
	case Known:
		return "known"
	case Absent:
		return "absent"
	case Denied:
		return "denied"
	case Failed:
		return "failed"
	}
	return "unknown"
}

// MarshalText writes the state as [State.String] does.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *State) UnmarshalText(b []byte) error {
	for _, one := range []State{Unasked, Partial, Known, Absent, Denied, Failed} {
		if one.String() == string(b) {
			*s = one
			return nil
		}
	}
	return errors.New("no fact has such a state")
}

// Settled reports whether a further look would be a repetition.
func (s State) Settled() bool { return s > Partial }

// Seen reports whether the answer is in, be it that there is nothing.
func (s State) Seen() bool { return s == Known || s == Absent }

// A Fact is a value together with how it came to be known.
type Fact[T any] struct {
	Value T
	State State
	// Source is what answered: a call such as "iam:GetSAMLProvider", or a
	// file's name.
	Source string
	// Why is the error's text where State is Denied or Failed, and what is
	// still missing where it is Partial.
	Why string
	// At is when the answer came; zero for files.
	At time.Time
	// Inferred marks a value that was matched to this sign-in by likeness
	// and not by name: what follows from it is inferred, never verified.
	Inferred bool
}

// Get returns the value, and whether it is known.
func (f Fact[T]) Get() (T, bool) { return f.Value, f.State == Known }

// Have returns a known fact.
func Have[T any](v T, source string) Fact[T] {
	return Fact[T]{Value: v, State: Known, Source: source}
}

// None returns a fact that was looked for and is not there.
func None[T any](source string) Fact[T] { return Fact[T]{State: Absent, Source: source} }
