package part

import (
	"strings"

	"example.com/samlens/tui/style"
)

// few is the fewest rows below a list that are worth a detail.
const few = 6

// An Under is what is known of the row under a list's cursor, below the list:
// where a list is short the screen tells more without a key. It is laid out
// once for a row and a width, whatever is redrawn.
type Under struct {
	// Rest says how what does not fit is seen; "" for not at all.
	Rest  string
	key   string
	w     int
	lines []style.Line
}

// Room is how many rows are left below a list of n rows and its titles, in h
// rows, the rule between them counted; 0 where they are too few.
func Room(h, n int) int {
	if left := h - n - 1; left >= few {
		return left
	}
	return 0
}

// Stale makes the detail be laid out anew.
func (u *Under) Stale() { u.key = "" }

// View draws h rows of w cells: a rule, and what tell lays out for the row
// that key names.
func (u *Under) View(key string, w, h int, tell func(*Rows)) []style.Line {
	if h <= 0 {
		return nil
	}
	if key == "" || key != u.key || w != u.w {
		r := &Rows{W: max(1, w-2), Indent: 1}
		tell(r)
		u.key, u.w, u.lines = key, w, make([]style.Line, len(r.All))
		for i, row := range r.All {
			u.lines[i] = style.New(style.Plain.Of(" ")).Join(row.Line)
		}
	}
	out := make([]style.Line, 0, h)
	out = append(out, style.New(style.Edge.Of(strings.Repeat("─", max(0, w)))))
	out = append(out, u.lines[:min(len(u.lines), h-1)]...)
	if len(u.lines) > h-1 {
		out[h-1] = style.New(style.Quiet.Of("  … " + u.Rest))
	}
	return out
}
