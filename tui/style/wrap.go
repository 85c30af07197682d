package style

import "strings"

// Wrap breaks l at blanks into lines of at most w cells; every line but the
// first begins with hang blanks. A word longer than a line is broken where
// the line ends. Wrap returns at least one line.
func Wrap(l Line, w, hang int) []Line {
	if w < 1 {
		w = 1
	}
	if hang >= w-8 {
		hang = 0
	}
	if l.Width() <= w {
		return []Line{l}
	}
	f := folder{w: w, hang: hang, back: l.Back}
	f.line.Back = l.Back
	for _, s := range l.Spans {
		text := s.Text
		for text != "" {
			i := strings.IndexByte(text, ' ')
			switch {
			case i < 0:
				f.word(s.Ink, text)
				text = ""
			case i == 0:
				n := len(text) - len(strings.TrimLeft(text, " "))
				f.gap(s.Ink, text[:n])
				text = text[n:]
			default:
				f.word(s.Ink, text[:i])
				text = text[i:]
			}
		}
	}
	return f.end()
}

// A folder fills lines word by word. A word may consist of several spans;
// what is pending is put only once a gap ends it.
type folder struct {
	w, hang int
	back    Back
	out     []Line
	line    Line
	used    int
	pending []Span // the word being gathered
	size    int
	space   Span // the gap before it
}

func (f *folder) word(ink Ink, text string) {
	f.pending = append(f.pending, Span{text, ink})
	f.size += Width(text)
}

func (f *folder) gap(ink Ink, text string) {
	f.put()
	f.space = Span{f.space.Text + text, ink}
}

// put lays the pending word down, on a new line where it does not fit.
func (f *folder) put() {
	if f.size == 0 {
		return
	}
	gap := len(f.space.Text)
	if f.used+gap+f.size > f.w && f.used > f.hang {
		f.feed()
		gap = 0
	}
	if gap > 0 {
		gap = min(gap, max(0, f.w-f.used-1))
		f.line.Spans = append(f.line.Spans, Span{f.space.Text[:gap], f.space.Ink})
		f.used += gap
	}
	f.space = Span{}
	for _, s := range f.pending {
		f.spill(s)
	}
	f.pending, f.size = f.pending[:0], 0
}

// spill puts a span, broken at the line's end as often as need be.
func (f *folder) spill(s Span) {
	for s.Text != "" {
		n := Width(s.Text)
		if f.used+n <= f.w {
			f.line.Spans = append(f.line.Spans, s)
			f.used += n
			return
		}
		head := take(s.Text, f.w-f.used)
		if n := seam(head); n > 0 && f.w-f.used >= 16 {
			head = head[:n]
		}
		if head == "" && f.used <= f.hang {
			head = s.Text // a character wider than the line; Paint cuts it
		}
		if head != "" {
			f.line.Spans = append(f.line.Spans, Span{head, s.Ink})
			s.Text = s.Text[len(head):]
		}
		if s.Text != "" {
			f.feed()
		} else {
			f.used = f.w
		}
	}
}

func (f *folder) feed() {
	f.out = append(f.out, f.line)
	f.line = Line{Back: f.back}
	f.used = 0
	if f.hang > 0 {
		f.line.Spans = append(f.line.Spans, Span{Blank(f.hang), Plain})
		f.used = f.hang
	}
}

func (f *folder) end() []Line {
	f.put()
	return append(f.out, f.line)
}

// seam returns where a long word is best broken: behind the last sign that
// parts values, else ARNs, addresses and paths, if that is in its second half;
// 0 for nowhere.
func seam(s string) int {
	for _, signs := range []string{",;", "/:&?"} {
		if i := strings.LastIndexAny(s, signs); i+1 > len(s)/2 {
			return i + 1
		}
	}
	return 0
}
