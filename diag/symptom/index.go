package symptom

import (
	"strings"
	"sync"
)

// A pattern is one wording made ready for searching.
type pattern struct {
	entry    *Entry
	words    []string   // without leading and trailing gaps
	segments [][]string // the runs between gaps
	weights  []float64
	total    float64
	content  int    // how many of the words say something
	squeezed string // letters and digits up to the first gap
	whole    bool   // there is no gap
	counted  bool   // it begins with a gap, for a number
}

// An index is the catalogue made ready for searching.
type index struct {
	patterns []pattern
	// split maps a compound in lower case to its parts, so that
	// "ROLESESSIONNAME" and "role session name" are the same words.
	split map[string][]string
	vocab []string // the distinct words of all patterns
}

var catalogue = sync.OnceValue(func() *index {
	entries := All()
	x := &index{split: map[string][]string{
		"doesnt": {"does", "not"}, "didnt": {"did", "not"}, "isnt": {"is", "not"}, "cannot": {"can", "not"}, "cant": {"can", "not"},
		"its": {"it", "is"}, "hasnt": {"has", "not"}, "wasnt": {"was", "not"}, "couldnt": {"could", "not"},
	}}
	for _, e := range entries {
		for _, t := range append([]string{e.Text}, e.Alternatives...) {
			t = clean(t)
			ws := words(t, nil)
			if len(ws) < 2 { // a bare error code is one word: "user not found" is not UserNotFoundException
				continue
			}
			for _, w := range ws {
				if parts := humps(t[w.start:w.end]); parts != nil {
					x.split[w.text] = parts
				}
			}
		}
	}
	seen := map[string]bool{}
	for i := range entries {
		for _, t := range append([]string{entries[i].Text}, entries[i].Alternatives...) {
			p := compile(&entries[i], clean(t), x.split)
			x.patterns = append(x.patterns, p)
			for _, w := range p.words {
				if w != gap && !seen[w] {
					seen[w] = true
					x.vocab = append(x.vocab, w)
				}
			}
		}
	}
	return x
})

func compile(e *Entry, t string, split map[string][]string) pattern {
	p := pattern{entry: e, whole: !strings.Contains(strings.Trim(t, "*"), gap), counted: strings.HasPrefix(t, gap)}
	head, _, _ := strings.Cut(strings.TrimLeft(t, "* "), gap)
	p.squeezed = squeeze(head)
	for _, w := range words(t, split) {
		p.words = append(p.words, w.text)
	}
	for len(p.words) > 0 && p.words[0] == gap {
		p.words = p.words[1:]
	}
	for len(p.words) > 0 && p.words[len(p.words)-1] == gap {
		p.words = p.words[:len(p.words)-1]
	}
	var run []string
	for _, w := range p.words {
		n := weight(w)
		p.weights = append(p.weights, n)
		p.total += n
		if n >= 1 {
			p.content++
		}
		if w == gap {
			p.segments, run = append(p.segments, run), nil
			continue
		}
		run = append(run, w)
	}
	p.segments = append(p.segments, run)
	return p
}
