// Package grid shows a table of any number of rows.
//
// It keeps no cells: a row is drawn when it is on screen, so that a frame
// costs the same for a hundred rows and for a million. The cursor stays on
// the same thing, by its key, when rows are added, sorted or filtered.
package grid

import (
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// A Column is one column of a grid.
type Column[T any] struct {
	Title string
	// Min is the fewest cells that make sense; a grid that is too narrow
	// leaves out the columns of the highest Rank.
	Min int
	// Weight is its share of the cells that are left over; 0 takes none.
	Weight int
	// Max bounds that share; 0 is no bound.
	Max  int
	Rank int
	// Right sets numbers to the right.
	Right bool
	// Cell draws a row's cell in at most w cells.
	Cell func(row T, w int) style.Line
}

// A Grid is a window on rows. Make one by New.
type Grid[T any] struct {
	columns []Column[T]
	key     func(T) string
	text    func(T) string
	rows    []T
	widths  []int // of each column; 0 where it is left out
	w, h    int
	top     int
	cursor  int
	mark    string
	search  seek.Search
	Blur    bool
	// Headless leaves the titles out.
	Headless bool
}

// New returns an empty grid. key names a row, unique among rows; text is what
// the search looks at.
func New[T any](key, text func(T) string, columns ...Column[T]) *Grid[T] {
	return &Grid[T]{columns: columns, key: key, text: text}
}

// Set replaces the rows; the slice is kept and never written to. The cursor
// stays on its row where it is still there: near its old place at once, else
// by going through all.
func (g *Grid[T]) Set(rows []T) {
	old, had := g.At()
	var id string
	if had {
		id = g.key(old)
	}
	g.rows = rows
	if had {
		g.Select(id)
	}
	g.cursor = max(0, min(g.cursor, len(rows)-1))
	if q := g.search.Query; q != "" {
		g.search.Over(q, len(rows), g.matches(q), g.cursor)
	}
	g.follow()
}

// Rows returns the rows.
func (g *Grid[T]) Rows() []T { return g.rows }

// Select puts the cursor on the row of a key; it reports whether it is there.
func (g *Grid[T]) Select(id string) bool {
	for d := range len(g.rows) + 1 {
		for _, i := range [2]int{g.cursor - d, g.cursor + d} {
			if i >= 0 && i < len(g.rows) && g.key(g.rows[i]) == id {
				g.cursor = i
				g.follow()
				return true
			}
		}
	}
	return false
}

// Mark marks the row of a key; "" for none.
func (g *Grid[T]) Mark(id string) { g.mark = id }

// At returns the row under the cursor.
func (g *Grid[T]) At() (row T, ok bool) {
	if g.cursor < 0 || g.cursor >= len(g.rows) {
		return row, false
	}
	return g.rows[g.cursor], true
}

// Index is the cursor's row, from 0.
func (g *Grid[T]) Index() int { return g.cursor }

// Resize sets the cells of View.
func (g *Grid[T]) Resize(w, h int) {
	g.w, g.h = w, h
	g.measure()
	g.follow()
}

// measure shares the width out among the columns.
func (g *Grid[T]) measure() {
	g.widths = make([]int, len(g.columns))
	left := g.w - 1 // the cursor's mark
	in := make([]bool, len(g.columns))
	for rank := 0; ; rank++ {
		more := false
		for i, c := range g.columns {
			if c.Rank > rank {
				more = true
			} else if c.Rank == rank && (c.Min+2 <= left || i == 0 && rank == 0) {
				in[i] = true
				g.widths[i] = c.Min
				left -= c.Min + 2
			}
		}
		if !more {
			break
		}
	}
	left += 2     // no gap behind the last
	for range 3 { // what a bound leaves over goes to the others
		total := 0
		for i, c := range g.columns {
			if in[i] && (c.Max == 0 || g.widths[i] < c.Max) {
				total += c.Weight
			}
		}
		if total == 0 || left <= 0 {
			break
		}
		spare := left
		for i, c := range g.columns {
			if !in[i] || c.Weight == 0 || c.Max > 0 && g.widths[i] >= c.Max {
				continue
			}
			n := spare * c.Weight / total
			if c.Max > 0 {
				n = min(n, c.Max-g.widths[i])
			}
			g.widths[i] += n
			left -= n
		}
	}
}

// More tells how many rows are above and below the window.
func (g *Grid[T]) More() (above, below int) {
	return g.top, max(0, len(g.rows)-g.top-g.body())
}

// Shows reports whether there is room for the column of a title.
func (g *Grid[T]) Shows(title string) bool {
	for i, c := range g.columns {
		if c.Title == title && i < len(g.widths) {
			return g.widths[i] > 0
		}
	}
	return false
}

func (g *Grid[T]) body() int {
	if g.Headless {
		return max(0, g.h)
	}
	return max(0, g.h-1)
}

func (g *Grid[T]) follow() {
	h := g.body()
	if h == 0 {
		return
	}
	g.top = max(0, min(g.top, len(g.rows)-h))
	if g.cursor >= g.top+h {
		g.top = g.cursor - h + 1
	}
	if g.cursor < g.top {
		g.top = max(0, g.cursor)
	}
}

// Do carries out a movement; it reports whether a was one.
func (g *Grid[T]) Do(a keys.Action) bool {
	to := g.cursor
	switch a {
	case keys.Down:
		to++
	case keys.Up:
		to--
	case keys.PageDown:
		to += max(1, g.body()/2)
	case keys.PageUp:
		to -= max(1, g.body()/2)
	case keys.Top:
		to = 0
	case keys.Bottom:
		to = len(g.rows) - 1
	default:
		return false
	}
	g.move(to)
	return true
}

func (g *Grid[T]) move(to int) {
	g.cursor = max(0, min(to, len(g.rows)-1))
	g.follow()
}

// Click puts the cursor on row y of the window, the titles counted.
func (g *Grid[T]) Click(y int) bool {
	if !g.Headless {
		y--
	}
	i := g.top + y
	if y < 0 || i >= len(g.rows) {
		return false
	}
	g.move(i)
	return true
}

// Find searches all rows.
func (g *Grid[T]) Find(query string) seek.Hits {
	i, hits := g.search.Over(query, len(g.rows), g.matches(query), g.cursor)
	if i >= 0 {
		g.move(i)
	}
	return hits
}

// Step goes to another match.
func (g *Grid[T]) Step(by int) seek.Hits {
	i, hits := g.search.Step(by, g.cursor)
	if i >= 0 {
		g.move(i)
	}
	return hits
}

func (g *Grid[T]) matches(query string) func(int) bool {
	return func(i int) bool { return style.Has(g.text(g.rows[i]), query) }
}
