// Package page shows rows of text that do not fit the screen, some of which
// the cursor can stand on. It draws what it is given and knows nothing of
// sign-ins.
package page

import (
	"strings"

	"example.com/samlens/tui/keys"
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

// Do carries out a movement; it reports whether a was one.
func (p *Page[T]) Do(a keys.Action) bool {
	switch a {
	case keys.Down:
		p.step(1)
	case keys.Up:
		p.step(-1)
	case keys.PageDown:
		p.scroll(max(1, p.h/2))
	case keys.PageUp:
		p.scroll(-max(1, p.h/2))
	case keys.Top:
		p.top, p.cursor = 0, -1
		p.near(0)
	case keys.Bottom:
		p.cursor = -1
		p.near(len(p.rows) - 1)
		p.top = len(p.rows)
		p.clamp()
	default:
		return false
	}
	return true
}

// step moves to the next stop where it is near, and scrolls towards it where
// it is not, so that the text in between can be read.
func (p *Page[T]) step(by int) {
	j := p.cursor
	if j < 0 {
		j = p.top - by
	} else if by > 0 {
		j = p.last(j)
	}
	for j += by; j >= 0 && j < len(p.rows) && p.rows[j].ID == ""; {
		j += by
	}
	if j < 0 || j >= len(p.rows) {
		p.top += by
		p.clamp()
		return
	}
	j = p.first(j)
	if j >= p.top+p.h || j < p.top {
		p.top += by * min(max(1, p.h/3), max(1, abs(j-edge(p.top, p.h, by))))
		p.clamp()
	}
	if j >= p.top && j < p.top+p.h {
		p.cursor = j
		p.follow()
	}
}

func edge(top, h, by int) int {
	if by > 0 {
		return top + h - 1
	}
	return top
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// scroll moves the window, and the cursor with it.
func (p *Page[T]) scroll(by int) {
	at := max(0, p.cursor)
	p.top += by
	p.clamp()
	p.cursor = -1
	p.near(min(max(0, at+by), max(0, len(p.rows)-1)))
}

// clamp keeps the window inside the rows.
func (p *Page[T]) clamp() { p.top = max(0, min(p.top, len(p.rows)-p.h)) }

// follow moves the window so that the cursor's stop is inside.
func (p *Page[T]) follow() {
	if p.cursor < 0 || p.h <= 0 {
		return
	}
	if end := p.last(p.cursor); end >= p.top+p.h {
		p.top = end - p.h + 1
	}
	if p.cursor < p.top {
		p.top = p.cursor
	}
	// The first rows are a heading: show them with the first stop.
	if p.cursor < p.h && p.cursor == p.firstStop() {
		p.top = 0
	}
	p.clamp()
}

func (p *Page[T]) firstStop() int {
	for i, r := range p.rows {
		if r.ID != "" {
			return i
		}
	}
	return -1
}

// Click puts the cursor on the row at y; it reports whether that is a stop.
func (p *Page[T]) Click(y int) bool {
	i := p.top + y
	if y < 0 || i >= len(p.rows) || p.rows[i].ID == "" {
		return false
	}
	p.cursor = p.first(i)
	return true
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

// View draws the window.
func (p *Page[T]) View() []style.Line {
	out := make([]style.Line, 0, p.h)
	id := p.ID()
	for i := p.top; i < len(p.rows) && len(out) < p.h; i++ {
		out = append(out, p.draw(i, id))
	}
	return out
}

func (p *Page[T]) draw(i int, id string) style.Line {
	r := p.rows[i]
	body := r.Line
	if q := p.search.Query; q != "" {
		ink := style.Match
		if i == p.search.Row() {
			ink = style.Here
		}
		body = style.Highlight(body, q, ink)
	}
	gutter, back := style.Plain.Of(" "), body.Back
	switch {
	case r.ID == "":
	case r.ID == id && p.Blur:
		gutter = style.Edge.Of("▏")
	case r.ID == id:
		gutter, back = style.Link.Of("▌"), style.Cursor
	case r.ID == p.mark:
		back = style.Marked
	}
	spans := make([]style.Span, 0, len(body.Spans)+1)
	return style.Line{Spans: append(append(spans, gutter), body.Spans...), Back: back}
}

// More tells how many rows are above and below the window.
func (p *Page[T]) More() (above, below int) {
	return p.top, max(0, len(p.rows)-p.top-p.h)
}

// Text is all rows as plain text.
func (p *Page[T]) Text() string {
	var b strings.Builder
	for _, r := range p.rows {
		b.WriteString(strings.TrimRight(r.Line.Text(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}
