package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A session name with a character or length that STS does not take.
var sessionNameInvalid = &rule.Rule{
	ID: "session-name-invalid", Title: "RoleSessionName has a form that STS refuses",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgNamePattern}, Predicts: msgNamePattern,
	Needs: evidence.NeedAssertion,
	Why:   `A role session name has 2 to 64 characters out of letters a to z, digits and _ + = , . @ -. Display names with blanks, umlauts or accents, apostrophes as in O’Neill, DOMAIN\user, and long addresses are what users bring along that does not fit.`,
	Refs:  []string{pageTroubleshoot, pageAssertions, pageAssumeRole},
	Check: checkSessionNameInvalid,
	Fix:   fixSessionName,
}

func checkSessionNameInvalid(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	v, ok := claims.First(cl.SessionName)
	value := asJudged(c, v.Value)
	if !ok || strip(value) == "" {
		return nil
	}
	why := nameFault(value)
	if why == "" {
		return nil
	}
	return one(rule.Finding{
		At:       v.At,
		Summary:  "STS does not take the RoleSessionName " + quote(value) + ": " + why,
		Evidence: []rule.Exhibit{shown("RoleSessionName", v.Text, nameWant)},
	})
}
