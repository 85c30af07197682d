package symptom

// A cell of the alignment: the best run of the text's words against the
// pattern's that ends here.
type cell struct {
	score, met float64 // the run's value; weight of the pattern met in it
	content    int     // words met that say something
	qs, ps     int     // where the run begins, in the text and in the pattern
}

// The prices of the alignment, in weights of words: a word of the pattern
// that is missing, and one of the text that does not belong.
const (
	missing = 0.55
	foreign = 0.45
)

// alike finds the wording with words retyped, missing or added: the best
// local alignment of the two (Smith and Waterman's), then judged by how much
// of either it covers.
func (q *query) alike(p *pattern) (Hit, bool) {
	n := len(p.words)
	if n == 0 || len(q.words) < 2 {
		return Hit{}, false
	}
	prev, cur := make([]cell, n+1), make([]cell, n+1)
	var top cell
	topQ := 0
	for i, w := range q.words {
		near := q.alikeness(w.text)
		cur[0] = cell{}
		for j, pw := range p.words {
			c := cell{qs: i + 1, ps: j + 1}
			if sim := near[pw]; sim > 0 && pw != gap {
				from := prev[j]
				if from.score <= 0 {
					from = cell{qs: i, ps: j}
				}
				c = from
				c.score += p.weights[j] * sim
				c.met += p.weights[j] * sim
				if p.weights[j] >= 1 {
					c.content++
				}
			}
			if s := cur[j].score - missing*p.weights[j]; s > c.score {
				c = cur[j]
				c.score = s
			}
			price := foreign * q.weights[i]
			if pw == gap {
				price = 0
			}
			if s := prev[j+1].score - price; s > c.score {
				c = prev[j+1]
				c.score = s
			}
			cur[j+1] = c
			if c.score > top.score {
				top, topQ = c, i+1
			}
		}
		prev, cur = cur, prev
	}
	return q.judge(p, top, topQ)
}

// judge decides whether an alignment is enough. The limits were set on the
// catalogue's own texts, retyped, against sentences of other trades.
func (q *query) judge(p *pattern, top cell, qe int) (Hit, bool) {
	if top.score <= 0 || p.total == 0 {
		return Hit{}, false
	}
	inside := 0.0
	for i := top.qs; i < qe; i++ {
		inside += weight(q.words[i].text)
	}
	covered := top.met / p.total              // of the wording
	pure := min(1, top.met/max(inside, 0.01)) // of the run in the text
	out := q.outside(top.qs, qe)
	all := min(1, top.met/max(top.met, q.total)) // of the text
	enough := min(p.content, 3)
	switch {
	case !q.allowed(p, out), p.entry.Generic && (p.content == 0 || !q.trade && pure < 0.95):
		return Hit{}, false
	case covered >= 0.66 && pure >= 0.6 && top.content >= enough && (top.content >= 3 || out <= 0.6):
	case all >= 0.72 && top.content >= 3 && (top.ps == 0 && covered >= 0.3 || top.content >= 4):
		// A fragment that is nearly all of the text: its beginning, or enough
		// of its middle.
	default:
		return Hit{}, false
	}
	return q.hit(p, 0.9*(0.6*covered+0.4*pure), false, top.qs, qe), true
}
