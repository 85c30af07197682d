package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// Two users that a person takes for one.
var userDuplicate = &rule.Rule{
	ID: "user-duplicate", Title: "Several users pass for the same person",
	Hop: evidence.HopUser, Severity: rule.Warning, Connect: true,
	Explains: []string{msgNotOnboarded, msgDuplicate},
	Needs:    evidence.NeedAssertion | evidence.NeedUsers,
	Uses:     evidence.NeedInstance | evidence.NeedExact,
	Lacks:    usersLack,
	Why: "Connect has several users whose names look the same, or who share an e-mail address. The agent reaches the one whose name is " +
		"sent; queues and permissions of the other stay out of reach.",
	Refs: []string{pageConnectHelp},
	Check: func(c evidence.Case) []rule.Finding {
		t, ok := sessionName(c)
		us, whole := connectUsers(c)
		if !ok || !whole {
			return nil
		}
		ds := roster.DuplicatesAmong(us, t.Value)
		if len(ds) < 2 {
			return nil
		}
		var names []string
		f := rule.Finding{At: userSpot(ds[0])}
		for _, u := range ds {
			names = append(names, quote(u.Username))
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "user", At: userSpot(u), Saw: u.Username + " " + u.Email})
			f.Also = append(f.Also, userSpot(u))
		}
		f.Summary = fmt.Sprintf("Connect has %d users for one person: %s", len(ds), list(names))
		return one(f)
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Settle on one of them", Who: rule.ConnectAdmin,
			Steps: []string{
				"See which of them has the agent's history, and let the IdP send that name",
				"Take security and routing profiles away from the other instead of deleting it: with a user its history goes",
			},
		}}
	},
}
