package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The assertion asks for more than the role gives to API callers.
var sessionDurationExceedsRole = &rule.Rule{
	ID: "session-duration-exceeds-role", Title: "SessionDuration is over the role's maximum",
	Hop: evidence.HopSession, Severity: rule.Info, Connect: true,
	Explains: []string{"duration-exceeds-role"},
	Needs:    evidence.NeedAssertion | evidence.NeedRoles,
	Why: "A role's MaxSessionDuration bounds what API and CLI callers may ask for in DurationSeconds, and then the call fails. The SessionDuration " +
		"attribute of a console sign-in, and Connect's is one, is not bounded by it.",
	Refs: []string{pageAssumeRole, pageAssertions},
	Check: func(c evidence.Case) []rule.Finding {
		asked, at := sessionDuration(c)
		for _, d := range admission.Doors(c) {
			if most := d.Role.MaxSession; d.Seen && most > 0 && asked > most && asked <= longestSession {
				return one(rule.Finding{
					At:       at.At,
					Summary:  fmt.Sprintf("The assertion asks for %s; API callers of %s get %s at most, sign-ins in a browser are not bound by that", span(asked), d.Pair.Role.Name(), span(most)),
					Evidence: []rule.Exhibit{shown("SessionDuration", at, strconv.Itoa(int(most.Seconds())))},
				})
			}
		}
		return nil
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Raise the role's maximum, if API callers need it", Who: rule.AWSAdmin,
			Commands:    []rule.Command{rule.AWS("iam", "update-role", "--role-name", roleName(c), "--max-session-duration", strings.TrimSpace(f.Evidence[0].Saw))},
			Undo:        []rule.Command{rule.AWS("iam", "update-role", "--role-name", roleName(c), "--max-session-duration", f.Evidence[0].Want)},
			Consequence: "whoever assumes the role through the API can then keep a session for that long",
		}}
	},
}
