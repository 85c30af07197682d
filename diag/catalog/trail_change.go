package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// Somebody changed what this sign-in depends on, shortly before it broke.
var trailChange = &rule.Rule{
	ID: "trail-change", Title: "Something was changed before the first failure",
	Hop: evidence.HopSTS, Whole: true, Severity: rule.Warning,
	Needs: evidence.NeedChanges,
	Uses: evidence.NeedTrail | evidence.NeedResponse | evidence.NeedTime | evidence.NeedCapture | evidence.NeedPermissions |
		evidence.NeedInstance | evidence.NeedUsers | evidence.NeedExact,
	Lacks: func(c evidence.Case) evidence.Need {
		if t := trouble(c); t.at.IsZero() && !t.fine {
			return evidence.NeedTime
		}
		return 0
	},
	Why: "CloudTrail shows a write to the provider, the role, its policies, the instance or the user between the last success and the " +
		"first failure. That something came before does not make it the cause; it says whom to ask.",
	Refs: []string{pageTrailLookup},
	Check: func(c evidence.Case) []rule.Finding {
		t := trouble(c)
		var out []rule.Finding
		cs := trail.Changes(c.Live.Changes.Value, t.at)
		for i := len(cs) - 1; i >= 0 && len(out) < 3; i-- {
			x := cs[i]
			if !x.Before || !x.Event.Time.After(t.good) || !concerns(c, x) {
				continue
			}
			at := evidence.Spot{In: evidence.InTrail, Path: x.Event.ID}
			out = append(out, rule.Finding{
				At:       at,
				Summary:  fmt.Sprintf("%s %s%s at %s, %s before %s", actor(x.Event), x.What, object(x), stamp(x.Event.Time), span(t.at.Sub(x.Event.Time)), t.what),
				Evidence: []rule.Exhibit{{What: x.Event.Name, At: at, Saw: strings.TrimSuffix(actor(x.Event)+" from "+x.Event.SourceIP, " from ")}},
			})
		}
		return out
	},
	Fix: func(_ evidence.Case, f rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Ask who made the change", Who: rule.Caller,
			Steps: []string{"The event " + f.At.Path + " holds who, when and from where; what it replaced is not in CloudTrail"},
		}}
	},
}

func actor(e evidence.TrailEvent) string {
	if e.Actor != "" {
		return e.Actor
	}
	return "someone"
}

// object names what was changed, for a sentence.
func object(x trail.Change) string {
	switch {
	case x.Target != "":
		return " " + quote(last(x.Target))
	case x.Kind == "instance":
		return " the instance"
	}
	return " a " + x.Kind
}

// A trial is the moment from which a sign-in went wrong.
type trial struct {
	at   time.Time // zero where it is not known
	good time.Time // the last success through the same role before it; zero for none
	what string    // what happened then, for a sentence
	fine bool      // nothing is known to have gone wrong
}

// trouble finds the first failure through a role or provider of this sign-in
// in CloudTrail, else takes the sign-in itself, unless it went well.
func trouble(c evidence.Case) trial {
	cl, _, _ := claims.Read(c)
	var mine []evidence.TrailEvent
	t := trial{what: "the first failure"}
	for _, e := range c.Live.Trail.Value {
		ours := len(cl.Pairs) == 0 || e.RoleARN == "" && e.ProviderARN == ""
		role := false
		for _, p := range cl.Pairs {
			role = role || e.RoleARN == p.RoleARN
			ours = ours || role || e.ProviderARN == p.ProviderARN
		}
		if ours {
			mine = append(mine, e)
		}
		if role && !e.Failed && e.Name == "AssumeRoleWithSAML" && e.Time.After(t.good) {
			t.good = e.Time
		}
	}
	if first, ok := trail.FirstFailure(mine); ok {
		t.at = first.Time
		return t
	}
	switch cp := c.Capture.Value; {
	case cp.Observed != nil || cp.Outcome == evidence.OutcomeRefused:
		t.at, t.what = c.AsOf.At, "this sign-in failed"
	case cp.Outcome != evidence.OutcomeUnknown || t.good.After(c.AsOf.At) || len(trail.OwnOf(c)) > 0:
		t.fine = true
	default:
		t.at, t.what = c.AsOf.At, "this sign-in"
	}
	return t
}

// concerns reports whether a change bears on this sign-in: on one of its
// roles and providers, the role's policies, its user or its instance. What a
// change is to and nothing tells, may concern it.
func concerns(c evidence.Case, x trail.Change) bool {
	cl, _, _ := claims.Read(c)
	if x.Target == "" {
		return true
	}
	name := last(x.Target)
	switch x.Kind {
	case "provider":
		return len(cl.Pairs) == 0 || slices.ContainsFunc(cl.Pairs, func(p claims.Pair) bool { return strings.EqualFold(name, p.Provider.Name()) })
	case "role":
		return len(cl.Pairs) == 0 || slices.ContainsFunc(cl.Pairs, func(p claims.Pair) bool { return strings.EqualFold(name, p.Role.Name()) })
	case "policy":
		ps, ok := c.Live.Permissions.Get()
		managed := strings.HasPrefix(x.Target, "arn:") && !strings.Contains(x.Target, ":organizations:")
		return !ok || !managed || slices.ContainsFunc(ps, func(p evidence.Policy) bool { return p.ARN == x.Target })
	case "instance":
		id := admission.Instance(c)
		return id == "" || strings.EqualFold(id, name)
	case "user":
		return concernsUser(c, x)
	}
	return true
}

// concernsUser reports whether a change to a Connect user is to the one of
// this sign-in, or to one that is not among the users any more.
func concernsUser(c evidence.Case, x trail.Change) bool {
	t, ok := sessionName(c)
	if !ok || strings.EqualFold(x.Target, t.Value) {
		return true
	}
	for _, list := range [][]evidence.User{c.Live.Exact.Value, c.Live.Users.Value} {
		for _, u := range list {
			if u.ID == x.Target {
				return u.Username == t.Value
			}
		}
	}
	return x.Event.Name == "DeleteUser"
}
