// Package part draws what several panes show: exhibits with what differs in
// them, fixes with their commands, and paragraphs, as rows of a page.
package part

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
)

// A Ref is what a row stands for.
type Ref struct {
	// Text is what copying the row copies, and What it is.
	Text, What string
	// Spot is where Enter leads; unknown for nowhere.
	Spot evidence.Spot
	// Finding is the index of the finding that the row belongs to, from 1; 0
	// for none.
	Finding int
}

// A Row is a row of a page of parts.
type Row = page.Row[Ref]

// Rows gathers rows of one width.
type Rows struct {
	// W is the cells of a row; Indent is where text begins.
	W, Indent int
	// Brief keeps every value on one line; what is cut stands elsewhere in
	// full.
	Brief bool
	All   []Row
}

// Put adds a line on which the cursor does not stop.
func (r *Rows) Put(l style.Line) { r.All = append(r.All, Row{Line: l}) }

// Gap adds an empty line, unless there is one already.
func (r *Rows) Gap() {
	if n := len(r.All); n > 0 && len(r.All[n-1].Line.Spans) > 0 {
		r.Put(style.Line{})
	}
}

// Stop adds a line, wrapped, that the cursor can stand on.
func (r *Rows) Stop(id string, l style.Line, hang int, ref Ref) {
	for _, w := range style.Wrap(l, r.W, hang) {
		r.All = append(r.All, Row{Line: w, ID: id, Ref: ref})
	}
}

// Text adds a paragraph from the indent on, wrapped.
func (r *Rows) Text(ink style.Ink, text string) {
	for para := range strings.SplitSeq(text, "\n") {
		l := style.New(style.Plain.Of(style.Blank(r.Indent)), ink.Of(para))
		for _, w := range style.Wrap(l, min(r.W, 100+r.Indent), r.Indent) {
			r.Put(w)
		}
	}
}

// Head adds a section's name.
func (r *Rows) Head(title string) {
	r.Gap()
	r.Put(style.New(style.Plain.Of(" "), style.Head.Of(title)))
}

// Labelled returns a line that begins with a section's name in the margin,
// where there is one.
func (r *Rows) Labelled(label string) style.Line {
	if r.Indent < 4 {
		return style.New(style.Plain.Of(style.Blank(r.Indent)))
	}
	l := style.New(style.Plain.Of(" "), style.Head.Of(label))
	return l.Add(style.Plain, style.Blank(r.Indent-l.Width()))
}
