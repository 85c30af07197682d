package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// A letter of another script that looks the same.
var userConfusable = &rule.Rule{
	ID: "user-confusable", Title: "A letter only looks like the user's",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded}, Predicts: msgNotOnboarded,
	Needs: evidence.NeedAssertion | evidence.NeedUsers,
	Uses:  evidence.NeedExact | evidence.NeedInstance,
	Lacks: usersLack,
	Why: "The two names look the same and hold different letters, such as a Cyrillic а for a Latin a, or a digit for a letter. That comes " +
		"from typing with another keyboard layout, or it is somebody posing as the agent.",
	Refs:     []string{pageConnectSAML, "https://www.unicode.org/reports/tr39/"},
	Eclipses: []string{"user-not-found", "user-format-mismatch", "user-case-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		t, ns := nearUsers(c, roster.Confusable)
		if len(ns) == 0 {
			return nil
		}
		return nearFinding(t, ns, ns[0].Why)
	},
	Fix: func(_ evidence.Case, f rule.Finding) []rule.Fix {
		return []rule.Fix{sendName(nearName(f), "Retype the name in the directory; ask who entered it if that was nobody's mistake")}
	},
}
