package folder

import (
	"path/filepath"
	"slices"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// providers is the list of the account's providers, left out where it is of
// another account than the sign-in's.
func (m *match) providers() evidence.Fact[[]evidence.ProviderName] {
	for _, a := range nearest(m.names) {
		if len(a.v) > 0 && len(m.s.Pairs) > 0 && !slices.ContainsFunc(a.v, m.ourAccount) {
			continue
		}
		return fact(a.v, a.origin)
	}
	return evidence.Fact[[]evidence.ProviderName]{}
}

// ourAccount reports whether a provider is of an account that the pairs name.
func (m *match) ourAccount(p evidence.ProviderName) bool {
	a, ok := endpoint.ParseARN(p.ARN)
	for _, q := range m.s.Pairs {
		if !q.OK || ok && a.Account == q.Provider.Account {
			return true
		}
	}
	return false
}

// provider finds the provider's metadata: by its ARN where the call is known,
// else the only one given, else by entityID = Issuer, by /acs/ID, by name.
func (m *match) provider() evidence.Fact[evidence.Provider] {
	arns := m.s.Providers()
	in := m.Evidence.providers
	if ours := filter(in, func(a about[evidence.Provider]) bool { return slices.Contains(arns, a.v.ARN) }); len(ours) > 0 {
		if own := filter(in, func(a about[evidence.Provider]) bool { return a.v.ARN == "" && a.flag != Folder }); len(own) == 0 {
			return fact(ours[0].v, ours[0].origin)
		}
	}
	in = filter(in, func(a about[evidence.Provider]) bool {
		return a.v.ARN == "" || len(arns) == 0 || slices.Contains(arns, a.v.ARN)
	})
	in = nearest(in)
	// Of a folder, the answer of IAM is what IAM holds; a bare document may be
	// what the IdP publishes.
	if full := filter(in, func(a about[evidence.Provider]) bool { return a.v.Full }); len(full) > 0 && in[0].flag == Folder {
		in = full
	}
	in = unique(in, func(p evidence.Provider) string {
		return p.UUID + "\n" + strings.TrimSpace(string(p.Metadata.Document))
	})
	if len(in) == 0 {
		return evidence.Fact[evidence.Provider]{}
	}
	left, told := narrow(in, m.byIssuer, m.byACS, named[evidence.Provider](namesOf(arns)))
	f := fact(left[0].v, left[0].origin)
	if !told {
		f.Inferred = true
		f.Why = "several metadata documents fit: " + files(left)
		for _, o := range left[1:] {
			f.Value.Others = append(f.Value.Others, o.v.Metadata)
		}
	}
	return f
}

func (m *match) byIssuer(a about[evidence.Provider]) bool {
	return m.s.Issuer != "" && slices.ContainsFunc(a.v.Metadata.Entities, func(e evidence.Entity) bool { return e.ID.Value == m.s.Issuer })
}

func (m *match) byACS(a about[evidence.Provider]) bool {
	return a.v.UUID != "" && slices.Contains(m.s.ACSIDs, a.v.UUID)
}

// absentProvider tells, from the whole list of providers, that there is none
// of that name: ListSAMLProviders does not page.
func (m *match) absentProvider(arns []string) evidence.Fact[evidence.Provider] {
	names, ok := m.l.Providers.Get()
	if !ok || len(arns) != 1 {
		return evidence.Fact[evidence.Provider]{}
	}
	for _, n := range names {
		if n.ARN == arns[0] {
			return evidence.Fact[evidence.Provider]{}
		}
	}
	return evidence.Fact[evidence.Provider]{State: evidence.Absent, Source: m.l.Providers.Source, At: m.l.Providers.At, Value: evidence.Provider{ARN: arns[0]}}
}

// published finds what the IdP publishes now.
func (m *match) published() evidence.Fact[evidence.Metadata] {
	in := unique(nearest(m.idp), func(d evidence.Metadata) string { return strings.TrimSpace(string(d.Document)) })
	if len(in) == 0 {
		return evidence.Fact[evidence.Metadata]{}
	}
	left, told := narrow(in, func(a about[evidence.Metadata]) bool {
		return slices.ContainsFunc(a.v.Entities, func(e evidence.Entity) bool { return e.ID.Value == m.s.Issuer })
	})
	f := fact(left[0].v, left[0].origin)
	if f.Inferred = !told; f.Inferred {
		f.Why = "several metadata documents fit: " + files(left)
	}
	return f
}

// files names the files of several pieces, the first few.
func files[T any](in []about[T]) string {
	var out []string
	for _, a := range in {
		if len(out) == 3 {
			return strings.Join(out, ", ") + ", …"
		}
		out = append(out, filepath.Base(a.file))
	}
	return strings.Join(out, ", ")
}
