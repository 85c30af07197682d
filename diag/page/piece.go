package page

import (
	"slices"
	"strings"
	"unicode"

	"example.com/samlens/diag/symptom"
)

// pieces are the entries in whose wording the query stands as a run of words,
// the shortest wording first. People remember the middle of a message ("not
// been onboarded"), which is too little for [symptom.Match] to be sure of.
func pieces(query string) []symptom.Hit {
	want := said(query)
	if len(want) < 2 || len(want) > 40 {
		return nil
	}
	var out []symptom.Hit
	for _, e := range symptom.All() {
		if has := said(e.Text); within(has, want) {
			out = append(out, symptom.Hit{Entry: e, Score: float64(len(want)) / float64(len(has)), Text: query})
		}
	}
	slices.SortStableFunc(out, func(a, b symptom.Hit) int { return len(a.Entry.Text) - len(b.Entry.Text) })
	return out
}

// said are the words of a text as they sound: in lower case, without marks.
func said(s string) []string {
	return strings.FieldsFunc(strings.Map(func(r rune) rune {
		switch {
		case r == '\'' || r == '’':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, s), unicode.IsSpace)
}

func within(has, want []string) bool {
	for i := 0; i+len(want) <= len(has); i++ {
		if slices.Equal(has[i:i+len(want)], want) {
			return true
		}
	}
	return false
}
