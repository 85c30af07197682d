package catalog

import (
	"fmt"
	"strings"

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
	Uses:  evidence.NeedTrail | evidence.NeedResponse | evidence.NeedTime,
	Why: "CloudTrail shows a write to the provider, the role, its policies or the user before the first failure. That something came " +
		"before does not make it the cause; it says whom to ask.",
	Refs: []string{pageTrailLookup},
	Check: func(c evidence.Case) []rule.Finding {
		var out []rule.Finding
		cs := beforeTrouble(c)
		for i := len(cs) - 1; i >= 0 && len(out) < 3; i-- {
			x := cs[i]
			at := evidence.Spot{In: evidence.InTrail, Path: x.Event.ID}
			out = append(out, rule.Finding{
				At:       at,
				Summary:  fmt.Sprintf("%s %s %s at %s, before the first failure", actor(x.Event), x.What, quote(last(x.Target)), stamp(x.Event.Time)),
				Evidence: []rule.Exhibit{{What: x.Event.Name, At: at, Saw: actor(x.Event) + " from " + x.Event.SourceIP}},
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

// concerns reports whether a change bears on the roles and providers of a
// sign-in; with none known, every change may.
func concerns(x trail.Change, cl claims.Claims) bool {
	if len(cl.Pairs) == 0 || x.Target == "" {
		return true
	}
	for _, p := range cl.Pairs {
		switch x.Kind {
		case "provider":
			if strings.EqualFold(last(x.Target), p.Provider.Name()) {
				return true
			}
		case "role":
			if strings.EqualFold(last(x.Target), p.Role.Name()) {
				return true
			}
		default:
			return true
		}
	}
	return false
}
