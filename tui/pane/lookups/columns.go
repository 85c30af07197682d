package lookups

import (
	"fmt"
	"strings"
	"time"

	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
)

// words are the states as they are shown: a sign, an ink and a word.
var words = map[state]struct {
	sign string
	ink  style.Ink
	word string
}{
	unasked: {"·", style.Quiet, "not asked"},
	waiting: {"…", style.Quiet, "waiting"},
	running: {"▸", style.Link, "asking"},
	partial: {"≈", style.Warn, "not all"},
	known:   {"✓", style.Good, "known"},
	absent:  {"○", style.Note, "not there"},
	denied:  {"✗", style.Bad, "not allowed"},
	failed:  {"!", style.Warn, "failed"},
	skipped: {"·", style.Quiet, "not needed"},
}

func (p *Pane) columns() []grid.Column[row] {
	return []grid.Column[row]{
		{Title: "", Min: 13, Cell: func(r row, _ int) style.Line {
			w := words[r.state]
			return style.New(w.ink.Of(w.sign+" "), w.ink.Of(w.word))
		}},
		{Title: "what", Min: 32, Weight: 2, Max: 50, Cell: func(r row, _ int) style.Line { return style.New(style.Plain.Of(r.want.Name)) }},
		{Title: "rows", Min: 7, Right: true, Rank: 3, Cell: func(r row, _ int) style.Line {
			if n := r.call.Progress.Rows; n > 0 {
				return style.New(style.Plain.Of(pane.Number(n)))
			}
			return style.Line{}
		}},
		{Title: "took", Min: 6, Right: true, Rank: 4, Cell: func(r row, _ int) style.Line {
			if r.call.Took > 0 && r.state != skipped {
				return style.New(style.Quiet.Of(pane.Span(r.call.Took)))
			}
			return style.Line{}
		}},
		{Title: "by", Min: 24, Weight: 2, Max: 42, Rank: 5, Cell: func(r row, _ int) style.Line { return style.Line{}.Show(style.Quiet, r.by()) }},
		{Title: "", Min: 18, Weight: 3, Rank: 1, Cell: func(r row, _ int) style.Line {
			if l := r.more(); len(l.Spans) > 0 || p.grid.Shows("by") {
				return l
			}
			return style.Line{}.Show(style.Quiet, r.by())
		}},
	}
}

// by is what answered, or would: a call or a file.
func (r row) by() string {
	switch {
	case r.fact.source != "":
		return r.fact.source
	case r.lookup != nil:
		return r.lookup.Name
	}
	return r.want.Flag
}

// more is how far a running lookup is, or why there is no answer.
func (r row) more() style.Line {
	if r.state != running {
		return style.Line{}.Show(style.Quiet, r.why())
	}
	var l style.Line
	q := r.call.Progress
	if q.Total > 0 {
		const cells = 12
		n := min(cells, q.Rows*cells/max(1, q.Total))
		l = l.Add(style.Link, strings.Repeat("█", n)).Add(style.Edge, strings.Repeat("░", cells-n)).Add(style.Quiet, " of "+pane.Number(q.Total))
	} else if q.Pages > 0 {
		l = l.Add(style.Quiet, fmt.Sprintf("page %d", q.Pages))
	}
	if q.Left >= time.Second {
		if len(l.Spans) > 0 {
			l = l.Add(style.Quiet, ", ")
		}
		l = l.Add(style.Quiet, pane.Span(q.Left)+" left")
	}
	return l
}
