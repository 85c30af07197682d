package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// STS takes characters that no Connect user name can have.
var sessionNameNeverMatches = &rule.Rule{
	ID: "session-name-never-matches", Title: "No Connect user can have this session name",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded}, Predicts: msgNotOnboarded,
	Needs: evidence.NeedAssertion,
	Why: "STS takes + = and , in a role session name. A Connect user name has letters, digits and _ - . @ only, with @ only in the form " +
		"of an e-mail address: such a session name can match no user, whatever users there are.",
	Refs:     []string{pageConnectUser, pageAssertions},
	Eclipses: []string{"user-not-found", "user-case-mismatch", "user-format-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		t, ok := sessionName(c)
		if !ok {
			return nil
		}
		why := ""
		if i := strings.IndexAny(t.Value, "+=,"); i >= 0 {
			why = fmt.Sprintf("it holds %s", quote(t.Value[i:i+1]))
		} else if local, domain, at := strings.Cut(t.Value, "@"); at && (local == "" || !strings.Contains(strings.Trim(domain, "."), ".") || strings.Contains(domain, "@")) {
			why = "with @ in it, it has to be a whole e-mail address"
		}
		if why == "" || hasUser(c, t.Value) {
			return nil
		}
		return one(rule.Finding{
			At: t.At, Summary: fmt.Sprintf("The role session name %s can be no Connect user's name: %s", quote(t.Value), why),
			Evidence: []rule.Exhibit{shown("role session name", t, "letters, digits, _ - . and @ as in an e-mail address")},
		})
	},
	Fix: func(_ evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{sendName("the agent's Connect user name")}
	},
}
