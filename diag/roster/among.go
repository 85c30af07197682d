package roster

import (
	"strings"

	"example.com/samlens/diag/evidence"
)

// NearAmong is [Index.Near] for one question about users that are not
// indexed: it looks at each once and keeps nothing. An index pays from the
// second question on.
func NearAmong(users []evidence.User, name string) []Near {
	q := skeleton(name)
	if q == "" {
		return nil
	}
	l, _, mail := local(q)
	whole, part := newTypo(cutTypo(q)), newTypo(cutTypo(l))
	var some, holding []evidence.User
	for _, u := range users {
		s := skeleton(u.Username[:min(len(u.Username), maxName)])
		sl, _, hasAt := local(s)
		switch {
		case sl == l && l != "",
			whole.may(q, s),
			mail && !hasAt && part.may(l, s),
			u.Email != "" && skeleton(u.Email) == q:
			some = append(some, u)
		case len(holding) < 10 && strings.Contains(s, l):
			holding = append(holding, u)
		}
	}
	if near := New(some).Near(name); len(near) > 0 {
		return near
	}
	return New(holding).Near(name)
}

// cutTypo cuts a pattern to what the filter's word takes; longer ones are
// compared by the filter's masks alone.
func cutTypo(s string) string { return s[:min(len(s), maxPattern)] }

// may reports whether s can be within maxTypo edits of q.
func (t *typo) may(q, s string) bool {
	if len(q) > maxPattern || !ascii([]byte(q)) || !ascii([]byte(s)) {
		return distance(q, s) <= maxTypo
	}
	return t.near(len(s)) && t.alike(maskOf(s)) && t.distance([]byte(s)) <= maxTypo
}

// DuplicatesAmong is [Index.Duplicates] for users that are not indexed.
func DuplicatesAmong(users []evidence.User, name string) []evidence.User {
	q := skeleton(name)
	mails := map[string]bool{}
	same := func(u evidence.User) bool { return skeleton(u.Username[:min(len(u.Username), maxName)]) == q }
	if q == "" {
		return nil
	}
	for _, u := range users {
		if u.Email != "" && same(u) {
			mails[skeleton(u.Email)] = true
		}
	}
	var out []evidence.User
	for _, u := range users {
		if u.Email != "" && mails[skeleton(u.Email)] || same(u) {
			out = append(out, u)
		}
	}
	return out
}
