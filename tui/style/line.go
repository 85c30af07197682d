package style

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Span is a piece of text in one ink.
type Span struct {
	Text string
	Ink  Ink
}

// A Line is one row of cells. The zero Line is an empty row.
type Line struct {
	Spans []Span
	Back  Back
	// Until is how many cells from the left have the back, for a row whose
	// right part belongs to something else; 0 means all of them. A span ends
	// there.
	Until int
}

// New returns a line of spans; their text is made fit for a terminal.
func New(spans ...Span) Line { return Line{}.Append(spans...) }

// Append returns l with spans behind it.
func (l Line) Append(spans ...Span) Line {
	for _, s := range spans {
		l = l.Add(s.Ink, s.Text)
	}
	return l
}

// Add returns l with text behind it. The text is made fit for a terminal:
// see [Clean].
func (l Line) Add(ink Ink, text string) Line {
	if text == "" {
		return l
	}
	// A full slice expression, so that two lines that grow from one do not
	// write over each other.
	l.Spans = append(slices.Clip(l.Spans), Span{Clean(text), ink})
	return l
}

// Show returns l with text of the evidence behind it, in which every
// character that could not be seen stands out: see [Shown].
func (l Line) Show(ink Ink, text string) Line { return l.Append(Shown(text, ink)...) }

// Join returns l with the spans of m behind it.
func (l Line) Join(m Line) Line {
	l.Spans = append(slices.Clip(l.Spans), m.Spans...)
	return l
}

// To returns l filled with blanks up to column col, and with one blank where
// it is already there.
func (l Line) To(col int) Line {
	n := col - l.Width()
	if n < 1 {
		if len(l.Spans) == 0 {
			return l
		}
		n = 1
	}
	return l.Add(Plain, Blank(n))
}

// On returns l on another back.
func (l Line) On(b Back) Line { l.Back = b; return l }

// In returns l with every span in one ink.
func (l Line) In(ink Ink) Line {
	spans := make([]Span, len(l.Spans))
	for i, s := range l.Spans {
		spans[i] = Span{s.Text, ink}
	}
	l.Spans = spans
	return l
}

// Width is the number of cells.
func (l Line) Width() (w int) {
	for _, s := range l.Spans {
		w += Width(s.Text)
	}
	return w
}

// Text is the line without inks.
func (l Line) Text() string {
	if len(l.Spans) == 1 {
		return l.Spans[0].Text
	}
	var b strings.Builder
	for _, s := range l.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Cut returns the first w cells of l, ending in "…" where something was left
// out.
func (l Line) Cut(w int) Line {
	if w <= 0 {
		l.Spans = nil
		return l
	}
	used := 0
	for i, s := range l.Spans {
		n := Width(s.Text)
		if used+n <= w {
			used += n
			continue
		}
		out := append([]Span(nil), l.Spans[:i]...)
		// The whole line is too long, though this span may end just at the
		// edge: the mark of omission needs a cell of its own.
		if rest := Cut(s.Text, w-used); rest != "" {
			out = append(out, Span{rest, s.Ink})
		} else if len(out) > 0 {
			last := &out[len(out)-1]
			last.Text = Cut(last.Text+" ", Width(last.Text))
		}
		l.Spans = out
		return l
	}
	return l
}

// Spread puts left and right at the two ends of w cells; left gives way.
func Spread(left, right Line, w int) Line {
	rw := right.Width()
	if rw+2 > w {
		return left.Cut(w)
	}
	left = left.Cut(w - rw - 1)
	return left.Add(Plain, Blank(w-rw-left.Width())).Join(right)
}

// Width is the number of cells that s takes. It is quick for ASCII and for
// what we draw with.
func Width(s string) int {
	n := 0
	for _, r := range s {
		if !narrow(r) {
			return ansi.StringWidth(s)
		}
		n++
	}
	return n
}

// narrow reports whether r is one cell wide, whatever stands beside it.
func narrow(r rune) bool {
	if r < 0x80 {
		return r >= 0x20 && r < 0x7f
	}
	switch r {
	case '…', '·', '›', '‹', '✓', '✗', '○', '⊗', '→', '←', '▸', '▾', '◆', '“', '”':
		return true
	}
	return r >= 0x2500 && r < 0x25a0
}

// Cut returns the first w cells of s, ending in "…" where it was longer.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	return ansi.Truncate(s, w, "…")
}

// CutLeft returns the last w cells of s, beginning with "…" where it was
// longer: for paths, whose end says most.
func CutLeft(s string, w int) string {
	if w <= 0 {
		return ""
	}
	n := Width(s)
	if n <= w {
		return s
	}
	for k := n - w + 1; k <= n; k++ { // a wide character may stand across the cut
		if out := ansi.TruncateLeft(s, k, "…"); Width(out) <= w {
			return out
		}
	}
	return "…"
}

// CutMiddle returns s with its middle left out where it is longer than w: for
// fingerprints and ARNs, whose both ends say something.
func CutMiddle(s string, w int) string {
	n := Width(s)
	if n <= w {
		return s
	}
	if w < 3 {
		return Cut(s, w)
	}
	tail := (w - 1) / 2
	head := take(s, w-1-tail)
	end := CutLeft(s, tail+1)
	return head + "…" + strings.TrimPrefix(end, "…")
}

const blanks = "                                                                                                                                "

// Blank returns n blanks.
func Blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Pad returns s filled with blanks to w cells, or cut to them.
func Pad(s string, w int) string {
	if n := Width(s); n <= w {
		return s + Blank(w-n)
	}
	return Cut(s, w)
}

// PadLeft returns s with blanks before it, for numbers.
func PadLeft(s string, w int) string {
	if n := Width(s); n <= w {
		return Blank(w-n) + s
	}
	return Cut(s, w)
}

// take returns the longest beginning of s that fits into w cells, whole
// graphemes only.
func take(s string, w int) string {
	if w <= 0 {
		return ""
	}
	return ansi.Truncate(s, w, "")
}
