package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// White space around the session name.
var sessionNameWhitespace = &rule.Rule{
	ID: "session-name-whitespace", Title: "White space around RoleSessionName",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgNamePattern, msgNameRequired}, Predicts: msgNamePattern,
	Needs:    evidence.NeedAssertion,
	Why:      `White space is not among the characters of a session name, and the value counts as it is sent. A blank or an invisible character at its beginning or end cannot be seen in a console, and comes from the directory field, from a template with line breaks, or from a list pasted out of a spreadsheet.`,
	Refs:     []string{pageTroubleshoot, pageAssertions},
	Eclipses: []string{"session-name-invalid"},
	Check:    checkSessionNameWhitespace,
	Fix:      fixSessionNameWhitespace,
}

func checkSessionNameWhitespace(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	v, ok := claims.First(cl.SessionName)
	value := asJudged(c, v.Value)
	where := edges(value)
	if !ok || where == "" || strip(value) == "" {
		return nil
	}
	return one(rule.Finding{
		At:       v.At,
		Summary:  "The RoleSessionName " + quote(strip(value)) + " " + where,
		Evidence: []rule.Exhibit{shown("RoleSessionName", v.Text, strip(value))},
	})
}

func fixSessionNameWhitespace(c evidence.Case, f rule.Finding) []rule.Fix {
	fixes := fixSessionName(c, f)
	fixes[0].Title = "Take the white space out of RoleSessionName"
	fixes[0].Steps = []string{
		"Correct the field of this user's directory entry that it is mapped from, or trim it in the mapping's expression.",
		"Where every user is hit, it is the mapping: a template that writes the value on a line of its own, or a constant with a blank.",
	}
	return fixes
}
