package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// White space around values of other attributes.
var attributeWhitespace = &rule.Rule{
	ID: "attribute-whitespace", Title: "White space around an attribute's value",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgSource},
	Needs:    evidence.NeedAssertion,
	Why: `A value that begins or ends with white space is not the value that was meant: a duration is no number any more, a source identity holds a forbidden character, and a condition in a policy compares letter by letter. On AWS's own attributes that is a fault; on others it matters where a trust policy names them.

Role and RoleSessionName have rules of their own for this.`,
	Inferred: "That AWS refuses white space in its attributes in general is known from public reports, not from its pages.",
	Refs:     []string{pageAssertions, pageTroubleshoot},
	Check:    checkAttributeWhitespace,
	Fix:      fixAttributeWhitespace,
}

func checkAttributeWhitespace(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	const most = 12
	var own, other rule.Finding
	for _, at := range a.Attributes {
		rest, aws := claims.Cut(at.Name.Value)
		if aws && (rest == string(claims.Role) || rest == string(claims.RoleSessionName)) {
			continue
		}
		f := &other
		if aws {
			f = &own
		}
		for _, v := range at.Values {
			value := asJudged(c, v.Value)
			where := edges(value)
			if v.Structured || where == "" || strip(value) == "" || len(f.Evidence) == most {
				continue
			}
			if len(f.Evidence) == 0 {
				f.At = v.At
				f.Summary = "The value " + quote(strip(value)) + " of " + quote(at.Name.Value) + " " + where
			}
			f.Evidence = append(f.Evidence, shown(at.Name.Value, v.Text, strip(value)))
		}
	}
	var out []rule.Finding
	if len(own.Evidence) > 0 {
		out = append(out, own)
	}
	if len(other.Evidence) > 0 {
		other.Severity = rule.Warning
		out = append(out, other)
	}
	return out
}

func fixAttributeWhitespace(_ evidence.Case, f rule.Finding) []rule.Fix {
	name := ""
	if len(f.Evidence) > 0 {
		name = f.Evidence[0].What
	}
	return []rule.Fix{{
		Title: "Take the white space out of the value",
		Who:   rule.IdPAdmin,
		Steps: []string{
			"Find where " + name + " comes from: a constant typed into the mapping, or a field of the directory.",
			"Correct it there, or trim it in the mapping's expression.",
		},
	}}
}
