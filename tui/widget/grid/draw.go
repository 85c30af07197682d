package grid

import "example.com/samlens/tui/style"

// View draws the window.
func (g *Grid[T]) View() []style.Line {
	out := make([]style.Line, 0, max(0, g.h))
	if !g.Headless && g.h > 0 {
		out = append(out, g.head())
	}
	for i := g.top; i < len(g.rows) && len(out) < g.h; i++ {
		out = append(out, g.draw(i))
	}
	return out
}

func (g *Grid[T]) head() style.Line {
	l := style.New(style.Plain.Of(" "))
	for i, c := range g.columns {
		if w := g.widths[i]; w > 0 {
			title := style.Pad(c.Title, w)
			if c.Right {
				title = style.PadLeft(c.Title, w)
			}
			l = l.Add(style.Head, title)
			if i < g.last() {
				l = l.Add(style.Plain, "  ")
			}
		}
	}
	return l
}

func (g *Grid[T]) draw(i int) style.Line {
	row := g.rows[i]
	// One slice for all spans: a screen has many rows.
	l := style.Line{Spans: make([]style.Span, 1, 4*len(g.columns)+1)}
	switch {
	case i == g.cursor && !g.Blur:
		l.Spans[0], l.Back = style.Link.Of("▌"), style.Cursor
	case i == g.cursor:
		l.Spans[0] = style.Edge.Of("▏")
	default:
		l.Spans[0] = style.Plain.Of(" ")
	}
	if g.mark != "" && l.Back == style.Paper && g.key(row) == g.mark {
		l.Back = style.Marked
	}
	blank := func(n int) {
		if n > 0 {
			l.Spans = append(l.Spans, style.Plain.Of(style.Blank(n)))
		}
	}
	last := g.last()
	for j, c := range g.columns {
		w := g.widths[j]
		if w == 0 {
			continue
		}
		cell := c.Cell(row, w).Cut(w)
		if q := g.search.Query; q != "" {
			ink := style.Match
			if i == g.search.Row() {
				ink = style.Here
			}
			cell = style.Highlight(cell, q, ink)
		}
		gap := w - cell.Width()
		if c.Right {
			blank(gap)
			gap = 0
		}
		l.Spans = append(l.Spans, cell.Spans...)
		if j < last { // no gap behind the last: it would be cut off
			gap += 2
		}
		blank(gap)
	}
	return l
}

// last is the last column that is shown.
func (g *Grid[T]) last() int {
	j := len(g.widths) - 1
	for j > 0 && g.widths[j] == 0 {
		j--
	}
	return j
}
