package keys

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Map is a table as one program uses it: with the person's own keys.
type Map struct {
	table   []Binding
	at      map[Scope]map[string]int
	leaders map[Scope]map[string]bool // first keys of two-key sequences
}

// NewMap returns the table with own keys in place of its own, action by
// action, and every fault of own at once.
func NewMap(own map[string][]string) (*Map, error) {
	m := &Map{table: Table(), at: map[Scope]map[string]int{}, leaders: map[Scope]map[string]bool{}}
	var errs []error
	known := map[string]bool{}
	for i := range m.table {
		b := &m.table[i]
		known[string(b.Action)] = true
		if k, ok := own[string(b.Action)]; ok {
			b.Keys = slices.Clone(k)
		}
	}
	for name := range own {
		if !known[name] {
			errs = append(errs, fmt.Errorf("keys: no action is called %q", name))
		}
	}
	for i, b := range m.table {
		if m.at[b.Scope] == nil {
			m.at[b.Scope], m.leaders[b.Scope] = map[string]int{}, map[string]bool{}
		}
		for _, k := range b.Keys {
			if j, taken := m.at[b.Scope][k]; taken {
				errs = append(errs, fmt.Errorf("keys: %q is given to both %s and %s", k, m.table[j].Action, b.Action))
			}
			m.at[b.Scope][k] = i
			if first, ok := leader(k); ok {
				m.leaders[b.Scope][first] = true
			}
		}
	}
	return m, errors.Join(errs...)
}

// leader returns the first key of a sequence of two: "yk" is y, then k.
func leader(k string) (string, bool) {
	if r := []rune(k); len(r) == 2 {
		return string(r[:1]), true
	}
	return "", false
}

// Find returns the binding of a key in the innermost of scopes that has one.
func (m *Map) Find(key string, scopes ...Scope) (Binding, bool) {
	for _, s := range scopes {
		if i, ok := m.at[s][key]; ok {
			return m.table[i], true
		}
	}
	return Binding{}, false
}

// Leads reports whether a key begins a sequence of two in one of scopes.
func (m *Map) Leads(key string, scopes ...Scope) bool {
	for _, s := range scopes {
		if m.leaders[s][key] {
			return true
		}
		if _, ok := m.at[s][key]; ok {
			return false
		}
	}
	return false
}

// Named returns the binding of an action in the innermost scope that has it.
func (m *Map) Named(a Action, scopes ...Scope) (Binding, bool) {
	for _, s := range scopes {
		for _, b := range m.table {
			if b.Scope == s && b.Action == a {
				return b, true
			}
		}
	}
	return Binding{}, false
}

// In returns the bindings that hold in scopes, innermost first; what an inner
// scope overrides is left out of the outer ones.
func (m *Map) In(scopes ...Scope) []Binding {
	var out []Binding
	taken, done := map[string]bool{}, map[Action]bool{}
	for _, s := range scopes {
		for _, b := range m.table {
			if b.Scope != s || done[b.Action] {
				continue
			}
			b.Keys = slices.DeleteFunc(slices.Clone(b.Keys), func(k string) bool { return taken[k] })
			if len(b.Keys) > 0 {
				out = append(out, b)
			}
		}
		for _, b := range out {
			done[b.Action] = true
			for _, k := range b.Keys {
				taken[k] = true
			}
		}
	}
	return out
}

// Why tells why a binding cannot act now; "" where it can.
func (b Binding) Why(s State) string {
	if b.Off != nil {
		if why := b.Off(s); why != "" {
			return why
		}
	}
	if s.Pane != nil {
		return s.Pane(b.Action)
	}
	return ""
}

// Sequence reports whether it takes two keys, one after the other.
func (b Binding) Sequence() bool {
	if len(b.Keys) == 0 {
		return false
	}
	_, ok := leader(b.Keys[0])
	return ok
}

// Label is how the binding's first key is shown.
func (b Binding) Label() string {
	if len(b.Keys) == 0 {
		return ""
	}
	return Label(b.Keys[0])
}

// Labels are all its keys, as they are shown.
func (b Binding) Labels() string {
	out := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		out[i] = Label(k)
	}
	if len(out) > 4 {
		return out[0] + "…" + out[len(out)-1]
	}
	return strings.Join(out, " ")
}

// Label is how one key is shown.
func Label(k string) string {
	switch k {
	case " ":
		return "space"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return strings.Replace(k, "ctrl+", "^", 1)
}
