package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// accessControl is what the names of attributes for access control begin with.
const accessControl = "https://aws.amazon.com/SAML/Attributes/AccessControl:"

// Attributes for access control that Identity Center does not take.
var idcAttributes = &rule.Rule{
	ID: "idc-attributes", Title: "Identity Center does not take these attributes",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgCenterError}, Predicts: msgCenterError,
	Needs: evidence.NeedAssertion,
	Why:   `Attributes for access control, named https://aws.amazon.com/SAML/Attributes/AccessControl:KEY, become tags of the session in IAM Identity Center. It takes at most 50 of them, each once, each with one value, and that value plain text: several values, the same name twice, or elements inside a value are refused.`,
	Refs:  []string{pageCenterHelp, pageCenterABAC},
	Check: checkIDCAttributes,
	Fix:   fixIDCAttributes,
}

func checkIDCAttributes(c evidence.Case) []rule.Finding {
	a, ok := centered(c)
	if !ok {
		return nil
	}
	const most = 50
	n := 0
	seen := map[string]bool{}
	var out []rule.Finding
	for _, at := range a.Attributes {
		key, ok := strings.CutPrefix(at.Name.Value, accessControl)
		if !ok {
			continue
		}
		why, saw := "", ""
		switch n++; {
		case n == most+1:
			why, saw = fmt.Sprintf("there are more than %d of them", most), fmt.Sprintf("over %d attributes", most)
		case seen[key]:
			why, saw = "it occurs more than once", at.Name.Value
		case len(at.Values) > 1:
			why, saw = fmt.Sprintf("it has %d values", len(at.Values)), values(at)
		case len(at.Values) == 1 && at.Values[0].Structured:
			why, saw = "its value holds elements", values(at)
		}
		seen[key] = true
		if why != "" && len(out) < 10 {
			out = append(out, rule.Finding{
				At: at.At, Summary: "IAM Identity Center does not take the attribute " + quote("AccessControl:"+key) + ": " + why,
				Evidence: []rule.Exhibit{{What: at.Name.Value, At: at.At, Saw: saw, Want: "at most 50 attributes, each once with one plain value"}},
			})
		}
	}
	return out
}

// values lists an attribute's values, one to a line.
func values(at evidence.Attribute) string {
	var vs []string
	for _, v := range at.Values {
		vs = append(vs, v.Value)
	}
	return strings.Join(vs, "\n")
}

func fixIDCAttributes(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:       "Send each access control attribute once, with one value",
		Who:         rule.IdPAdmin,
		Setting:     idp.SessionTags,
		Steps:       []string{"Map single fields of the directory and no lists such as groups; join several values into one text where a policy needs them."},
		Consequence: "Policies that compare aws:PrincipalTag with the attribute see another value.",
	}}
}
