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
	var l style.Line
	switch {
	case i == g.cursor && !g.Blur:
		l = style.New(style.Link.Of("▌")).On(style.Cursor)
	case i == g.cursor:
		l = style.New(style.Edge.Of("▏"))
	default:
		l = style.New(style.Plain.Of(" "))
	}
	if g.mark != "" && l.Back == style.Paper && g.key(row) == g.mark {
		l.Back = style.Marked
	}
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
			l = l.Add(style.Plain, style.Blank(gap)).Join(cell)
			gap = 0
		} else {
			l = l.Join(cell)
		}
		if j < g.last() { // no gap behind the last: it would be cut off
			gap += 2
		}
		l = l.Add(style.Plain, style.Blank(gap))
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
