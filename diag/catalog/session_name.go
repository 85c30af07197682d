package catalog

import (
	"fmt"
	"unicode/utf8"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// nameForm is what a role session name and a source identity look like: the
// pattern [\w+=,.@-] and the length of 2 to 64 of the STS API.
var nameForm = expression.Lazy(`^[\w+=,.@-]{2,64}$`)

const nameWant = "2 to 64 of a–z, A–Z, 0–9 and _+=,.@-"

// nameFault says what keeps a text from being such a name: the first character
// that is not allowed and where it stands, or the length; "" where nothing.
func nameFault(s string) string {
	if nameForm().MatchString(s) {
		return ""
	}
	i := 0
	for _, r := range s {
		i++
		if r >= utf8.RuneSelf || !nameForm().MatchString(string(r)+"x") {
			return fmt.Sprintf("character %d is %s, which is not allowed", i, character(r))
		}
	}
	n := utf8.RuneCountInString(s)
	switch {
	case n < 2:
		return fmt.Sprintf("it has %s, and 2 is the least", count(n, "character", "characters"))
	case n > 64:
		return fmt.Sprintf("it has %d characters, and 64 is the most", n)
	}
	return ""
}

// sessionNames returns the values of every RoleSessionName attribute, and the
// place of the first one.
func sessionNames(cl claims.Claims) (values []evidence.Value, at evidence.Spot) {
	for i, a := range cl.SessionName {
		if i == 0 {
			at = a.At
		}
		values = append(values, a.Values...)
	}
	return values, at
}

// fixSessionName tells to set RoleSessionName at the IdP.
func fixSessionName(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Map RoleSessionName from a field that every user has",
		Who:     rule.IdPAdmin,
		Setting: idp.RoleSessionName,
		Steps: []string{
			"Name of the attribute: " + claims.RoleSessionName.Full() + " (case and all), with one value.",
			"Value: " + nameWant + ". For Amazon Connect it is the user's login name there, letter by letter, case included.",
			"Look at the value for the user concerned in the IdP's preview, and at a user for whom it works.",
		},
		Consequence: "Connect finds its user by this value: a mapping that changes for everyone shuts out whoever has another login name in Connect.",
	}}
}
