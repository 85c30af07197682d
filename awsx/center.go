package awsx

import (
	"slices"

	"example.com/samlens/diag/evidence"
)

// Assigned settles which application a sign-in came through, where only one is
// known, and whether its user may use it: assigned directly or by a group, or
// because the application asks for no assignment. Which groups a user has must
// be known before "no" is said.
func Assigned(v *evidence.IdentityCenter) {
	if len(v.Applications) != 1 {
		return
	}
	a := v.Applications[0]
	v.Application = &a
	if v.User == nil {
		return
	}
	yes := a.AssignmentRequired != nil && !*a.AssignmentRequired
	if a.Assignments == nil && !yes {
		return
	}
	yes = yes || slices.Contains(a.Assignments, v.User.ID) ||
		slices.ContainsFunc(v.User.Groups, func(g string) bool { return slices.Contains(a.Assignments, g) })
	if yes || v.User.Groups != nil {
		v.Assigned = &yes
	}
}
