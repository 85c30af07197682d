package folder

import (
	"path/filepath"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// For returns what the files say of one sign-in.
//
// A file whose content or collected call names its subject is taken where it
// is the sign-in's and left out where it is another's. Of the others, one
// alone is the sign-in's: the person gave it as that. Where several fit, what
// tells them apart is tried in turn, and if nothing does, the first is taken
// and its fact is Inferred.
func (e Evidence) For(c evidence.Case) evidence.Live {
	m := match{Evidence: e, c: c}
	m.l.Permissions = m.permissions(awsx.SubjectOf(c))
	// The permissions may be what names the instance.
	m.s = awsx.SubjectOf(c.With(m.l))
	// But one instance that was given is the sign-in's before any that a
	// policy names: naming the wrong one may be the policy's fault.
	if given := m.described(); len(given) == 1 && awsx.SubjectOf(c).Instance == "" {
		m.s.Instance, m.s.Region = given[0].v.ID, given[0].v.Region
	}
	m.l.Identity = m.identity()
	m.l.Providers = m.providers()
	m.l.Provider = m.provider()
	m.l.IdPMetadata = m.published()
	m.l.Roles = m.rolesOf()
	m.l.Instance, m.l.Instances = m.connect()
	m.l.Exact, m.l.Users = m.roster()
	m.l.AuthProfiles = m.authProfiles()
	m.l.Trail, m.l.Changes = m.events()
	m.l.Guardrails = m.organization()
	m.l.Regions = list(e.regions, func(evidence.Region) bool { return true })
	m.l.External = m.analyzer()
	m.l.Center = m.identityCenter()
	m.l.Simulated = m.simulation()
	m.refused()
	m.derive()
	return m.l
}

// match is one walk of [Evidence.For].
type match struct {
	Evidence
	c evidence.Case
	s awsx.Subject
	l evidence.Live
}

// fact is a known fact with its origin.
func fact[T any](v T, o origin) evidence.Fact[T] {
	f := evidence.Have(v, o.source())
	f.At = o.at
	return f
}

// source is what a report names: the file.
func (o origin) source() string { return o.file }

// nearest leaves only the files given with a flag of their own where there are
// any: what was named singly overrides what lies in a folder.
func nearest[T any](in []about[T]) []about[T] {
	var own []about[T]
	for _, a := range in {
		if a.flag != Folder {
			own = append(own, a)
		}
	}
	if len(own) > 0 {
		return own
	}
	return in
}

func filter[T any](in []about[T], keep func(about[T]) bool) (out []about[T]) {
	for _, a := range in {
		if keep(a) {
			out = append(out, a)
		}
	}
	return out
}

// narrow keeps what passes the first test that any passes. told tells whether
// one alone is left.
func narrow[T any](in []about[T], tests ...func(about[T]) bool) (out []about[T], told bool) {
	out = in
	for _, t := range tests {
		if len(out) <= 1 {
			break
		}
		if kept := filter(out, t); len(kept) > 0 {
			out = kept
		}
	}
	return out, len(out) == 1
}

// unique drops what says the same as an earlier one.
func unique[T any](in []about[T], key func(T) string) (out []about[T]) {
	seen := map[string]bool{}
	for _, a := range in {
		if k := key(a.v); !seen[k] {
			seen[k] = true
			out = append(out, a)
		}
	}
	return out
}

// named reports whether a file's name has any of the words in it, without case.
func named[T any](words []string) func(about[T]) bool {
	return func(a about[T]) bool {
		base := strings.ToLower(filepath.Base(a.file))
		for _, w := range words {
			if w != "" && strings.Contains(base, strings.ToLower(w)) {
				return true
			}
		}
		return false
	}
}

// names returns the last segments of ARNs.
func namesOf(arns []string) (out []string) {
	for _, s := range arns {
		if a, ok := endpoint.ParseARN(s); ok {
			out = append(out, a.Name())
		}
	}
	return out
}

// list joins the lists that keep says are the sign-in's. One that is still
// coming makes the whole partial, unless another has all that it has.
func list[T any](in []about[partial[T]], keep func(T) bool) evidence.Fact[[]T] {
	return join(nearest(in), keep)
}

func join[T any](in []about[partial[T]], keep func(T) bool) evidence.Fact[[]T] {
	var f evidence.Fact[[]T]
	for _, a := range in {
		if f.State == evidence.Unasked {
			f = fact([]T{}, a.origin)
		}
		for _, r := range a.v.rows {
			if keep(r) {
				f.Value = append(f.Value, r)
			}
		}
		if a.v.more {
			f.State, f.Source = evidence.Partial, a.source()
			f.Why = filepath.Base(a.file) + " carries a NextToken: it is not all of the list"
		}
	}
	return f
}

func (m *match) identity() evidence.Fact[evidence.Identity] {
	if in := nearest(m.identities); len(in) > 0 {
		return fact(in[0].v, in[0].origin)
	}
	return evidence.Fact[evidence.Identity]{}
}
