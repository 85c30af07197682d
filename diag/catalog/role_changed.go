package catalog

import (
	"fmt"
	"slices"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// The agent came through another role before.
var roleChanged = &rule.Rule{
	ID: "role-changed", Title: "The agent signed in through another role before",
	Hop: evidence.HopUser, Severity: rule.Warning, Connect: true,
	Explains: []string{msgBadRequest, msgDuplicate},
	Needs:    evidence.NeedAssertion | evidence.NeedTrail,
	Uses:     evidence.NeedTime,
	Why: "Connect's guide once said that a user can be tied to a single IAM role, and that signing in through another one ends in “Bad " +
		"Request”. AWS has taken that section out of its documentation since, so this is of little weight.",
	Inferred: "Whether Connect still ties a user to one role is not documented any more.",
	Refs:     []string{pageConnectHelp},
	Check: func(c evidence.Case) []rule.Finding {
		t, ok := sessionName(c)
		cl, _, known := federated(c)
		p, whole := pair(c)
		if !ok || !known || !whole {
			return nil
		}
		own := trail.OwnOf(c)
		var before evidence.TrailEvent
		for _, e := range c.Live.Trail.Value {
			if e.Name != "AssumeRoleWithSAML" || e.Failed || e.SessionName != t.Value || e.RoleARN == "" || slices.ContainsFunc(own, func(o evidence.TrailEvent) bool { return o.AssertionID == e.AssertionID }) ||
				c.AsOf.Known() && e.Time.After(c.AsOf.At) {
				continue
			}
			if slices.ContainsFunc(cl.Candidates(c), func(p claims.Pair) bool { return p.RoleARN == e.RoleARN }) {
				return nil // the agent has come through this role before
			}
			if before.RoleARN == "" || e.Time.After(before.Time) {
				before = e
			}
		}
		if before.RoleARN == "" {
			return nil
		}
		at := evidence.Spot{In: evidence.InTrail, Path: before.ID}
		return one(rule.Finding{
			At: at, Also: []evidence.Spot{p.Value.At},
			Summary:  fmt.Sprintf("%s signed in through %s on %s, now it is %s (a weak sign)", quote(t.Value), quote(roleAndPath(before.RoleARN)), stamp(before.Time), quote(roleAndPath(p.RoleARN))),
			Evidence: []rule.Exhibit{{What: "role before", At: at, Saw: before.RoleARN, Want: p.RoleARN}},
		})
	},
	Fix: func(_ evidence.Case, f rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Go on using the role that the agent had", Who: rule.IdPAdmin,
			Steps: []string{
				"Send the earlier role again and, if the IdP changed, name the new provider in that role's trust policy",
				"Do not delete and recreate the Connect user for this: the user's history would be lost",
			},
		}}
	},
}
