package awsx

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"example.com/samlens/diag/evidence"
)

// An Inventory is what an account has of SAML federation to Amazon Connect,
// apart from any sign-in. Each fact stands for itself: what could not be had is
// Denied or Failed and takes nothing else along.
type Inventory struct {
	Identity  evidence.Fact[evidence.Identity]
	Providers evidence.Fact[[]evidence.Provider]
	// Roles are those that trust a SAML provider, Permissions their policies
	// by the role's ARN.
	Roles       evidence.Fact[[]evidence.Role]
	Permissions map[string]evidence.Fact[[]evidence.Policy]
	Instances   evidence.Fact[[]evidence.Instance] // of all Regions asked about
}

// maxSurveyed bounds how many providers and roles are read one by one.
const maxSurveyed = 200

// Survey takes the inventory of the account behind api, with the Connect
// instances of some Regions. tell, which may be nil, is told what is being
// asked, from several goroutines.
func Survey(ctx context.Context, api API, regions []string, tell func(what string)) Inventory {
	if tell == nil {
		tell = func(string) {}
	}
	v := Inventory{Permissions: map[string]evidence.Fact[[]evidence.Policy]{}}
	tell("whose credentials these are")
	id, err := api.Identity(ctx)
	if v.Identity, err = answered(id, false, err, "sts:GetCallerIdentity"); err != nil {
		e := asError("sts:GetCallerIdentity", err)
		v.Providers = none[[]evidence.Provider](e.State, "iam:GetSAMLProvider", e.Error())
		v.Roles = none[[]evidence.Role](e.State, "iam:ListRoles", e.Error())
		v.Instances = none[[]evidence.Instance](e.State, "connect:ListInstances", e.Error())
		return v
	}
	var wg sync.WaitGroup
	wg.Go(func() { tell("SAML providers"); v.Providers = surveyProviders(ctx, api) })
	wg.Go(func() { tell("roles that trust a provider"); v.Roles, v.Permissions = surveyRoles(ctx, api) })
	wg.Go(func() { tell("Connect instances"); v.Instances = surveyInstances(ctx, api, regions) })
	wg.Wait()
	return v
}

func surveyProviders(ctx context.Context, api API) evidence.Fact[[]evidence.Provider] {
	names, err := api.Providers(ctx)
	if err != nil {
		f, _ := answered([]evidence.Provider(nil), false, err, "iam:ListSAMLProviders")
		return f
	}
	names = names[:min(len(names), maxSurveyed)]
	got, err := one(names, func(n evidence.ProviderName) (evidence.Provider, error) { return api.Provider(ctx, n.ARN) })
	f, _ := answered(got, len(got) > 0, err, "iam:GetSAMLProvider")
	return f
}

func surveyRoles(ctx context.Context, api API) (evidence.Fact[[]evidence.Role], map[string]evidence.Fact[[]evidence.Policy]) {
	var roles evidence.Fact[[]evidence.Role]
	_ = rows(api.Roles(ctx), "iam:ListRoles", maxSurveyed, func(f evidence.Fact[[]evidence.Role], _ Progress) { roles = f }) // the fact has the error
	full, err := one(roles.Value, func(r evidence.Role) (evidence.Role, error) { return api.Role(ctx, r.ARN) })
	if err == nil { // the list leaves boundaries out; without GetRole it has to do
		roles.Value = full
	}
	permissions := map[string]evidence.Fact[[]evidence.Policy]{}
	var mu sync.Mutex
	_, _ = one(roles.Value, func(r evidence.Role) (struct{}, error) {
		ps, err := api.Permissions(ctx, r)
		f, _ := answered(ps, len(ps) > 0, err, "iam:ListAttachedRolePolicies")
		mu.Lock()
		permissions[r.ARN] = f
		mu.Unlock()
		return struct{}{}, nil
	})
	return roles, permissions
}

func surveyInstances(ctx context.Context, api API, regions []string) evidence.Fact[[]evidence.Instance] {
	all := evidence.Have([]evidence.Instance{}, "connect:ListInstances")
	all.At = time.Now()
	for _, r := range regions {
		var f evidence.Fact[[]evidence.Instance]
		_ = rows(api.Instances(ctx, r), "connect:ListInstances", maxInstances, func(got evidence.Fact[[]evidence.Instance], _ Progress) { f = got }) // the fact has the error
		if f.State != evidence.Known {
			all.State, all.Why = f.State, r+": "+f.Why
		}
		for _, i := range f.Value {
			if d, err := api.Instance(ctx, Place{r, i.ID}); err == nil {
				i = d // the list tells nothing of replication
			}
			all.Value = append(all.Value, i)
		}
	}
	if all.State != evidence.Known && len(all.Value) > 0 {
		all.State = evidence.Partial
	}
	return all
}

// one asks about each of a list, four at a time, in the list's order. What
// failed is left out, and the first error returned.
func one[A, B any](in []A, ask func(A) (B, error)) ([]B, error) {
	type answer struct {
		v   B
		err error
	}
	got := make([]answer, len(in))
	var g errgroup.Group
	g.SetLimit(atOnce)
	for i, a := range in {
		g.Go(func() error {
			got[i].v, got[i].err = ask(a)
			return nil
		})
	}
	_ = g.Wait() // errors are kept with their answers
	out := []B{}
	var first error
	for _, a := range got {
		switch {
		case a.err == nil:
			out = append(out, a.v)
		case first == nil:
			first = a.err
		}
	}
	return out, first
}

// SurveyTakes are the permissions that a survey needs beside those of the
// lookups that it shares.
func SurveyTakes() []Permission { return []Permission{{"iam:ListRoles", everything}} }
