package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// Connect compares user names byte by byte.
var userCaseMismatch = &rule.Rule{
	ID: "user-case-mismatch", Title: "The session name differs from the user in case",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded, msgUserNotFound, msgCenterUser}, Predicts: msgNotOnboarded,
	Needs: evidence.NeedAssertion | evidence.NeedUsers,
	Uses:  evidence.NeedExact | evidence.NeedInstance,
	Lacks: usersLack,
	Why: "Connect looks the agent up by the role session name, and user names mind case, under SAML too: JDoe and jdoe are two users. " +
		"The sign-in to AWS has succeeded by then.",
	Refs:     []string{pageConnectSAML, pageConnectHelp},
	Eclipses: []string{"user-not-found", "user-format-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		t, ns := nearUsers(c, roster.Case)
		if len(ns) == 0 {
			return nil
		}
		return nearFinding(t, ns, ns[0].Why)
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		t, _ := sessionName(c)
		return []rule.Fix{
			sendName(nearName(f), "Let the IdP lower the case of the name it sends, if all Connect users are in lower case"),
			createUser(c, t.Value),
		}
	},
}
