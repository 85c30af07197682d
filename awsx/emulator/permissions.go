package emulator

import "slices"

// A layer is one kind of policy that has its say about a session.
type layer string

const (
	layerIdentity layer = "identity-based policy"
	layerBoundary layer = "permissions boundary"
	layerService  layer = "service control policy"
	layerResource layer = "resource control policy"
)

// A ruling is the outcome over all layers, and which one refused.
type ruling struct {
	decision decision
	by       layer
	matched  []string // names of the policies that decided
}

// identity asks a role's own policies, then its boundary.
func (w *World) identity(r *Role, q request) ruling {
	out := ruling{decision: implicitDeny, by: layerIdentity}
	ask := func(name string, d Document) {
		switch got := decide(d, q); {
		case got == explicitDeny && out.decision != explicitDeny:
			out.decision, out.matched = explicitDeny, []string{name}
		case got == out.decision && got != implicitDeny, got == allowed && out.decision == implicitDeny:
			out.decision = got
			out.matched = append(out.matched, name)
		}
	}
	for _, p := range r.Inline {
		ask(p.Name, p.Document)
	}
	for _, arn := range r.Attached {
		if p := w.policy(arn); p != nil {
			ask(lastPart(arn), p.Document)
		}
	}
	if out.decision != allowed || r.Boundary == "" {
		return out
	}
	// A boundary that is gone grants nothing.
	bound := implicitDeny
	if p := w.policy(r.Boundary); p != nil {
		bound = decide(p.Document, q)
	}
	if bound != allowed {
		return ruling{bound, layerBoundary, []string{lastPart(r.Boundary)}}
	}
	return out
}

// session is the whole judgement about what a role's session may do: its own
// policies, its boundary and the service control policies above the account.
func (w *World) session(r *Role, q request) ruling {
	if above := w.above(q); above.decision != allowed {
		return above
	}
	return w.identity(r, q)
}

// above asks the service control policies on every level from the root to the
// account: each must allow, none may deny. The management account is free.
func (w *World) above(q request) ruling {
	free := ruling{decision: allowed}
	if w.Organization == nil || w.Organization.ManagementAccount == w.Account {
		return free
	}
	for _, id := range w.Organization.path(w.Account) {
		level := implicitDeny
		attached := false
		for _, p := range w.Organization.Policies {
			if p.kind() != serviceControl || !slices.Contains(p.Targets, id) {
				continue
			}
			attached = true
			switch decide(p.Content, q) {
			case explicitDeny:
				return ruling{explicitDeny, layerService, []string{p.ID}}
			case allowed:
				level = allowed
			}
		}
		// A level without any policy is one that the world's author left out,
		// not one from which FullAWSAccess was taken.
		if attached && level != allowed {
			return ruling{decision: implicitDeny, by: layerService}
		}
	}
	return free
}

// guarded asks the resource control policies above the account about a call on
// one of its resources; they can only refuse.
func (w *World) guarded(q request) ruling {
	if w.Organization != nil && w.Organization.ManagementAccount != w.Account {
		path := w.Organization.path(w.Account)
		for _, p := range w.Organization.Policies {
			onPath := slices.ContainsFunc(p.Targets, func(t string) bool { return slices.Contains(path, t) })
			if p.kind() == resourceControl && onPath && decide(p.Content, q) == explicitDeny {
				return ruling{explicitDeny, layerResource, []string{p.ID}}
			}
		}
	}
	return ruling{decision: allowed}
}

const (
	serviceControl  = "SERVICE_CONTROL_POLICY"
	resourceControl = "RESOURCE_CONTROL_POLICY"
)

func (p OrganizationPolicy) kind() string {
	if p.Type == "" {
		return serviceControl
	}
	return p.Type
}

// path lists the IDs from the root down to an account; empty where the account
// is no member.
func (o *Organization) path(account string) []string {
	var walk func(u Unit, above []string) []string
	walk = func(u Unit, above []string) []string {
		here := append(slices.Clone(above), u.ID)
		for _, a := range u.Accounts {
			if a.ID == account {
				return append(here, a.ID)
			}
		}
		for _, child := range u.Units {
			if p := walk(child, here); p != nil {
				return p
			}
		}
		return nil
	}
	return walk(o.Root, nil)
}
