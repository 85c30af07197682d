package trail

import (
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
)

// A Change is a write to something that a sign-in depends on.
type Change struct {
	Event evidence.TrailEvent
	// What is what was done, such as "changed the trust policy of".
	What string
	// Kind and Target are what it was done to: "provider", "role",
	// "policy", "user", "instance"; Target is its name or ARN, "" where the
	// event does not tell.
	Kind, Target string
	// Before tells that it came before the first failure that Changes was
	// asked about.
	Before bool
}

// Changes returns the writes among events that succeeded, oldest first, and
// marks those that came before the first failure. first is that failure's
// time; zero marks none.
func Changes(events []evidence.TrailEvent, first time.Time) []Change {
	var out []Change
	for _, e := range events {
		k, what := interesting(e.Name, e.Source)
		if k != change || e.Failed {
			continue
		}
		c := Change{Event: e, What: what}
		c.Kind, c.Target = target(e)
		c.Before = !first.IsZero() && !e.Time.IsZero() && !e.Time.After(first)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Change) int { return a.Event.Time.Compare(b.Event.Time) })
	return out
}

// FirstFailure returns the first failure after the last success before it:
// the moment from which things went wrong. It looks at AssumeRoleWithSAML
// alone and reports false where none failed after the last success.
func FirstFailure(events []evidence.TrailEvent) (evidence.TrailEvent, bool) {
	es := federations(events)
	for i, e := range slices.Backward(es) {
		if !e.Failed {
			es = es[i+1:]
			break
		}
	}
	if len(es) == 0 {
		return evidence.TrailEvent{}, false
	}
	return es[0], true
}

// target names what an event changed.
func target(e evidence.TrailEvent) (kind, name string) {
	var m map[string]string
	if len(e.Raw) > 0 {
		members(e.Raw, space(e.Raw, 0), func(key []byte, v int) bool {
			if string(key) == "requestParameters" {
				m = object(e.Raw, v)
				return false
			}
			return true
		})
	}
	switch {
	case strings.HasSuffix(e.Name, "SAMLProvider"):
		return "provider", first(e.ProviderARN, m["name"])
	case e.Source == connect && strings.Contains(e.Name, "User"):
		return "user", first(m["Username"], m["username"], m["UserId"], m["userId"])
	case e.Source == connect:
		return "instance", e.InstanceID
	case strings.Contains(e.Name, "Role") || strings.Contains(e.Name, "AssumeRolePolicy"):
		return "role", m["roleName"]
	default:
		return "policy", first(m["policyArn"], m["policyId"], m["policyName"])
	}
}

// Touches reports whether the change is to one of the things named: ARNs,
// names or IDs of a sign-in's provider, role, policies, user or instance.
func (c Change) Touches(things ...string) bool {
	have := append([]string{c.Target, c.Event.ProviderARN, c.Event.InstanceID}, c.Event.Resources...)
	for _, t := range things {
		for _, h := range have {
			if t != "" && h != "" && (t == h || last(t) == last(h)) {
				return true
			}
		}
	}
	return false
}

// last is the name at the end of an ARN or path.
func last(s string) string {
	return s[strings.LastIndexByte(s, '/')+1:]
}
