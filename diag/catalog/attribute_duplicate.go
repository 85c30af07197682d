package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The same AWS attribute twice.
var attributeDuplicate = &rule.Rule{
	ID: "attribute-duplicate", Title: "An AWS attribute occurs more than once",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgNamePattern},
	Needs:    evidence.NeedAssertion,
	Why:      `AWS wants one Attribute element for each name, and in it one AttributeValue for each value; of several claims for one key only one is used, and which is not said. Keycloak sends an Attribute element for each role unless its mapper is told to use a single one, and AD FS and Entra ID do so where two rules issue the same claim.`,
	Inferred: "AWS documents “include only one claim per context key”; that it refuses a repeated Role or RoleSessionName attribute, and with which text, is inferred.",
	Refs:     []string{pageAssertions},
	Check:    checkAttributeDuplicate,
	Fix:      fixAttributeDuplicate,
}

func checkAttributeDuplicate(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	byName := map[string][]evidence.Attribute{}
	var order []string
	for _, at := range a.Attributes {
		rest, ok := claims.Cut(at.Name.Value)
		if !ok || !known(at.Name.Value) {
			continue
		}
		if byName[rest] = append(byName[rest], at); len(byName[rest]) == 2 {
			order = append(order, rest)
		}
	}
	var out []rule.Finding
	for _, rest := range order {
		same := byName[rest]
		f := rule.Finding{
			At:      same[1].At,
			Summary: fmt.Sprintf("The attribute %s occurs %d times; AWS takes one", quote(same[0].Name.Value), len(same)),
		}
		for _, at := range same {
			var vs []string
			for _, v := range at.Values {
				vs = append(vs, v.Value)
			}
			f.Evidence = append(f.Evidence, rule.Exhibit{What: rest, At: at.At, Saw: strings.Join(vs, "\n"), Want: "one Attribute element"})
			f.Also = append(f.Also, at.At)
		}
		out = append(out, f)
	}
	return out
}

func fixAttributeDuplicate(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Let one mapping issue the attribute",
		Who:   rule.IdPAdmin,
		Steps: []string{
			"Look through the application's mappings and those it inherits (client scopes, shared claim rules) for a second one of that name, and remove it.",
			"For Role with several values, put them all into one Attribute element (Keycloak: “Single Role Attribute” on the role mapper).",
		},
	}}
}
