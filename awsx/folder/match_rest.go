package folder

import (
	"slices"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
)

// events splits CloudTrail's events into sign-ins and changes, newest first.
// A file of all calls settles both; lookup-events' answer settles what it was
// asked for, as far as that shows.
func (m *match) events() (signIns, changes evidence.Fact[[]evidence.TrailEvent]) {
	seen := map[string]bool{}
	for _, a := range nearest(m.trail) {
		var here, there bool // of which sort the file has any
		for _, e := range a.v.events {
			s, ch := sortOf(e)
			here, there = here || s, there || ch
			if e.ID != "" && seen[e.ID] || !s && !ch {
				continue
			}
			seen[e.ID] = true
			if s {
				signIns.Value = append(signIns.Value, e)
			} else {
				changes.Value = append(changes.Value, e)
			}
		}
		empty := len(a.v.events) == 0
		asked := a.args["lookup-attributes"]
		forSignIns := strings.Contains(asked, "AssumeRoleWithSAML") || strings.Contains(asked, "GetFederationToken")
		settle(&signIns, a, here || a.v.whole || forSignIns || empty && asked == "")
		settle(&changes, a, there || a.v.whole || asked != "" && !forSignIns)
	}
	newest := func(x, y evidence.TrailEvent) int { return y.Time.Compare(x.Time) }
	slices.SortStableFunc(signIns.Value, newest)
	slices.SortStableFunc(changes.Value, newest)
	return signIns, changes
}

func settle(f *evidence.Fact[[]evidence.TrailEvent], a about[trailFile], speaks bool) {
	if !speaks {
		return
	}
	if f.State == evidence.Unasked {
		f.State, f.Source, f.At = evidence.Known, a.source(), a.at
		if f.Value == nil {
			f.Value = []evidence.TrailEvent{}
		}
	}
	if a.v.more {
		f.State, f.Why = evidence.Partial, a.source()+" carries a NextToken: it is not all of the events"
	}
}

// sortOf tells sign-in events from changes.
func sortOf(e evidence.TrailEvent) (signIn, change bool) {
	if trail.SignIn(e) {
		return true, false
	}
	return false, !e.ReadOnly
}

// organization is the SCPs and RCPs on the account's path. Where a list names
// what is attached to a target, the documents are given their targets by it.
func (m *match) organization() evidence.Fact[[]evidence.Guardrail] {
	var f evidence.Fact[[]evidence.Guardrail]
	docs := unique(nearest(m.guardrails), func(g evidence.Guardrail) string { return g.Kind + g.ID + "\n" + squeeze(g.Document) })
	listed := map[string]bool{}
	for _, t := range m.targets {
		if f.State == evidence.Unasked {
			f = fact([]evidence.Guardrail{}, t.origin)
		}
		if t.v.more {
			f.State, f.Why = evidence.Partial, t.source()+" carries a NextToken: it is not all of the policies"
		}
		for _, row := range t.v.rows {
			i := slices.IndexFunc(docs, func(a about[evidence.Guardrail]) bool { return a.v.ID == row.id })
			if i < 0 {
				f.State = evidence.Partial
				f.Why = "the document of " + row.kind + " " + row.name + " is not among the files (aws organizations describe-policy --policy-id " + row.id + ")"
				continue
			}
			g := docs[i].v
			g.Target = t.args["target-id"]
			listed[g.ID] = true
			f.Value = append(f.Value, g)
		}
	}
	for _, a := range docs {
		if a.v.ID != "" && listed[a.v.ID] {
			continue
		}
		if f.State == evidence.Unasked {
			f = fact([]evidence.Guardrail{}, a.origin)
		}
		f.Value = append(f.Value, a.v)
	}
	return f
}

// analyzer is Access Analyzer's findings on the sign-in's roles and providers.
func (m *match) analyzer() evidence.Fact[[]evidence.ExternalAccess] {
	about := append(m.s.Roles(), m.s.Providers()...)
	f := list(m.external, func(x evidence.ExternalAccess) bool { return len(about) == 0 || slices.Contains(about, x.Resource) })
	// list-findings tells no principal; get-finding of the same one does.
	byID := map[string]int{}
	out := f.Value[:0:0]
	for _, x := range f.Value {
		i, dup := byID[x.ID]
		switch {
		case !dup || x.ID == "":
			byID[x.ID] = len(out)
			out = append(out, x)
		case len(out[i].Principal) == 0:
			out[i] = x
		}
	}
	if f.State != evidence.Unasked && out == nil {
		out = []evidence.ExternalAccess{}
	}
	f.Value = out
	return f
}

func (m *match) simulation() evidence.Fact[[]evidence.Simulation] {
	role, _ := chosenRole(m.s)
	for _, a := range nearest(m.simulated) {
		if src := a.args["policy-source-arn"]; src == "" || role == "" || strings.HasSuffix(src, "/"+role) {
			return fact(a.v, a.origin)
		}
	}
	return evidence.Fact[[]evidence.Simulation]{}
}

// identityCenter puts the answers about IAM Identity Center together.
func (m *match) identityCenter() evidence.Fact[evidence.IdentityCenter] {
	var f evidence.Fact[evidence.IdentityCenter]
	if len(m.center) == 0 {
		return f
	}
	f = fact(evidence.IdentityCenter{}, m.center[0].origin)
	v := &f.Value
	for _, a := range m.center {
		p := a.v
		if v.InstanceARN == "" {
			v.InstanceARN = p.instance
		}
		if v.IdentityStore == "" {
			v.IdentityStore = p.store
		}
		v.Applications = append(v.Applications, p.apps...)
		if p.user != nil && (m.s.NameID == "" || strings.EqualFold(p.user.UserName, m.s.NameID) || strings.EqualFold(p.user.Email, m.s.NameID)) {
			u := *p.user
			v.User, v.UserSearched = &u, m.s.NameID
		}
	}
	for _, a := range m.center {
		i := slices.IndexFunc(v.Applications, func(x evidence.CenterApplication) bool { return x.ARN == a.args["application-arn"] })
		if i >= 0 && a.v.assignments != nil {
			v.Applications[i].Assignments = append([]string{}, a.v.assignments...)
		}
		if i >= 0 && a.v.required != nil {
			v.Applications[i].AssignmentRequired = a.v.required
		}
		if of, named := a.args["member-id"]; a.v.groups != nil && v.User != nil && (!named || strings.Contains(of, v.User.ID)) {
			v.User.Groups = append([]string{}, a.v.groups...)
		}
	}
	if v.User == nil && m.noCenterUser() {
		v.UserSearched = m.s.NameID
	}
	awsx.Assigned(v)
	return f
}

// noCenterUser reports whether the identity store was asked for the user of
// the NameID and has none.
func (m *match) noCenterUser() bool {
	return m.s.NameID != "" && slices.ContainsFunc(m.refusals, func(a about[refusal]) bool {
		return a.v.Op == "get-user-id" && awsx.Refusal("", a.v.Code, a.v.Message).State == evidence.Absent &&
			a.args["alternate-identifier"] == uniqueName(m.s.NameID)
	})
}
