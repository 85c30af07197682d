package catalog

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The same ID twice: a reference may lead to either.
var duplicateID = &rule.Rule{
	ID: "duplicate-id", Title: "An ID occurs more than once in the response",
	Hop: evidence.HopIdP, Severity: rule.Warning,
	Needs:    evidence.NeedResponse,
	Why:      `A signature says by ID what it signs. Where two elements have the same ID, one program checks the one and another uses the other: the classic way to wrap a forged assertion around a signed one. SAML demands that IDs are unique.`,
	Inferred: "Whether AWS refuses such a response is not documented.",
	Refs:     []string{pageSAMLCore, "https://cheatsheetseries.owasp.org/cheatsheets/SAML_Security_Cheat_Sheet.html"},
	Check:    checkDuplicateID,
	Fix:      fixOneAssertion,
}

func checkDuplicateID(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || len(r.DuplicateIDs) == 0 {
		return nil
	}
	f := rule.Finding{At: r.At}
	var ids []string
	for _, id := range r.DuplicateIDs {
		ids = append(ids, quote(id))
		at := r.At
		for _, a := range r.Assertions {
			if a.ID.Value == id {
				at = a.At
			}
		}
		if len(ids) == 1 {
			f.At = at
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "ID that occurs more than once", At: at, Saw: id, Want: "unique in the document"})
	}
	verb := " occurs"
	if len(ids) > 1 {
		verb = " occur"
	}
	f.Summary = "The ID " + strings.TrimSpace(list(ids)) + verb + " more than once, so a signature's reference may lead to either element"
	return one(f)
}
