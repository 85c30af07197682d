package policy

import (
	"strings"

	"example.com/samlens/diag/evidence"
)

// unallowed explains why no identity policy allows the call.
func (f Federation) unallowed(ps []Policy, rs []Request, ds []Decision) []Cause {
	if c, ok := versionMissing(ps, rs); ok {
		return []Cause{c}
	}
	out := nearest(ds).causes(GetFederationToken, ByIdentity, ClassPermission)
	for i := range out {
		if out[i].Class == ClassResource && f.Instance != "" {
			out[i].Differs = differs(out[i].Miss.Wanted, f.Instance)
		}
	}
	return out
}

// versionMissing tries whether the policies would allow the call if their
// variables were variables.
func versionMissing(ps []Policy, rs []Request) (Cause, bool) {
	newer := make([]Policy, len(ps))
	old := map[int]bool{}
	for i, p := range ps {
		old[i] = !p.Variables()
		p.Version = Version2012
		newer[i] = p
	}
	for _, r := range rs {
		d := Evaluate(newer, r)
		if d.Outcome != Allowed || !old[d.By.Number] {
			continue
		}
		s := newer[d.By.Number].Statements[d.By.Statement]
		c := Cause{Class: ClassVersion, Action: GetFederationToken, By: ByIdentity, Place: d.By,
			Miss: Miss{Part: PartResource, At: s.ResourceAt, Wanted: []string{Version2012}, Got: []string{ps[d.By.Number].Version}},
			Why:  "${…} is literal text in a document that is not of version 2012-10-17"}
		if ps[d.By.Number].Version == "" {
			c.Miss.Missing, c.Miss.Got = true, nil
		}
		for _, t := range s.Resources {
			if hasVariable(t.Value) {
				c.Miss.At = t.At
			}
		}
		return c, true
	}
	return Cause{}, false
}

// differs names the parts in which the likeliest of the resource patterns
// differs from the instance.
func differs(patterns []string, instance string) []string {
	names := [...]string{1: "partition", 2: "service", 3: "region", 4: "account"}
	want := splitARN(instance)
	var best []string
	for i, p := range patterns {
		parts := splitARN(p)
		if len(parts) != 6 || len(want) != 6 {
			continue
		}
		var out []string
		for k := 1; k <= 4; k++ {
			if !Like(parts[k], want[k]) {
				out = append(out, names[k])
			}
		}
		id, rest, deeper := strings.Cut(strings.TrimPrefix(parts[5], "instance/"), "/")
		switch {
		case !strings.HasPrefix(parts[5], "instance/") && !Like(parts[5], want[5]):
			out = append(out, "resource")
		case !Like("instance/"+id, want[5]):
			out = append(out, "instance")
		case len(out) == 0 && deeper && rest != "":
			out = append(out, "resource")
		}
		if i == 0 || len(out) < len(best) || best == nil {
			best = out
		}
	}
	return best
}

// broadFederation warns of a permission that reaches farther than one
// instance's users.
func broadFederation(ps []Policy, ds []Decision) []Cause {
	for _, d := range ds {
		if d.Outcome != Allowed {
			continue
		}
		s := ps[d.By.Number].Statements[d.By.Statement]
		wide := s.NotAction || s.NotResource || wideAction(s)
		for _, t := range s.Resources {
			wide = wide || strings.Trim(t.Value, "*:") == "" || anyInstance(t.Value)
		}
		if !wide {
			return nil
		}
		for _, c := range s.Conditions {
			if strings.EqualFold(c.Key, "connect:InstanceId") && !c.op.negated && !everything(c) && !wideAction(s) {
				return nil
			}
		}
		return []Cause{{Class: ClassBroad, Action: GetFederationToken, By: ByIdentity, Place: d.By,
			Miss: Miss{Part: PartResource, At: s.ResourceAt, Wanted: values(s.Resources), Got: values(s.Actions)}}}
	}
	return nil
}

func wideAction(s Statement) bool {
	for _, a := range s.Actions {
		if a.Value == "*" || strings.EqualFold(a.Value, "connect:*") {
			return true
		}
	}
	return false
}

// anyInstance reports whether an ARN pattern takes every instance.
func anyInstance(arn string) bool {
	p := splitARN(arn)
	return len(p) == 6 && (p[5] == "*" || p[5] == "instance/*" || strings.HasPrefix(p[5], "instance/*/"))
}

// NamesConnect reports whether some policy allows connect:GetFederationToken
// in so many words: by * or by connect:* on every resource does not count,
// for that says nothing of what the role is meant for.
func NamesConnect(ps []evidence.Policy) bool {
	for _, e := range ps {
		p, err := Parse(e.Document)
		if err != nil || e.Kind == evidence.Boundary {
			continue
		}
		for _, s := range p.Statements {
			if !s.Allow() || s.NotAction {
				continue
			}
			for _, a := range s.Actions {
				if !LikeAction(a.Value, GetFederationToken) || !strings.HasPrefix(strings.ToLower(a.Value), "connect:") {
					continue
				}
				if !strings.EqualFold(a.Value, "connect:*") || !onEverything(s) {
					return true
				}
			}
		}
	}
	return false
}

func onEverything(s Statement) bool {
	for _, t := range s.Resources {
		if t.Value == "*" {
			return true
		}
	}
	return !s.HasResource || s.NotResource
}

// literalRoleID reports whether a policy speaks of role IDs by name.
func literalRoleID(ps []Policy) bool {
	for _, p := range ps {
		if strings.Contains(p.Text, "AROA") {
			return true
		}
	}
	return false
}
