package symptom

import (
	"cmp"
	"slices"
	"strings"

	"example.com/samlens/diag/expression"
)

// A Hit is an entry that a text may be.
type Hit struct {
	Entry Entry
	// Score is 0 to 1: how much of the entry's wording was met, and how much
	// of the text is that wording.
	Score float64
	// Exact tells that the wording stands in the text word for word.
	Exact bool
	// Text is the part of the text that was met, in its own words.
	Text string
	// Fields are what stood around the message.
	Fields Fields

	at, end int     // words of the text
	size    float64 // weight of the wording
}

// Match returns the entries that text may be, best first: any case, with or
// without suffix, escaped, cut short, retyped, with other words around. A
// text of something else yields none. Several hits mean that the text alone
// does not decide.
func Match(text string) []Hit {
	x := catalogue()
	f, s := parse(text)
	q := newQuery(s, f, x)
	best := map[string]Hit{}
	var short []Hit
	whole := false
	for i := range x.patterns {
		p := &x.patterns[i]
		h, ok := q.exact(p)
		if ok {
			whole = whole || h.Score == 1
		} else if q.foreign() {
			continue // another call's message counts word for word alone
		} else if h, ok = q.prefix(p); ok && h.Score < 0.5 {
			short, ok = append(short, h), false
		} else if !ok {
			h, ok = q.alike(p)
		}
		if ok {
			keep(best, h)
		}
	}
	if whole { // the bare generic text is also how longer ones begin
		for _, h := range short {
			keep(best, h)
		}
	}
	if len(best) == 0 && denialHead().MatchString(s) {
		if e, ok := Get("access-denied-policy"); ok {
			keep(best, Hit{Entry: e, Score: 0.6, Text: s})
		}
	}
	q.byCode(best, x)
	return rank(best, f)
}

// InPage returns the entry whose wording stands word for word in the visible
// text of a page, the longest where several do. Common wordings count only
// where the page says little else.
func InPage(text string) (Hit, bool) {
	x := catalogue()
	f, s := parse(text)
	q := newQuery(s, f, x)
	var found Hit
	ok := false
	for i := range x.patterns {
		p := &x.patterns[i]
		if p.entry.Standing == Unverified || p.entry.Generic && len(q.words) > 60 {
			continue
		}
		if h, is := q.contains(p); is && (!ok || h.size > found.size) {
			found, ok = h, true
		}
	}
	found.Fields = f
	return found, ok
}

func keep(best map[string]Hit, h Hit) {
	if old, ok := best[h.Entry.ID]; !ok || h.Score > old.Score || h.Score == old.Score && h.size > old.size {
		best[h.Entry.ID] = h
	}
}

// rank orders hits and drops those that lie inside a longer exact one or far
// behind the best.
func rank(best map[string]Hit, f Fields) []Hit {
	var out []Hit
	for _, h := range best {
		inside := false
		for _, o := range best {
			inside = inside || o.Exact && o.Entry.ID != h.Entry.ID && o.at <= h.at && h.end <= o.end && o.size > h.size && o.end > o.at
		}
		if !inside {
			h.Fields = f
			out = append(out, h)
		}
	}
	order := map[string]int{}
	for i, p := range catalogue().patterns {
		if _, ok := order[p.entry.ID]; !ok {
			order[p.entry.ID] = i
		}
	}
	slices.SortFunc(out, func(a, b Hit) int {
		agree := func(h Hit) int { // the code beside the text breaks a tie
			if f.Code != "" && (codeIs(h.Entry.Code, f.Code) || codeIs(h.Entry.InnerCode, f.Code)) {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(agree(a), agree(b)), cmp.Compare(order[a.Entry.ID], order[b.Entry.ID]))
	})
	for i, h := range out {
		if h.Score < out[0].Score*0.55 && !(out[0].Entry.Generic && out[0].Score == 1) {
			return out[:i]
		}
	}
	return out
}

// samlCode are the codes that nothing else than a SAML sign-in says.
var samlCode = expression.Lazy(`(?i)\b(?:InvalidIdentityToken|ExpiredTokenException|IDPRejectedClaim|AuthSaml\w{5,60}Exception)`)

// byCode adds the entries of an error code where the text is nothing but
// that code, or where the message beside it is not known.
func (q *query) byCode(best map[string]Hit, x *index) {
	code := q.fields.Code
	if code == "" && !strings.Contains(q.text, " ") {
		code = strings.Trim(q.text, ".,:;()\"'")
	}
	if code == "" && len(q.words) <= 12 {
		code = samlCode().FindString(q.text)
	}
	if code == "" || len(best) > 0 {
		return
	}
	if q.foreign() {
		return
	}
	for i := range x.patterns {
		e := x.patterns[i].entry
		if e.Standing != Unverified && (codeIs(e.Code, code) || codeIs(e.InnerCode, code)) {
			keep(best, Hit{Entry: *e, Score: 0.4, Text: code})
		}
	}
}

// codeIs compares error codes as AWS's services spell them: with or without
// Exception at the end.
func codeIs(have, code string) bool {
	return have != "" && strings.EqualFold(strings.TrimSuffix(have, "Exception"), strings.TrimSuffix(code, "Exception"))
}
