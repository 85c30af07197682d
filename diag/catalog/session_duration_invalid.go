package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The limits of SessionDuration in seconds.
const minDuration, maxDuration = 900, 43200

// A session duration that is no number of seconds in the range.
var sessionDurationInvalid = &rule.Rule{
	ID: "session-duration-invalid", Title: "SessionDuration is not 900 to 43200 seconds",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgInvalid},
	Needs:    evidence.NeedAssertion,
	Why: `SessionDuration is a whole number of seconds from 900 (15 minutes) to 43200 (12 hours). Hours, “PT8H”, a number with a unit or a decimal point are none. Without the attribute a session lasts an hour; together with SessionNotOnOrAfter the lesser of the two counts.

The role's own maximum session duration has nothing to do with it: that one bounds calls of the API, not sessions that begin at the sign-in page.`,
	Inferred: "AWS documents the range, not what it shows outside of it; the general page is inferred.",
	Refs:     []string{pageAssertions, pageAssumeRole},
	Check:    checkSessionDurationInvalid,
	Fix:      fixSessionDuration,
}

func checkSessionDurationInvalid(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok || len(cl.Duration) == 0 {
		return nil
	}
	want := fmt.Sprintf("a whole number from %d to %d", minDuration, maxDuration)
	v, has := claims.First(cl.Duration)
	if !has {
		at := cl.Duration[0].At
		return one(rule.Finding{At: at, Summary: "SessionDuration is there without a value",
			Evidence: []rule.Exhibit{{What: "SessionDuration", At: at, Saw: "no AttributeValue", Want: want}}})
	}
	value := strip(v.Value) // attribute-whitespace speaks of what stands around it
	why := durationFault(value)
	if why == "" {
		return nil
	}
	return one(rule.Finding{
		At: v.At, Summary: "SessionDuration is " + quote(value) + ": " + why,
		Evidence: []rule.Exhibit{shown("SessionDuration", v.Text, want)},
	})
}

// durationFault says what is wrong with a session duration; "" where nothing.
func durationFault(s string) string {
	if s == "" {
		return "it has to be a number of seconds"
	}
	if strings.Trim(s, "0123456789") != "" {
		if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 {
			return "it has to be a whole number, without sign, point or exponent"
		}
		return "it is not a whole number of seconds"
	}
	n, err := strconv.Atoi(s)
	switch {
	case err != nil || n > maxDuration:
		return fmt.Sprintf("the most is %d seconds (12 hours)", maxDuration)
	case n < minDuration && n > 0 && n <= 12:
		return fmt.Sprintf("the least is %d seconds; %d hours would be %d", minDuration, n, n*3600)
	case n < minDuration:
		return fmt.Sprintf("the least is %d seconds (15 minutes)", minDuration)
	}
	return ""
}

func fixSessionDuration(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Send SessionDuration in seconds, from 900 to 43200",
		Who:     rule.IdPAdmin,
		Setting: idp.SessionDuration,
		Steps:   []string{"Set the value to 43200 for a working day in Amazon Connect, or to what your policy asks for; 28800 is eight hours. Without the attribute the session lasts an hour."},
	}}
}
