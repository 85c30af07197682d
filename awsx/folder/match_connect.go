package folder

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// connect finds the instance that the sign-in goes to, and the account's list.
func (m *match) connect() (one evidence.Fact[evidence.Instance], all evidence.Fact[[]evidence.Instance]) {
	all = list(m.listings, func(evidence.Instance) bool { return true })
	ours := func(i evidence.Instance) bool { return strings.EqualFold(i.ID, m.s.Instance) }
	given := m.described()
	if m.s.Instance != "" {
		fits := filter(given, func(a about[evidence.Instance]) bool { return ours(a.v) })
		if len(fits) > 0 {
			one = fact(fits[0].v, fits[0].origin)
			if one.Inferred = len(fits) > 1; one.Inferred {
				one.Why = "several files describe this instance differently: " + files(fits)
			}
			return one, all
		}
		// Instances of other IDs are at least instances that the account has.
		for _, a := range given {
			if all.State == evidence.Unasked {
				all = fact([]evidence.Instance{}, a.origin)
				all.State, all.Why = evidence.Partial, "one instance is described, and it is not the one that the sign-in names"
			}
			all.Value = append(all.Value, a.v)
		}
		return one, all
	}
	if len(given) == 1 {
		one = fact(given[0].v, given[0].origin)
	}
	return one, all
}

// described are the instances that files describe, each once.
func (m *match) described() []about[evidence.Instance] {
	return unique(nearest(m.instances), func(i evidence.Instance) string { return fmt.Sprint(i) })
}

// listedInstance reads the instance from the account's list: its line there,
// or that there is none in the Region where the sign-in looks for it.
func (m *match) listedInstance() (one evidence.Fact[evidence.Instance]) {
	all := m.l.Instances
	if m.s.Instance == "" || len(m.listings) == 0 {
		return one
	}
	if i := slices.IndexFunc(all.Value, func(i evidence.Instance) bool { return strings.EqualFold(i.ID, m.s.Instance) }); i >= 0 {
		return evidence.Fact[evidence.Instance]{Value: all.Value[i], State: evidence.Known, Source: all.Source, At: all.At}
	}
	if all.State == evidence.Known && m.sameRegion(all.Value) {
		one = evidence.Fact[evidence.Instance]{Value: evidence.Instance{ID: m.s.Instance, Region: m.s.Region}, State: evidence.Absent, Source: all.Source, At: all.At}
	}
	return one
}

// sameRegion reports whether a list is of the Region where the sign-in looks
// for its instance: ListInstances knows one Region only.
func (m *match) sameRegion(is []evidence.Instance) bool {
	for _, a := range m.listings {
		if r := a.args["region"]; r != "" && r == m.s.Region {
			return true
		}
	}
	return slices.ContainsFunc(is, func(i evidence.Instance) bool { return i.Region != "" && i.Region == m.s.Region })
}

// roster splits what is known of users: the exact name, and everyone.
func (m *match) roster() (exact, all evidence.Fact[[]evidence.User]) {
	for _, a := range m.users {
		if n, ok := searched(a.origin); !ok || n != m.s.Session || !m.ofInstance(a.args["instance-id"]) {
			continue
		}
		exact = fact(a.v.rows, a.origin)
		if len(a.v.rows) == 0 {
			exact.State = evidence.Absent
		}
	}
	rest := nearest(filter(m.users, func(a about[partial[evidence.User]]) bool {
		_, ok := searched(a.origin)
		return !ok
	}))
	all = join(subsumed(rest), func(evidence.User) bool { return true })
	all.Value = onceUser(all.Value)
	m.elsewhere(&all)
	return exact, all
}

// inCriteria finds the exact name in --search-criteria's two forms.
var inCriteria = expression.Lazy(`^StringCondition=\{FieldName=Username,Value=([^,{}]+),ComparisonType=EXACT\}$`)

// searched is the exact user name that a collected search was for.
func searched(o origin) (name string, ok bool) {
	text := o.args["search-criteria"]
	if o.call != "connect search-users" || text == "" {
		return "", false
	}
	if m := inCriteria().FindStringSubmatch(text); m != nil {
		return m[1], true
	}
	var v struct {
		StringCondition struct{ FieldName, Value, ComparisonType string }
	}
	if json.Unmarshal([]byte(text), &v) != nil || v.StringCondition.FieldName != "Username" || v.StringCondition.ComparisonType != "EXACT" {
		return "", true // a search all the same, though for something else
	}
	return v.StringCondition.Value, true
}

func (m *match) ofInstance(id string) bool {
	return id == "" || m.s.Instance == "" || strings.EqualFold(id, m.s.Instance)
}

// subsumed drops a part of a list where another file holds the whole of it.
func subsumed(in []about[partial[evidence.User]]) []about[partial[evidence.User]] {
	whole := map[string]bool{}
	for _, a := range in {
		if !a.v.more {
			for _, u := range a.v.rows {
				whole[u.ID+"\n"+u.Username] = true
			}
		}
	}
	return filter(in, func(a about[partial[evidence.User]]) bool {
		return !a.v.more || slices.ContainsFunc(a.v.rows, func(u evidence.User) bool { return !whole[u.ID+"\n"+u.Username] })
	})
}

// onceUser drops users that occur in several files.
func onceUser(us []evidence.User) []evidence.User {
	if us == nil {
		return nil
	}
	seen, out := make(map[string]bool, len(us)), us[:0:0]
	for _, u := range us {
		if u.ID != "" && seen[u.ID] {
			continue
		}
		seen[u.ID] = true
		out = append(out, u)
	}
	if out == nil {
		out = []evidence.User{}
	}
	return out
}

// elsewhere turns a list partial that is of other instances only: it says
// nothing of who is missing from this one.
func (m *match) elsewhere(f *evidence.Fact[[]evidence.User]) {
	if m.s.Instance == "" || len(f.Value) == 0 {
		return
	}
	if slices.ContainsFunc(f.Value, func(u evidence.User) bool { return m.ofInstance(u.Instance) }) {
		return
	}
	f.State = evidence.Partial
	f.Why = filepath.Base(f.Source) + " lists users of instance " + f.Value[0].Instance + ", and the sign-in goes to " + m.s.Instance
}

func (m *match) authProfiles() evidence.Fact[[]evidence.AuthProfile] {
	in := filter(m.profiles, func(a about[partial[evidence.AuthProfile]]) bool { return m.ofInstance(a.args["instance-id"]) })
	// A description says more than the summary of the same profile.
	described := map[string]bool{}
	for _, a := range in {
		if !a.v.more {
			for _, p := range a.v.rows {
				described[p.ID] = true
			}
		}
	}
	in = filter(in, func(a about[partial[evidence.AuthProfile]]) bool {
		return !a.v.more || slices.ContainsFunc(a.v.rows, func(p evidence.AuthProfile) bool { return !described[p.ID] })
	})
	return list(in, func(evidence.AuthProfile) bool { return true })
}
