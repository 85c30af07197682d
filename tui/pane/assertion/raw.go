package assertion

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
)

// raw shows a document as it was sent, broken only where a line ends or the
// screen does. It keeps where rows begin and draws those on screen.
type raw struct {
	doc    string
	starts []int // byte offset of each row
	w, h   int
	top    int
	spot   evidence.Spot
}

func (r *raw) set(doc string, w int) {
	r.doc, r.top = doc, 0
	r.w = 0
	r.resize(w, r.h)
}

func (r *raw) resize(w, h int) {
	r.h = h
	if w == r.w {
		return
	}
	r.w = w
	r.starts = r.starts[:0]
	// A row takes as many bytes as there are cells. Characters that are
	// wider or written out make it longer than the screen: it is cut there,
	// never the document.
	for i, n := 0, max(8, w-2); i < len(r.doc); {
		r.starts = append(r.starts, i)
		end := min(i+n, len(r.doc))
		for j := i; j < end; j++ {
			if r.doc[j] == '\n' {
				end = j + 1
				break
			}
		}
		for end < len(r.doc) && end > i && r.doc[end]&0xc0 == 0x80 {
			end--
		}
		i = max(end, i+1)
	}
	r.show(r.spot)
}

// show brings a spot onto the screen and marks it.
func (r *raw) show(s evidence.Spot) {
	r.spot = s
	for i, at := range r.starts {
		if at > s.Start {
			r.top = i - 2
			break
		}
	}
	r.clamp()
}

func (r *raw) clamp() { r.top = max(0, min(r.top, len(r.starts)-r.h)) }

// more tells how many rows are above and below the window.
func (r *raw) more() (above, below int) {
	return r.top, max(0, len(r.starts)-r.top-r.h)
}

func (r *raw) do(a keys.Action) {
	switch a {
	case keys.Down:
		r.top++
	case keys.Up:
		r.top--
	case keys.PageDown:
		r.top += max(1, r.h/2)
	case keys.PageUp:
		r.top -= max(1, r.h/2)
	case keys.Top:
		r.top = 0
	case keys.Bottom:
		r.top = len(r.starts)
	default:
		return
	}
	r.clamp()
}

func (r *raw) view() []style.Line {
	var out []style.Line
	for i := r.top; i < len(r.starts) && len(out) < r.h; i++ {
		from, to := r.starts[i], len(r.doc)
		if i+1 < len(r.starts) {
			to = r.starts[i+1]
		}
		a, b := max(from, min(r.spot.Start, to)), max(from, min(r.spot.End, to))
		l := style.New(style.Plain.Of(" "))
		for _, p := range []struct {
			s   string
			ink style.Ink
		}{{r.doc[from:a], style.Quiet}, {r.doc[a:b], style.Strong}, {r.doc[b:to], style.Quiet}} {
			if p.s != "" && p.s[len(p.s)-1] == '\n' {
				p.s = p.s[:len(p.s)-1]
			}
			l = l.Add(p.ink, p.s)
		}
		out = append(out, l.Cut(r.w))
	}
	return out
}
