package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// More than one session name.
var sessionNameMultiple = &rule.Rule{
	ID: "session-name-multiple", Title: "RoleSessionName has more than one value",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgNamePattern, msgNameRequired, msgInvalid},
	Needs:    evidence.NeedAssertion,
	Why:      `A session has one name, so RoleSessionName has one value. Several come from a directory field with several entries, such as e-mail addresses with aliases, or from two mappings for the same attribute.`,
	Inferred: "AWS documents that there is one value; which one it would take, or with which text it refuses, is not documented.",
	Refs:     []string{pageAssertions},
	Eclipses: []string{"attribute-duplicate"},
	Check:    checkSessionNameMultiple,
	Fix:      fixSessionName,
}

func checkSessionNameMultiple(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	values, at := sessionNames(cl)
	if len(values) < 2 && len(cl.SessionName) < 2 {
		return nil
	}
	f := rule.Finding{At: at}
	var names []string
	for _, v := range values {
		names = append(names, quote(asJudged(c, v.Value)))
		f.Evidence = append(f.Evidence, shown("RoleSessionName", v.Text, "one value"))
	}
	if len(values) > 1 {
		f.At = values[1].At
	}
	f.Summary = fmt.Sprintf("RoleSessionName has %s: %s", count(len(values), "value", "values"), list(names))
	if n := len(cl.SessionName); n > 1 {
		f.Summary = fmt.Sprintf("RoleSessionName occurs as %d attributes", n)
		if len(names) > 0 {
			f.Summary += " with " + list(names)
		}
		for _, a := range cl.SessionName {
			f.Also = append(f.Also, a.At)
		}
		if len(f.Evidence) == 0 {
			f.Evidence = []rule.Exhibit{{What: "RoleSessionName", At: at, Saw: fmt.Sprintf("%d attributes", n), Want: "one attribute with one value"}}
		}
	}
	return one(f)
}
