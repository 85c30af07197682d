// Package preflight looks over what an account has of SAML federation to
// Amazon Connect before anybody fails to sign in: certificates near their end,
// metadata that IAM could not take again, roles that trust nobody who is there,
// instances that no role leads into.
//
// It judges facts that others have gathered; of what could not be had it says
// nothing, and its caller says that. Findings are those of the catalogue's
// rules, about a provider, role or instance instead of a sign-in.
package preflight

import (
	"cmp"
	"slices"
	"time"

	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// An Account is what is known of it.
type Account struct {
	// Names are all of its SAML providers; absence is judged only where they
	// are Known.
	Names     evidence.Fact[[]evidence.ProviderName]
	Providers []evidence.Provider
	Roles     []evidence.Role // those that trust a SAML provider
	// Permissions are the roles' policies by the role's ARN.
	Permissions map[string]evidence.Fact[[]evidence.Policy]
	// AllRoles tells that Roles are all there are; an instance without a way
	// in is told only then.
	AllRoles  bool
	Instances []evidence.Instance
	// Published are metadata documents that identity providers publish now.
	Published []evidence.Metadata
	Now       time.Time
}

// A Subject is what a finding is about.
type Subject struct {
	Kind     string // "provider", "role", "instance"
	ID       string // its ARN, or name where a file does not tell the ARN
	Findings []rule.Finding
	// Open are what could not be judged of it, a clause each.
	Open []string
}

// Check looks the account over: providers, then roles, then instances, each in
// the order given, their findings worst first.
func Check(a Account) []Subject {
	var out []Subject
	for _, p := range a.Providers {
		out = append(out, a.provider(p))
	}
	for _, r := range a.Roles {
		out = append(out, a.role(r))
	}
	for _, i := range a.Instances {
		out = append(out, a.instance(i))
	}
	for _, s := range out {
		slices.SortStableFunc(s.Findings, func(x, y rule.Finding) int { return cmp.Compare(y.Severity, x.Severity) })
	}
	return out
}

// rules are the catalogue's by their IDs.
func rules() map[string]*rule.Rule {
	out := map[string]*rule.Rule{}
	for _, r := range catalog.All() {
		out[r.ID] = r
	}
	return out
}

// find makes a finding of a rule of the catalogue.
func find(id string, severity rule.Severity, summary string, proof ...rule.Exhibit) rule.Finding {
	r := rules()[id]
	f := rule.Finding{Rule: r, Severity: severity, Summary: summary, Evidence: proof}
	if r != nil {
		f.Hop = r.Hop
		if severity == rule.Unset {
			f.Severity = r.Severity
		}
	}
	if len(proof) > 0 {
		f.At = proof[0].At
	}
	return f
}
