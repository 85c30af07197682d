package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// The same person under another form of name.
var userFormatMismatch = &rule.Rule{
	ID: "user-format-mismatch", Title: "The session name has another form than the user",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded, msgUserNotFound, msgCenterUser}, Predicts: msgNotOnboarded,
	Needs: evidence.NeedAssertion | evidence.NeedUsers,
	Uses:  evidence.NeedExact | evidence.NeedInstance,
	Lacks: usersLack,
	Why: "The IdP sends an e-mail address where Connect has the part before the @, or the other way round, or an address of another " +
		"domain. Connect looks for the name as it is sent and finds no user.",
	Refs:     []string{pageConnectSAML, pageConnectHelp},
	Eclipses: []string{"user-not-found"},
	Check: func(c evidence.Case) []rule.Finding {
		t, ns := nearUsers(c, roster.LocalPart, roster.Domain, roster.Email)
		if len(ns) == 0 {
			return nil
		}
		return nearFinding(t, ns, ns[0].Why)
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		t, _ := sessionName(c)
		return []rule.Fix{
			sendName(nearName(f), "Map the attribute that holds Connect user names: the account name, not the e-mail address, or the other way round"),
			createUser(c, t.Value),
		}
	},
}
