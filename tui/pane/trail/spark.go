package trail

import (
	"slices"
	"strings"
	"time"

	"example.com/samlens/tui/style"
)

var heights = []rune("▁▂▃▄▅▆▇█")

const label = 7 // cells before a sparkline

// cell is how many events fall into cell i of w: per bin, since cells do not
// all have as many bins.
func cell(counts *[bins]int, i, w int) float64 {
	from, to := i*bins/w, max(i*bins/w+1, (i+1)*bins/w)
	n := 0
	for _, c := range counts[from:to] {
		n += c
	}
	return float64(n) / float64(to-from)
}

// spark draws counts in w cells, the highest one as full as scale says; what
// is not zero never looks like zero.
func spark(counts *[bins]int, w int, scale float64) string {
	var b strings.Builder
	top := len(heights) - 1
	for i := range w {
		switch n := cell(counts, i, w); {
		case n == 0:
			b.WriteByte(' ')
		case scale <= 0:
			b.WriteRune(heights[top])
		default:
			b.WriteRune(heights[min(top, int(n/scale*float64(top)+0.5))])
		}
	}
	return b.String()
}

// peak is the highest of w cells.
func peak(counts *[bins]int, w int) (most float64) {
	for i := range w {
		most = max(most, cell(counts, i, w))
	}
	return most
}

// chart draws what succeeded and what failed over one axis of time, and marks
// the changes and this capture on it.
func (p *Pane) chart() []style.Line {
	d := p.dig
	w := max(1, min(bins, p.w-label-2))
	scale := max(peak(&d.good, w), peak(&d.bad, w))
	out := []style.Line{
		style.New(style.Quiet.Of(style.Pad(" ok", label))).Add(style.Good, spark(&d.good, w, scale)),
		style.New(style.Quiet.Of(style.Pad(" fail", label))).Add(style.Bad, spark(&d.bad, w, scale)),
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
	for _, e := range slices.Backward(d.marks) {
		if !e.Time.Before(d.from) {
			cells[place(e.Time, d.from, span, w)] = style.Warn.Of("▲")
		}
	}
	if t := p.moment; !t.IsZero() && !t.Before(d.from) && !t.After(d.to.Add(time.Minute)) {
		cells[place(t, d.from, span, w)] = style.Note.Of("●")
	}
	left, middle, right := stamp(d.from, span), stamp(d.from.Add(span/2), span), stamp(d.to, span)
	if w > 2*len(left)+8 {
		write(cells, 0, 1, left+" ")
		write(cells, w-len(right)-1, -1, " "+right)
	}
	if w > 4*len(left)+16 {
		write(cells, w/2-len(middle)/2-1, 1, " "+middle+" ")
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

// write puts a label on the axis, a few cells further by where a mark stands
// in its way, and not at all where there is no room.
func write(cells []style.Span, at, by int, s string) {
	rs := []rune(s)
	for range 2 * len(rs) {
		if at < 0 || at+len(rs) > len(cells) {
			return
		}
		free := true
		for i := range rs {
			free = free && cells[at+i].Ink == style.Edge
		}
		if free {
			for i, r := range rs {
				cells[at+i] = style.Quiet.Of(string(r))
			}
			return
		}
		at += by
	}
}

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
