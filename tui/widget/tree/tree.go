// Package tree shows a document that folds.
//
// The document is a flat list of nodes, each with its depth and the end of
// what lies below it; what is on screen is a list of indices into it. A frame
// therefore costs the same for ten nodes and for ten million.
package tree

import (
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// A Source is a document as a flat list, parents before their children.
type Source interface {
	Len() int
	// Depth is how many parents a node has.
	Depth(i int) int
	// End is the index behind the last node below i; i+1 for a leaf.
	End(i int) int
	// Line draws a node in w cells, its indentation left out.
	Line(i int, folded bool, w int) style.Line
	// Text is what the search looks at.
	Text(i int) string
}

// A Tree is a window on a source. The zero Tree has none.
type Tree struct {
	src    Source
	folded []bool
	rows   []int // nodes that are not inside a folded one
	w, h   int
	top    int
	cursor int // index into rows
	mark   int // node; -1 for none
	search seek.Search
	Blur   bool
}

// Set replaces the document. Of one with as many nodes, it is taken that only
// the drawing differs: folds and cursor stay.
func (t *Tree) Set(src Source) {
	n := src.Len()
	same := t.src != nil && len(t.folded) == n
	t.src, t.mark = src, -1
	if !same {
		t.folded, t.cursor, t.top, t.search = make([]bool, n), 0, 0, seek.Search{}
	}
	t.layout(t.Node())
}

// Resize sets the cells of View.
func (t *Tree) Resize(w, h int) { t.w, t.h = w, h; t.follow() }

// Node is the node under the cursor; -1 in an empty tree.
func (t *Tree) Node() int {
	if t.cursor < len(t.rows) {
		return t.rows[t.cursor]
	}
	return -1
}

// Parent is the parent of node i; -1 for a root.
func (t *Tree) Parent(i int) int {
	if i < 0 {
		return -1
	}
	d := t.src.Depth(i)
	for j := i - 1; j >= 0; j-- {
		if t.src.Depth(j) < d {
			return j
		}
	}
	return -1
}

// leaf reports whether there is nothing below node i.
func (t *Tree) leaf(i int) bool { return t.src.End(i) <= i+1 }

// layout lists the nodes on view, and puts the cursor on node, or on the
// folded node that holds it.
func (t *Tree) layout(node int) {
	t.rows = t.rows[:0]
	t.cursor = 0
	for i := 0; i < len(t.folded); {
		if i <= node {
			t.cursor = len(t.rows)
		}
		t.rows = append(t.rows, i)
		if t.folded[i] {
			i = max(i+1, t.src.End(i))
		} else {
			i++
		}
	}
	t.follow()
}

func (t *Tree) follow() {
	if t.h <= 0 {
		return
	}
	t.top = max(0, min(t.top, len(t.rows)-t.h))
	if t.cursor >= t.top+t.h {
		t.top = t.cursor - t.h + 1
	}
	if t.cursor < t.top {
		t.top = t.cursor
	}
}

// Show puts the cursor on node i and unfolds what it lies in.
func (t *Tree) Show(i int) {
	if i < 0 || i >= len(t.folded) {
		return
	}
	for p := t.Parent(i); p >= 0; p = t.Parent(p) {
		t.folded[p] = false
	}
	t.layout(i)
	if t.h > 4 { // with something around it
		t.top = max(0, min(max(t.cursor-t.h+3, min(t.top, t.cursor-2)), len(t.rows)-t.h))
	}
	t.follow()
}

// Mark marks node i; -1 for none.
func (t *Tree) Mark(i int) { t.mark = i }

// Do carries out a movement or a fold; it reports whether a was one.
func (t *Tree) Do(a keys.Action) bool {
	n := len(t.rows)
	if n == 0 {
		return false
	}
	at := t.rows[t.cursor]
	switch a {
	case keys.Down:
		t.move(t.cursor + 1)
	case keys.Up:
		t.move(t.cursor - 1)
	case keys.PageDown:
		t.move(t.cursor + max(1, t.h/2))
	case keys.PageUp:
		t.move(t.cursor - max(1, t.h/2))
	case keys.Top:
		t.move(0)
	case keys.Bottom:
		t.move(n - 1)
	case keys.Right:
		if t.folded[at] {
			t.folded[at] = false
			t.layout(at)
		} else if !t.leaf(at) {
			t.move(t.cursor + 1)
		}
	case keys.Left:
		if !t.leaf(at) && !t.folded[at] {
			t.folded[at] = true
			t.layout(at)
		} else if p := t.Parent(at); p >= 0 {
			t.layout(p)
		}
	case keys.OpenDeep, keys.FoldDeep:
		t.below(at, a == keys.FoldDeep)
	case keys.UnfoldAll:
		t.Depth(1 << 30)
	case keys.FoldAll:
		t.Depth(1)
	default:
		return false
	}
	return true
}

func (t *Tree) move(to int) {
	t.cursor = max(0, min(to, len(t.rows)-1))
	t.follow()
}

// below folds or unfolds a node and everything in it.
func (t *Tree) below(at int, fold bool) {
	for i := at; i < t.src.End(at) && i < len(t.folded); i++ {
		t.folded[i] = fold && !t.leaf(i)
	}
	t.layout(at)
}

// Depth unfolds what has fewer than d parents and folds the rest: at 1, what
// lies directly in the root is seen.
func (t *Tree) Depth(d int) {
	at := t.Node()
	for i := range t.folded {
		t.folded[i] = t.src.Depth(i) >= d && !t.leaf(i)
	}
	t.layout(at)
}

// Fold folds node i.
func (t *Tree) Fold(i int) {
	if i >= 0 && i < len(t.folded) && !t.leaf(i) {
		t.folded[i] = true
		t.layout(t.Node())
	}
}

// Toggle folds the node under the cursor, or unfolds it.
func (t *Tree) Toggle() {
	if at := t.Node(); at >= 0 && !t.leaf(at) {
		t.folded[at] = !t.folded[at]
		t.layout(at)
	}
}

// Click puts the cursor on row y of the window; a click on the row it is on
// already folds or unfolds.
func (t *Tree) Click(y int) {
	switch i := t.top + y; {
	case y < 0 || i >= len(t.rows):
	case i == t.cursor:
		t.Toggle()
	default:
		t.move(i)
	}
}

// Find searches all nodes, folded away or not.
func (t *Tree) Find(query string) seek.Hits {
	if t.src == nil {
		return seek.Hits{}
	}
	i, hits := t.search.Over(query, t.src.Len(), func(i int) bool { return style.Has(t.src.Text(i), query) }, max(0, t.Node()))
	t.Show(i)
	return hits
}

// Step goes to another match.
func (t *Tree) Step(by int) seek.Hits {
	i, hits := t.search.Step(by, max(0, t.Node()))
	t.Show(i)
	return hits
}

// More tells how many nodes that are not folded away are above and below the
// window.
func (t *Tree) More() (above, below int) {
	return t.top, max(0, len(t.rows)-t.top-t.h)
}

// View draws the window.
func (t *Tree) View() []style.Line {
	out := make([]style.Line, 0, max(0, t.h))
	for r := t.top; r < len(t.rows) && len(out) < t.h; r++ {
		i := t.rows[r]
		ind := min(2*t.src.Depth(i), max(0, t.w/2)) // deep documents lean, but never leave the screen
		var l style.Line
		switch {
		case r == t.cursor && !t.Blur:
			l = style.New(style.Link.Of("▌")).On(style.Cursor)
		case r == t.cursor:
			l = style.New(style.Edge.Of("▏"))
		default:
			l = style.New(style.Plain.Of(" "))
		}
		if i == t.mark && l.Back == style.Paper {
			l.Back = style.Marked
		}
		sign := "  "
		if !t.leaf(i) {
			if sign = "▾ "; t.folded[i] {
				sign = "▸ "
			}
		}
		l = l.Add(style.Plain, style.Blank(ind)).Add(style.Quiet, sign)
		body := t.src.Line(i, t.folded[i], max(1, t.w-ind-3))
		if q := t.search.Query; q != "" {
			ink := style.Match
			if i == t.search.Row() {
				ink = style.Here
			}
			body = style.Highlight(body, q, ink)
		}
		out = append(out, l.Join(body))
	}
	return out
}
