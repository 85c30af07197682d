package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// There is no such user.
var userNotFound = &rule.Rule{
	ID: "user-not-found", Title: "Connect has no user of this name",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded, msgCenterUser, msgUserNotFound, msgGlobalUser, msgNoResource}, Predicts: msgNotOnboarded,
	Needs: evidence.NeedAssertion | evidence.NeedUsers,
	Uses:  evidence.NeedExact | evidence.NeedInstance,
	Lacks: usersLack,
	Why: "Connect has no just-in-time provisioning: a user has to exist before the first sign-in, under exactly the name that the IdP " +
		"sends as role session name.",
	Refs: []string{pageConnectSAML, pageConnectHelp},
	Check: func(c evidence.Case) []rule.Finding {
		t, ok := sessionName(c)
		us, whole := connectUsers(c)
		if !ok || !whole || hasUser(c, t.Value) {
			return nil
		}
		f := rule.Finding{
			At:       t.At,
			Summary:  fmt.Sprintf("Connect has no user %s among its %d", quote(t.Value), len(us)),
			Evidence: []rule.Exhibit{shown("role session name", t, "a Connect user name")},
		}
		near := roster.NearAmong(us, t.Value)
		for i, n := range near {
			if i == 3 {
				break
			}
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "nearest user (" + n.Why + ")", At: userSpot(n.User), Saw: n.User.Username})
			f.Also = append(f.Also, userSpot(n.User))
		}
		if len(near) > 0 {
			f.Summary += fmt.Sprintf("; the nearest is %s", quote(near[0].User.Username))
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		t, _ := sessionName(c)
		return []rule.Fix{createUser(c, t.Value), sendName("the agent's Connect user name")}
	},
}
