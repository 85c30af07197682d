package trail

import (
	"strings"

	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
)

func (p *Pane) columns() []grid.Column[*event] {
	return []grid.Column[*event]{
		{Title: "  time UTC", Min: 13, Cell: p.when},
		{Title: "outcome", Min: 22, Weight: 1, Max: 30, Cell: func(e *event, _ int) style.Line { return p.short(e) }},
		{Title: "who", Min: 18, Weight: 8, Max: 40, Rank: 1, Cell: func(e *event, _ int) style.Line { return style.Line{}.Show(style.Plain, trail.User(*e)) }},
		{Title: "said", Min: 26, Weight: 3, Rank: 2, Cell: func(e *event, _ int) style.Line { return p.message(e) }},
		{Title: "from", Min: 14, Rank: 3, Cell: func(e *event, _ int) style.Line { return style.Line{}.Show(style.Quiet, e.SourceIP) }},
		{Title: "role", Min: 26, Weight: 1, Max: 34, Rank: 4, Cell: func(e *event, _ int) style.Line { return style.Line{}.Show(style.Quiet, last(e.RoleARN)) }},
		{Title: "region", Min: 16, Rank: 5, Cell: func(e *event, _ int) style.Line { return style.Line{}.Show(style.Quiet, e.Region) }},
	}
}

func (p *Pane) when(e *event, _ int) style.Line {
	sign := style.Plain.Of("  ")
	switch {
	case p.isOwn(e):
		sign = style.Note.Of("● ")
	case e == p.book.likely:
		sign = style.Note.Of("≈ ")
	case e == p.book.first:
		sign = style.Bad.Of("» ")
	}
	return style.New(sign, style.Quiet.Of(pane.Short(e.Time, p.dig.to)))
}

// short is an event's outcome in a few words.
func (p *Pane) short(e *event) style.Line {
	_, change := p.book.changes[e]
	switch {
	case change:
		return style.New(style.Warn.Of("▲ ")).Show(style.Strong, e.Name)
	case !trail.SignIn(*e):
		return style.New(style.Quiet.Of("· ")).Show(style.Plain, e.Name)
	case e.Failed && e.ErrorCode == "":
		return style.New(style.Bad.Of("✗ failed")).Add(style.Quiet, " "+e.Name)
	case e.Failed:
		return style.New(style.Bad.Of("✗ ")).Show(style.Plain, e.ErrorCode)
	case e.Name != "AssumeRoleWithSAML":
		return style.New(style.Good.Of("✓ ")).Show(style.Quiet, e.Name)
	}
	return style.New(style.Good.Of("✓ "), style.Quiet.Of("ok"))
}

// outcome is short and what was said.
func (p *Pane) outcome(e *event) style.Line {
	l := p.short(e).Add(style.Plain, "  ")
	if e.ErrorMessage != "" {
		return l.Show(style.Strong, e.ErrorMessage)
	}
	return l.Show(style.Quiet, e.Name)
}

// message is what AWS said, or what was changed.
func (p *Pane) message(e *event) style.Line {
	var l style.Line
	switch {
	case p.isOwn(e):
		l = l.Add(style.Note, "this sign-in  ")
	case e == p.book.likely:
		l = l.Add(style.Note, "likely this sign-in  ")
	case e == p.book.first:
		l = l.Add(style.Bad, "first failure  ")
	}
	if c, ok := p.book.changes[e]; ok {
		return l.Add(style.Plain, c.What+" ").Show(style.Strong, last(c.Target))
	}
	return l.Show(style.Quiet, e.ErrorMessage)
}

func (p *Pane) counts() []grid.Column[trail.Count] {
	num := func(n int, ink style.Ink) style.Line { return style.New(ink.Of(pane.Number(n))) }
	return []grid.Column[trail.Count]{
		{Title: "✗ failed", Min: 8, Right: true, Cell: func(c trail.Count, _ int) style.Line {
			if c.Failed == 0 {
				return num(0, style.Quiet)
			}
			return num(c.Failed, style.Bad)
		}},
		{Title: "✓ ok", Min: 7, Right: true, Rank: 1, Cell: func(c trail.Count, _ int) style.Line {
			if p.view.by == trail.ByError {
				return style.New(style.Quiet.Of("–"))
			}
			return num(c.All-c.Failed, style.Good)
		}},
		{Title: "users", Min: 6, Right: true, Rank: 2, Cell: func(c trail.Count, _ int) style.Line { return num(c.Users, style.Plain) }},
		{Title: "last", Min: 11, Rank: 3, Cell: func(c trail.Count, _ int) style.Line {
			return style.New(style.Quiet.Of(pane.Short(c.Last, p.dig.to)))
		}},
		{Title: "what", Min: 20, Weight: 1, Cell: func(c trail.Count, w int) style.Line {
			if c.Key == "" {
				return style.New(style.Quiet.Of("not told by the event"))
			}
			if p.view.by == trail.ByError {
				return style.Line{}.Show(style.Plain, c.Key)
			}
			return style.New(style.Plain.Of(style.CutMiddle(style.Clean(c.Key), w)))
		}},
	}
}

// last is the end of an ARN: the name of what it is.
func last(arn string) string {
	if i := strings.LastIndexByte(arn, '/'); i >= 0 {
		return arn[i+1:]
	}
	return arn
}

// said is what the search looks at.
func said(e *event) string {
	return strings.Join([]string{e.ErrorCode, e.ErrorMessage, trail.User(*e), e.Name, last(e.RoleARN), e.SourceIP, e.Region}, " ")
}
