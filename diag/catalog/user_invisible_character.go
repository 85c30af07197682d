package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// A character that nobody sees.
var userInvisibleCharacter = &rule.Rule{
	ID: "user-invisible-character", Title: "The names differ in a character nobody sees",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded}, Predicts: msgNotOnboarded,
	Needs: evidence.NeedAssertion | evidence.NeedUsers,
	Uses:  evidence.NeedExact | evidence.NeedInstance,
	Lacks: usersLack,
	Why: "The two names look the same and differ in white space, a no-break space, a zero-width character or in how an accented letter " +
		"is encoded. Such characters come with names pasted from mail and spreadsheets.",
	Refs:     []string{pageConnectSAML, pageConnectHelp},
	Eclipses: []string{"user-not-found", "user-format-mismatch", "user-case-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		t, ns := nearUsers(c, roster.Invisible, roster.Composed)
		if len(ns) == 0 {
			return nil
		}
		return nearFinding(t, ns, ns[0].Why)
	},
	Fix: func(_ evidence.Case, f rule.Finding) []rule.Fix {
		return []rule.Fix{sendName(nearName(f), "Retype the value in the directory instead of pasting it")}
	},
}
