package users

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/keys"
)

const (
	// first is how many rows a search brings at first, furthest how many at
	// most: whoever goes further down had better type more.
	first    = 250
	furthest = 8_000
	// slice is how many users are counted between two frames.
	slice = 100_000
)

// rows are what the search found, and where in it the cursor is. Without a
// query they are the whole list, which is never copied.
type rows struct {
	query   string
	found   []roster.Row
	limit   int
	cursor  int
	top     int
	wish    int // the row to come to once it is found; 0 for none
	h       int // rows on screen
	gen     int
	counter *roster.Counter
	counted bool
}

// tally asks for the next slice of a count; of an older query it is dropped.
type tally struct{ gen int }

// reach is how many rows to search for.
func (r *rows) reach(query string) int {
	if query != r.query {
		return max(first, r.h)
	}
	return max(first, r.h, r.limit)
}

// put takes what was found for query: with the cursor on the first row where
// that is another one, else on the same user.
func (r *rows) put(x *roster.Index, query string, found []roster.Row, limit int) tea.Cmd {
	at, had := r.at(x)
	if query != r.query {
		r.cursor, r.top, r.wish, had = 0, 0, 0, false
		r.counter = nil
	}
	r.query, r.found, r.limit = query, found, limit
	switch {
	case r.wish > 0:
		r.cursor, r.wish = r.wish, 0
	case had:
		r.stay(x, at)
	}
	r.follow(x)
	return r.recount(x)
}

// recount begins to count, or goes on with it where users were added.
func (r *rows) recount(x *roster.Index) tea.Cmd {
	r.gen++
	r.counted = false
	if r.query == "" {
		return nil
	}
	if r.counter == nil || r.counter.Seen() > x.Len() {
		r.counter = x.Counter(r.query)
	}
	return r.count(tally{r.gen})
}

// count looks at one slice more.
func (r *rows) count(t tally) tea.Cmd {
	if t.gen != r.gen || r.counter == nil {
		return nil
	}
	if r.counted = r.counter.Step(slice); r.counted {
		return nil
	}
	return func() tea.Msg { return t }
}

// reset forgets what was found in an index that another one replaced.
func (r *rows) reset() { r.counter = nil }

// stay puts the cursor back on a user.
func (r *rows) stay(x *roster.Index, at roster.Row) {
	if r.cursor == 0 { // at the best match, whichever that is by now
		return
	}
	if r.query == "" {
		r.cursor = min(at.N, max(0, x.Len()-1))
		return
	}
	for i, f := range r.found {
		if f.N == at.N && f.User.Username == at.User.Username {
			r.cursor = i
			return
		}
	}
	r.cursor = min(r.cursor, max(0, len(r.found)-1))
}

func (r *rows) len(x *roster.Index) int {
	if r.query == "" {
		return x.Len()
	}
	return len(r.found)
}

// row returns row i.
func (r *rows) row(x *roster.Index, i int) roster.Row {
	if r.query == "" {
		return roster.Row{N: i, User: x.User(i), Kind: roster.Any}
	}
	return r.found[i]
}

// at returns the row under the cursor.
func (r *rows) at(x *roster.Index) (roster.Row, bool) {
	if r.cursor < 0 || r.cursor >= r.len(x) {
		return roster.Row{}, false
	}
	return r.row(x, r.cursor), true
}

// do carries out a movement; it reports whether a was one, and whether more
// rows have to be searched for.
func (r *rows) do(x *roster.Index, a keys.Action) (moved, more bool) {
	to := r.cursor
	switch a {
	case keys.Down:
		to++
	case keys.Up:
		to--
	case keys.PageDown:
		to += max(1, r.h/2)
	case keys.PageUp:
		to -= max(1, r.h/2)
	case keys.Top:
		to = 0
	case keys.Bottom:
		to = furthest
		if r.query == "" {
			to = x.Len() - 1
		}
	default:
		return false, false
	}
	if r.query != "" && to >= len(r.found)-1 && len(r.found) == r.limit && r.limit < furthest {
		r.limit, r.wish, more = min(furthest, max(2*r.limit, to+first)), to, true
	}
	r.cursor = to
	r.follow(x)
	return true, more
}

// follow keeps the cursor among the rows, and the window around it.
func (r *rows) follow(x *roster.Index) {
	n := r.len(x)
	r.cursor = max(0, min(r.cursor, n-1))
	if r.h <= 0 {
		return
	}
	r.top = max(0, min(r.top, n-r.h))
	if r.cursor >= r.top+r.h {
		r.top = r.cursor - r.h + 1
	}
	if r.cursor < r.top {
		r.top = r.cursor
	}
}
