package catalog

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// White space around a role pair, or in it.
var roleWhitespace = &rule.Rule{
	ID: "role-whitespace", Title: "White space around the role pair",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgPair}, Predicts: msgInvalid,
	Needs: evidence.NeedAssertion,
	Why: `AWS reads the value as it is sent: a role ARN, a comma, a provider ARN. A blank, a tab, a line break or an invisible character before the first ARN or behind the second belongs to the ARN then, and no role or provider has such a name. It gets in with a value pasted into the IdP's form, or with a template that puts every value on a line of its own.

White space around the comma is a warning: whether AWS takes it out is not documented.`,
	Inferred: "That white space at the ends is refused, with the general page, is known from public reports; AWS documents neither.",
	Refs:     []string{pageTroubleshoot, pageAssertions},
	Eclipses: []string{"role-malformed"},
	Check:    checkRoleWhitespace,
	Fix:      fixRole,
}

func checkRoleWhitespace(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	var worst rule.Finding
	for _, p := range cl.Pairs {
		where, hard := roleBlank(c, p)
		if where == "" {
			continue
		}
		sev := rule.Warning
		if hard {
			sev = weigh(c, cl, func(q claims.Pair) bool { _, bad := roleBlank(c, q); return bad })
		}
		if worst.Severity < sev {
			worst.At, worst.Severity = p.Value.At, sev
			worst.Summary = "The Role value " + quote(mended(p).Value.Value) + " " + where
		}
		worst.Evidence = append(worst.Evidence, shown("Role", p.Value.Text, mended(p).Value.Value))
	}
	if worst.Severity == rule.Unset {
		return nil
	}
	return one(worst)
}

// roleBlank says where blank characters stand in a pair that is whole without
// them, and whether they keep AWS from reading it; "" where there are none.
func roleBlank(c evidence.Case, p claims.Pair) (where string, hard bool) {
	m := mended(p)
	if !m.OK {
		return "", false
	}
	v := asJudged(c, p.Value.Value)
	if e := edges(v); e != "" {
		return e, true
	}
	before, after, _ := strings.Cut(v, ",")
	if before == strip(before) && after == strip(after) {
		return "", false
	}
	// Only XML white space could be taken for layout; anything else is part
	// of the ARN.
	return "has white space around its comma", trim(before) != strip(before) || trim(after) != strip(after)
}
