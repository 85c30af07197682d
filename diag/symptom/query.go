package symptom

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// A query is a text made ready for comparing.
type query struct {
	text     string // clean, without suffix and frame
	fields   Fields
	words    []word
	weights  []float64
	total    float64
	squeezed string
	trade    bool // words of this trade, or a code of the suffix, are in it
	// near maps each word of the text to the words of the catalogue that it
	// may be, with how alike they are.
	near map[string]map[string]float64
}

func newQuery(s string, f Fields, x *index) *query {
	q := &query{text: s, fields: f, words: words(s, x.split), squeezed: squeeze(s), trade: f.Service != "" || f.Prefixed}
	for i, w := range q.words {
		n := weight(w.text)
		if chatter[w.text] {
			n = min(n, 0.1)
		}
		q.weights = append(q.weights, n)
		q.total += n
		// Connect is the product, unless something is connected to something.
		connect := w.text == "connect" && (i == 0 || !slices.Contains([]string{"to", "can", "not", "could"}, q.words[i-1].text))
		q.trade = q.trade || trade[w.text] || connect
	}
	return q
}

// outside is the weight of the text around the words from i to j.
func (q *query) outside(i, j int) (n float64) {
	for k, w := range q.weights {
		if k < i || k >= j {
			n += w
		}
	}
	return n
}

// foreign reports whether the text names an API call that has no part in
// signing in with SAML or in setting it up.
func (q *query) foreign() bool {
	op := strings.ToLower(q.fields.Operation)
	return op != "" && op != "getfederationtoken" && !strings.Contains(op, "saml")
}

// allowed reports whether a common wording may count with so much around it.
func (q *query) allowed(p *pattern, outside float64) bool {
	if p.entry.Generic && q.foreign() {
		return false
	}
	return !p.entry.Generic || outside <= 0.6 || q.trade
}

func (q *query) hit(p *pattern, score float64, exact bool, i, j int) Hit {
	h := Hit{Entry: *p.entry, Score: score, Exact: exact, at: i, end: j, size: p.total, Text: q.text}
	if j > i {
		h.Text = q.text[q.words[i].start:q.words[j-1].end]
	}
	if p.entry.Standing == Unverified {
		h.Exact, h.Score = false, h.Score*0.8
	}
	return h
}

// contains finds the wording word for word anywhere in the text.
func (q *query) contains(p *pattern) (Hit, bool) {
	for from := 0; from < len(q.words); from++ {
		start := q.find(p.segments[0], from, len(q.words))
		if start < 0 {
			break
		}
		end := start + len(p.segments[0])
		for _, seg := range p.segments[1:] {
			if end = q.find(seg, end, end+48); end < 0 {
				break
			}
			end += len(seg)
		}
		if end >= 0 {
			return q.hit(p, 1, true, start, end), true
		}
		from = start
	}
	return Hit{}, false
}

// find returns where a run of words begins, at from or up to limit; -1 for
// nowhere.
func (q *query) find(run []string, from, limit int) int {
	for i := from; i <= limit && i+len(run) <= len(q.words); i++ {
		if slices.EqualFunc(q.words[i:i+len(run)], run, func(w word, r string) bool { return w.text == r }) {
			return i
		}
	}
	return -1
}

// exact is contains, with common wordings held to their place.
func (q *query) exact(p *pattern) (Hit, bool) {
	h, ok := q.contains(p)
	if !ok {
		// Wrapped in mid-word or with its spaces gone it is still the wording.
		if p.whole && len(p.squeezed) >= 18 && strings.Contains(q.squeezed, p.squeezed) {
			h = q.hit(p, 0.9, true, 0, 0)
			return h, q.allowed(p, q.total-p.total)
		}
		return Hit{}, false
	}
	out := q.outside(h.at, h.end)
	if out > 0.6 {
		h.Score -= 0.05
	}
	return h, q.allowed(p, out)
}

// prefix finds a text that was cut short. Its score is under 0.5 where so
// little is left that it counts only beside another hit.
func (q *query) prefix(p *pattern) (Hit, bool) {
	text := q.squeezed
	if p.counted { // "N validation errors": the number is not of the wording
		text = strings.TrimLeft(strings.TrimPrefix(text, "n"), "0123456789")
	}
	n, all := len(text), len(p.squeezed)
	if q.fields.Prefixed && p.entry.Suffixed && n > 0 && n < 17 && strings.HasPrefix(p.squeezed, text) {
		return q.hit(p, 0.6, false, 0, len(q.words)), true
	}
	if n < 8 || n >= all || len(p.words) == 1 && len(q.words) > 1 || !strings.HasPrefix(p.squeezed, text) {
		return Hit{}, false
	}
	part := float64(n) / float64(all)
	if n < 17 && part < 0.55 {
		return q.hit(p, 0.3+0.1*part, false, 0, len(q.words)), len(q.words) >= 2
	}
	return q.hit(p, 0.7+0.25*part, false, 0, len(q.words)), true
}

// alikeness returns the words of the catalogue that a word may be.
func (q *query) alikeness(w string) map[string]float64 {
	if m, ok := q.near[w]; ok {
		return m
	}
	if q.near == nil {
		q.near = map[string]map[string]float64{}
	}
	m := map[string]float64{w: 1}
	if len(w) >= 4 && len(w) <= 40 && len(q.near) < 400 {
		for _, v := range catalogue().vocab {
			n := min(len(v), len(w))
			slack := 0
			switch {
			case n >= 10:
				slack = 3
			case n >= 7:
				slack = 2
			case n >= 4:
				slack = 1
			}
			if d := len(v) - len(w); slack == 0 || d > slack || -d > slack {
				continue
			}
			if d := levenshtein.ComputeDistance(v, w); d > 0 && d <= slack {
				m[v] = 1 - 0.17*float64(d)
			}
		}
	}
	q.near[w] = m
	return m
}
