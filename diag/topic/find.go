package topic

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// maxQuery is how many bytes of a query are read.
const maxQuery = 2 << 10

// Named returns the topic whose ID, title or one of whose questions a query
// is, whatever its case and punctuation.
func Named(query string) (Topic, bool) {
	want := words(strings.ToValidUTF8(query[:min(len(query), maxQuery)], " "))
	if len(want) == 0 {
		return Topic{}, false
	}
	for _, t := range All() {
		for _, name := range append([]string{t.ID, t.Title}, t.Asks...) {
			if slices.Equal(words(name), want) {
				return t, true
			}
		}
	}
	return Topic{}, false
}

// Find returns the topics that a query means, best first: by ID, by one of
// the names, else by the words of the question. A query that names an ID or
// is one of the questions yields that topic alone.
func Find(query string) []Topic {
	query = strings.ToValidUTF8(query[:min(len(query), maxQuery)], " ")
	want := words(query)
	if len(want) == 0 {
		return nil
	}
	if t, ok := Named(query); ok {
		return []Topic{t}
	}
	return byWords(All(), want)
}

// byWords ranks topics by the telling words that they share with a query. A
// word counts the less, the more topics have it.
func byWords(topics []Topic, want []string) []Topic {
	has := make([]map[string]bool, len(topics))
	count := map[string]int{}
	for i, t := range topics {
		has[i] = map[string]bool{}
		for _, name := range append([]string{t.ID, t.Title}, t.Asks...) {
			for _, w := range words(name) {
				has[i][stem(w)] = true
			}
		}
		for w := range has[i] {
			count[w]++
		}
	}
	type scored struct {
		t     Topic
		score float64
	}
	var found []scored
	total := 0.0
	for _, w := range want {
		if w = stem(w); !filler[w] {
			total += 1 / float64(max(1, count[w]))
		}
	}
	for i, t := range topics {
		score, telling := 0.0, 0
		for _, w := range want {
			if w = stem(w); has[i][w] && !filler[w] {
				score += 1 / float64(count[w])
				telling++
			}
		}
		if total > 0 && score >= 0.45*total && (telling >= 2 || len(want) <= 2) {
			found = append(found, scored{t, score})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	out := make([]Topic, 0, 5)
	for _, f := range found[:min(len(found), 5)] {
		out = append(out, f.t)
	}
	return out
}

// words splits a name or question; apostrophes vanish, so that "can't" is
// one word however it is typed.
func words(s string) []string {
	s = strings.NewReplacer("'", "", "\u2019", "").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// stem takes the commonest endings off.
func stem(w string) string {
	for _, end := range []string{"ing", "ies", "es", "ed", "s", "e"} {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) >= 4 {
			return base
		}
	}
	return w
}

var filler = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("a an and any are as at be been but by can cant could did do does dont for from get give had has have he how i if in into is isnt it its me my " +
		"need no not of off on or our out please she should so that the their them then there they this to us was we were what whats when where which who why will with wont you your step topic case") {
		out[stem(w)] = true
	}
	return out
}()
