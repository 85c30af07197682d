package whatif

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A Proposal is what would be changed. The zero Proposal changes nothing.
type Proposal struct {
	// Roles are proposed trust policies. A role without an ARN is the one
	// that the sign-in is for.
	Roles []evidence.Role
	// Policies are proposed permission policies of that role. One stands in
	// the place of the policy of its name or ARN; one without either in the
	// place of the only one there is, else of the only one that speaks of
	// Connect; else it is added.
	Policies []evidence.Policy
	// Metadata is what the IAM provider would hold; nil leaves it. Said tells
	// what that is, in a clause; "" for proposed metadata.
	Metadata *evidence.Metadata
	Said     string
}

// Empty reports whether nothing is proposed.
func (p Proposal) Empty() bool { return len(p.Roles)+len(p.Policies) == 0 && p.Metadata == nil }

// FromFix makes a proposal of the document that a fix changes. It reports
// false where the fix changes none that can be tried here.
func FromFix(d diag.Diagnosis, f rule.Fix) (Proposal, bool) {
	if f.Uploads {
		return upload(d.Case)
	}
	ch := f.Change
	if ch == nil || strings.TrimSpace(ch.After) == "" {
		return Proposal{}, false
	}
	if ch.Before != "" {
		for _, r := range d.Case.Live.Roles.Value {
			if r.Trust == ch.Before {
				r.Trust, r.Missing = ch.After, false
				return Proposal{Roles: []evidence.Role{r}}, true
			}
		}
		for _, g := range d.Case.Live.Permissions.Value {
			if g.Document == ch.Before {
				g.Document = ch.After
				return Proposal{Policies: []evidence.Policy{g}}, true
			}
		}
		return Proposal{}, false
	}
	switch trust, ok := speaksOfPrincipals(ch.After); {
	case !ok:
		return Proposal{}, false
	case trust:
		return Proposal{Roles: []evidence.Role{{Trust: ch.After}}}, true
	}
	return Proposal{Policies: []evidence.Policy{{Name: strings.TrimSuffix(ch.Name, ".json"), Kind: evidence.Inline, Document: ch.After}}}, true
}

// speaksOfPrincipals tells a trust policy from a permission policy.
func speaksOfPrincipals(doc string) (trust, ok bool) {
	type statement struct{ Principal, NotPrincipal json.RawMessage }
	var many struct{ Statement []statement }
	var one struct{ Statement statement }
	if json.Unmarshal([]byte(doc), &many) != nil {
		if json.Unmarshal([]byte(doc), &one) != nil {
			return false, false
		}
		many.Statement = []statement{one.Statement}
	}
	for _, s := range many.Statement {
		trust = trust || s.Principal != nil || s.NotPrincipal != nil
	}
	return trust, len(many.Statement) > 0
}

// in returns a case with the proposal in the place of its evidence.
func (p Proposal) in(c evidence.Case) (evidence.Case, []string) {
	var placed []string
	say := func(format string, a ...any) { placed = append(placed, fmt.Sprintf(format, a...)) }
	for _, r := range p.Roles {
		p.role(&c, r, say)
	}
	for _, g := range p.Policies {
		p.policy(&c, g, say)
	}
	if len(p.Roles)+len(p.Policies) > 0 {
		// The simulator and the analyser spoke of what is there now.
		c.Live.Simulated, c.Live.External = evidence.Fact[[]evidence.Simulation]{}, evidence.Fact[[]evidence.ExternalAccess]{}
	}
	if p.Metadata != nil {
		v := c.Live.Provider.Value
		v.Metadata, v.Others = *p.Metadata, nil
		say("%s", cmp.Or(p.Said, "the proposed metadata in place of that of the IAM provider"))
		c.Live.Provider = evidence.Fact[evidence.Provider]{Value: v, State: evidence.Known, Source: "proposed", Inferred: c.Live.Provider.Inferred}
	}
	return c, placed
}

func (p Proposal) role(c *evidence.Case, r evidence.Role, say func(string, ...any)) {
	roles := slices.Clone(c.Live.Roles.Value)
	if r.ARN == "" {
		if cl, _, ok := claims.Read(*c); ok {
			if pair, ok := cl.Chosen(*c); ok && pair.OK {
				r.ARN, r.Name = pair.RoleARN, pair.Role.Name()
			}
		}
	}
	what := "the role"
	if r.ARN != "" {
		what = r.ARN
	}
	i := slices.IndexFunc(roles, func(x evidence.Role) bool { return x.ARN == r.ARN })
	if i < 0 && len(roles) == 1 && roles[0].ARN == "" {
		i = 0
	}
	if i >= 0 {
		say("the proposed trust policy in place of that of %s", what)
		x := roles[i]
		x.Trust, x.Missing = r.Trust, false
		roles[i] = x
	} else {
		say("a role %s with the proposed trust policy", what)
		roles = append(roles, r)
	}
	c.Live.Roles = evidence.Fact[[]evidence.Role]{Value: roles, State: evidence.Known, Source: "proposed", Inferred: c.Live.Roles.Inferred}
}

func (p Proposal) policy(c *evidence.Case, g evidence.Policy, say func(string, ...any)) {
	all := slices.Clone(c.Live.Permissions.Value)
	i := stead(all, g)
	if i >= 0 {
		say("the proposed policy in place of %s", title(all[i]))
		x := all[i]
		x.Document, x.Source = g.Document, "proposed"
		all[i] = x
	} else {
		if g.Kind == "" {
			g.Kind = evidence.Inline
		}
		say("%s beside the role's other policies", title(g))
		all = append(all, g)
	}
	f := c.Live.Permissions
	if !f.State.Seen() && f.State != evidence.Partial {
		f = evidence.Fact[[]evidence.Policy]{Source: "proposed"}
	}
	if f.State != evidence.Partial { // some of the others are not known, still
		f.State = evidence.Known
	}
	f.Value = all
	c.Live.Permissions = f
}

// stead is the index of the policy that a proposed one replaces; -1 for none.
func stead(all []evidence.Policy, g evidence.Policy) int {
	if g.ARN != "" || g.Name != "" {
		return slices.IndexFunc(all, func(x evidence.Policy) bool {
			if g.Kind == evidence.Boundary != (x.Kind == evidence.Boundary) {
				return false
			}
			return g.ARN != "" && x.ARN == g.ARN || g.ARN == "" && x.Name == g.Name
		})
	}
	found := -1
	for _, fits := range []func(evidence.Policy) bool{
		func(x evidence.Policy) bool { return x.Kind != evidence.Boundary },
		func(x evidence.Policy) bool {
			return x.Kind != evidence.Boundary && policy.NamesConnect([]evidence.Policy{x})
		},
	} {
		n := 0
		for i, x := range all {
			if fits(x) {
				found, n = i, n+1
			}
		}
		if n == 1 {
			return found
		}
	}
	return -1
}

func title(p evidence.Policy) string {
	switch {
	case p.Name != "":
		return "policy " + p.Name
	case p.ARN != "":
		return "policy " + p.ARN
	}
	return "a policy without a name"
}
