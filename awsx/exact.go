package awsx

import (
	"strings"

	"example.com/samlens/diag/evidence"
)

// ExactOf reads the answer to "is there a user of just that name" from a list
// of users: those of the name, or none where the list is whole. It is Unasked
// where the list does not tell.
func ExactOf(s Subject, all evidence.Fact[[]evidence.User]) evidence.Fact[[]evidence.User] {
	var f evidence.Fact[[]evidence.User]
	if s.Session == "" || all.State == evidence.Unasked {
		return f
	}
	for _, u := range all.Value {
		if u.Username == s.Session && (u.Instance == "" || s.Instance == "" || strings.EqualFold(u.Instance, s.Instance)) {
			f.Value = append(f.Value, u)
		}
	}
	switch {
	case len(f.Value) > 0:
		f.State = evidence.Known
	case all.State == evidence.Known:
		f.State = evidence.Absent
	default:
		return f
	}
	f.Source, f.At = all.Source, all.At
	return f
}
