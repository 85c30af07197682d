// Package page shows rows of text that do not fit the screen, some of which
// the cursor can stand on. It draws what it is given and knows nothing of
// sign-ins.
package page

import (
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// A Row is one line. Rows with the same ID that follow each other are one
// stop of the cursor: a command that was wrapped, say.
type Row[T any] struct {
	Line style.Line
	// ID names what the row stands for, so that the cursor stays on it when
	// rows come and go; "" where the cursor has no business.
	ID  string
	Ref T
}

// A Page is a window on rows. The zero Page has none.
type Page[T any] struct {
	rows   []Row[T]
	w, h   int
	top    int
	cursor int // the first row of the current stop; -1 where there is none
	mark   string
	search seek.Search
	// Blur draws the cursor as of a pane that has not the focus.
	Blur bool
}

// Set replaces the rows. The cursor stays on the ID it was on, else on the
// stop that is nearest to its old place.
func (p *Page[T]) Set(rows []Row[T]) {
	id, old := p.ID(), p.cursor
	above := old - p.top // how far down the window the cursor is
	p.rows = rows
	p.cursor = -1
	if !p.seek(id) {
		p.near(max(0, old))
	}
	if old >= 0 && p.cursor >= 0 {
		p.top = p.cursor - above
	}
	if q := p.search.Query; q != "" {
		p.search.Over(q, len(rows), p.matches(q), max(0, p.cursor))
	}
	p.clamp()
	p.follow()
}

// Resize sets the cells of View. The left column holds the cursor's mark, so
// rows have Width cells.
func (p *Page[T]) Resize(w, h int) {
	p.w, p.h = w, h
	p.follow()
}

// Width is what a row may take.
func (p *Page[T]) Width() int { return max(0, p.w-1) }

// Height is the number of rows on screen.
func (p *Page[T]) Height() int { return p.h }

// Rows returns the rows.
func (p *Page[T]) Rows() []Row[T] { return p.rows }

// ID is what the cursor is on; "" for nothing.
func (p *Page[T]) ID() string {
	if p.cursor >= 0 && p.cursor < len(p.rows) {
		return p.rows[p.cursor].ID
	}
	return ""
}

// At returns what the row under the cursor stands for.
func (p *Page[T]) At() (ref T, ok bool) {
	if p.cursor < 0 || p.cursor >= len(p.rows) {
		return ref, false
	}
	return p.rows[p.cursor].Ref, true
}

// Select puts the cursor on an ID; it reports whether it is there.
func (p *Page[T]) Select(id string) bool {
	ok := p.seek(id)
	if ok {
		p.follow()
	}
	return ok
}

// Mark marks the rows of an ID; "" for none.
func (p *Page[T]) Mark(id string) { p.mark = id }

func (p *Page[T]) seek(id string) bool {
	if id == "" {
		return false
	}
	for i, r := range p.rows {
		if r.ID == id {
			p.cursor = i
			return true
		}
	}
	return false
}

// near puts the cursor on the stop that is nearest to row i.
func (p *Page[T]) near(i int) {
	for d := range len(p.rows) + 1 {
		for _, j := range [2]int{i - d, i + d} {
			if j >= 0 && j < len(p.rows) && p.rows[j].ID != "" {
				p.cursor = p.first(j)
				return
			}
		}
	}
}

// first returns the first row of the stop that row i belongs to.
func (p *Page[T]) first(i int) int {
	for i > 0 && p.rows[i-1].ID == p.rows[i].ID {
		i--
	}
	return i
}

// last returns the last row of the stop that row i belongs to.
func (p *Page[T]) last(i int) int {
	for i+1 < len(p.rows) && p.rows[i+1].ID == p.rows[i].ID {
		i++
	}
	return i
}

// Find searches the rows' text.
func (p *Page[T]) Find(query string) seek.Hits {
	row, hits := p.search.Over(query, len(p.rows), p.matches(query), max(p.top, p.cursor))
	p.show(row)
	return hits
}

// Step goes to another match.
func (p *Page[T]) Step(by int) seek.Hits {
	from := p.search.Row()
	if from < 0 {
		from = max(p.top, p.cursor)
	}
	row, hits := p.search.Step(by, from)
	p.show(row)
	return hits
}

func (p *Page[T]) matches(query string) func(int) bool {
	return func(i int) bool { return style.Has(p.rows[i].Line.Text(), query) }
}

// show brings a row onto the screen, with the cursor on it where it is a stop.
func (p *Page[T]) show(row int) {
	if row < 0 {
		return
	}
	if p.rows[row].ID != "" {
		p.cursor = p.first(row)
	}
	if row < p.top || row >= p.top+p.h {
		p.top = row - p.h/3
		p.clamp()
	}
}
