package page

import "example.com/samlens/tui/keys"

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
