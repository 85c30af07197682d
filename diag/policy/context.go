package policy

import (
	"maps"
	"strings"
)

// A Truth is the outcome of a comparison: false, unknown or true, in that
// order, so that AND is the minimum and OR the maximum.
type Truth uint8

// The truth values.
const (
	False Truth = iota
	Unknown
	True
)

// String names the truth value.
func (t Truth) String() string { return [...]string{"false", "unknown", "true"}[min(t, True)] }

func not(t Truth) Truth { return True - t }

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// A Presence tells whether a request carries a key.
type Presence uint8

// The presences. Unsure is the zero value: a key of which nothing is said.
const (
	Unsure  Presence = iota // AWS knew, we do not
	Present                 // carried, with Values
	Absent                  // not carried
)

// A Value is what a request carries under a condition key.
type Value struct {
	Presence Presence
	Values   []string
	// Multi marks a key that can carry several values, for which IAM wants
	// a set operator.
	Multi bool
	// Or holds further readings where the sources leave open which one AWS
	// uses. A condition on which the readings differ is unknown.
	Or []Value
}

// One is a single-valued key's value.
func One(s string) Value { return Value{Presence: Present, Values: []string{s}} }

// Many is a multivalued key's values.
func Many(s ...string) Value { return Value{Presence: Present, Values: s, Multi: true} }

// Missing is a key that the request does not carry.
func Missing() Value { return Value{Presence: Absent} }

// Either is a key with several readings.
func Either(first Value, rest ...Value) Value {
	first.Or = rest
	return first
}

// readings returns every reading of v.
func (v Value) readings() []Value {
	out := append([]Value{v}, v.Or...)
	for i := range out {
		out[i].Or = nil
		// A multivalued key with nothing in it is as good as absent: so the
		// documentation of the set operators.
		if out[i].Presence == Present && len(out[i].Values) == 0 {
			out[i].Presence = Absent
		}
	}
	return out
}

// A Context maps the condition keys of a request, in lower case, to their
// values. A key "aws:principaltag/*" speaks for all keys of that beginning
// that have no entry of their own, "*" for all the rest; a key for which
// nothing speaks is unknown.
type Context map[string]Value

// Lookup returns the value of key, whose case does not matter.
func (c Context) Lookup(key string) Value {
	key = strings.ToLower(key)
	if v, ok := c[key]; ok {
		return v
	}
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] == '/' || key[i] == ':' {
			if v, ok := c[key[:i+1]+"*"]; ok {
				return v
			}
		}
	}
	return c["*"]
}

// With returns a copy of c with the entries of d laid over it.
func (c Context) With(d Context) Context {
	out := make(Context, len(c)+len(d))
	maps.Copy(out, c)
	for k, v := range d {
		out[strings.ToLower(k)] = v
	}
	return out
}
