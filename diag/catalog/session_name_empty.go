package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A RoleSessionName without a value.
var sessionNameEmpty = &rule.Rule{
	ID: "session-name-empty", Title: "RoleSessionName is empty",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgNameRequired, msgNamePattern}, Predicts: msgNameRequired,
	Needs: evidence.NeedAssertion,
	Why:   `The attribute is there, but the value it is mapped from is empty for this user: no e-mail address, no employee number, no login name in that field of the directory. Others sign in through the same application without trouble.`,
	Refs:  []string{pageTroubleshoot, pageAssertions},
	Check: checkSessionNameEmpty,
	Fix:   fixSessionName,
}

func checkSessionNameEmpty(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok || len(cl.SessionName) == 0 {
		return nil
	}
	values, at := sessionNames(cl)
	for _, v := range values {
		if strip(v.Value) != "" {
			return nil
		}
	}
	f := rule.Finding{At: at, Summary: "RoleSessionName is there without a value"}
	f.Evidence = []rule.Exhibit{{What: "RoleSessionName", At: at, Saw: "no AttributeValue", Want: nameWant}}
	if len(values) > 0 {
		v := values[0]
		f.At = v.At
		switch {
		case v.Nil:
			f.Summary = "RoleSessionName is marked as nil"
		case v.Structured:
			f.Summary = "RoleSessionName holds elements and no text"
		case v.Value == "":
			f.Summary = "RoleSessionName is empty"
		default:
			f.Summary = "RoleSessionName holds nothing but white space"
		}
		f.Evidence = []rule.Exhibit{shown("RoleSessionName", v.Text, nameWant)}
	}
	return one(f)
}
