package page

import (
	"strings"

	"example.com/samlens/tui/style"
)

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
