package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The user exists, in another instance than the one the relay state names.
var userOtherInstance = &rule.Rule{
	ID: "user-other-instance", Title: "The user is in another instance",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded}, Predicts: msgNotOnboarded,
	Needs:    evidence.NeedAssertion | evidence.NeedUsers,
	Uses:     evidence.NeedInstance | evidence.NeedInstances | evidence.NeedExact,
	Why:      "Users belong to one instance. The relay state decides which instance is opened, and that one has no user of this name.",
	Refs:     []string{pageConnectSAML, pageConnectHelp},
	Eclipses: []string{"user-not-found"},
	Check: func(c evidence.Case) []rule.Finding {
		t, ok := sessionName(c)
		id := admission.Instance(c)
		if !ok || id == "" || hasUser(c, t.Value) {
			return nil
		}
		_, whole := connectUsers(c)
		for _, u := range c.Live.Users.Value {
			if u.Username != t.Value || u.Instance == "" || strings.EqualFold(u.Instance, id) {
				continue
			}
			f := rule.Finding{
				At: t.At, Also: []evidence.Spot{userSpot(u)},
				Summary:  fmt.Sprintf("%s is a user of instance %s, the sign-in opens instance %s", quote(t.Value), u.Instance, id),
				Evidence: []rule.Exhibit{{What: "instance of the user", At: userSpot(u), Saw: u.Instance, Want: id}},
			}
			if !whole && c.Live.Exact.State != evidence.Absent {
				f.Severity = rule.Warning
				f.Summary += ", whose users were not given"
			}
			return one(f)
		}
		return nil
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		t, _ := sessionName(c)
		f := relayFix(c)
		f.Steps = []string{"Give this agent the application whose relay state names the agent's own instance"}
		return []rule.Fix{f, createUser(c, t.Value)}
	},
}
