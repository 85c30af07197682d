package trail

import (
	"slices"
	"strings"
	"time"

	"example.com/samlens/tui/style"
)

var heights = []rune("▁▂▃▄▅▆▇█")

const label = 7 // cells before a sparkline

// spark draws counts in w cells, the highest one as full as scale says; what
// is not zero never looks like zero.
func spark(counts [bins]int, w, scale int) string {
	var b strings.Builder
	for i := range w {
		n := 0
		for _, c := range counts[i*bins/w : max(i*bins/w+1, (i+1)*bins/w)] {
			n += c
		}
		switch {
		case n == 0:
			b.WriteByte(' ')
		case scale <= 1:
			b.WriteRune(heights[len(heights)-1])
		default:
			b.WriteRune(heights[min(len(heights)-1, (n*len(heights)-1)/scale)])
		}
	}
	return b.String()
}

// peak is the highest count of one cell of w.
func peak(counts [bins]int, w int) int {
	most := 0
	for i := range w {
		n := 0
		for _, c := range counts[i*bins/w : max(i*bins/w+1, (i+1)*bins/w)] {
			n += c
		}
		most = max(most, n)
	}
	return most
}

// chart draws what succeeded and what failed over one axis of time, and marks
// the changes and this capture on it.
func (p *Pane) chart() []style.Line {
	d := p.dig
	w := max(1, min(bins, p.w-label-2))
	scale := max(peak(d.good, w), peak(d.bad, w))
	out := []style.Line{
		style.New(style.Quiet.Of(style.Pad(" ok", label))).Add(style.Good, spark(d.good, w, scale)),
		style.New(style.Quiet.Of(style.Pad(" fail", label))).Add(style.Bad, spark(d.bad, w, scale)),
	}
	return append(out, p.axis(w))
}

// axis is the line of times and marks below the sparklines.
func (p *Pane) axis(w int) style.Line {
	d := p.dig
	span := d.to.Sub(d.from)
	cells := make([]style.Span, w)
	for i := range cells {
		cells[i] = style.Edge.Of("─")
	}
	write := func(at int, s string) {
		for i, r := range []rune(s) {
			if at+i >= 0 && at+i < w {
				cells[at+i] = style.Quiet.Of(string(r))
			}
		}
	}
	left, right := stamp(d.from, span), stamp(d.to, span)
	if w > len(left)+len(right)+8 {
		write(0, left+" ")
		write(w-len(right)-1, " "+right)
	}
	if m := p.middle(span); w > 3*len(left)+12 {
		write(w/2-len(m)/2-1, " "+m+" ")
	}
	for _, e := range slices.Backward(d.marks) {
		if !e.Time.Before(d.from) {
			cells[place(e.Time, d.from, span, w)] = style.Warn.Of("▲")
		}
	}
	if t := p.moment; !t.IsZero() && !t.Before(d.from) && !t.After(d.to.Add(time.Minute)) {
		cells[place(t, d.from, span, w)] = style.Note.Of("●")
	}
	return style.New(style.Plain.Of(style.Blank(label))).Append(joined(cells)...)
}

// joined puts neighbours of one ink into one span.
func joined(cells []style.Span) []style.Span {
	var out []style.Span
	for _, c := range cells {
		if n := len(out); n > 0 && out[n-1].Ink == c.Ink {
			out[n-1].Text += c.Text
			continue
		}
		out = append(out, c)
	}
	return out
}

func (p *Pane) middle(span time.Duration) string { return stamp(p.dig.from.Add(span/2), span) }

// stamp writes a time of the axis: the day where the axis spans days.
func stamp(t time.Time, span time.Duration) string {
	if t.IsZero() {
		return ""
	}
	if span > 36*time.Hour {
		return t.UTC().Format("01-02 15h")
	}
	return t.UTC().Format("15:04")
}
