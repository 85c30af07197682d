package users

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/style"
)

// reasons are the cells that most reasons take, with what stands before the
// name: names get the others, since they have to be read to the end.
const reasons = 31

// draw draws one user in w cells.
func (p *Pane) draw(r roster.Row, i, w int) style.Line {
	var l style.Line
	switch {
	case i == p.rows.cursor && p.on:
		l = style.New(style.Link.Of("▌")).On(style.Cursor)
	case i == p.rows.cursor:
		l = style.New(style.Edge.Of("▏"))
	default:
		l = style.New(style.Plain.Of(" "))
	}
	if p.mark != "" && r.User.Username == p.mark && l.Back == style.Paper {
		l.Back = style.Marked
	}
	switch {
	case r.Kind == roster.Exact && r.User.Username == p.rows.query:
		l = l.Add(style.Good, "✓ ")
	case r.Kind > roster.Exact && r.Kind <= roster.Typo:
		l = l.Add(style.Note, "≈ ")
	default:
		l = l.Add(style.Plain, "  ")
	}
	nameW := max(16, min(44, w-reasons))
	name := named(p.rows.query, r.User.Username, r.Kind).Cut(nameW)
	l = l.Join(name).To(3 + nameW + 2)
	why := reason(p.rows.query, r)
	rest := w - l.Width()
	if extra := p.extra(r.User); extra != "" && rest > 40 {
		whyW := rest - min(rest*45/100, 30)
		to := l.Width() + whyW
		return l.Join(why.Cut(whyW-2)).To(to).Show(style.Quiet, extra).Cut(w)
	} else if len(why.Spans) == 0 && extra != "" {
		return l.Show(style.Quiet, extra).Cut(w)
	}
	return l.Join(why).Cut(w)
}

// reason says why a user is among those found, and by what it differs.
func reason(query string, r roster.Row) style.Line {
	switch r.Kind {
	case roster.Exact:
		return style.New(style.Good.Of("exact"))
	case roster.Fuzzy:
		return style.New(style.Quiet.Of("fuzzy"))
	case roster.Prefix, roster.Substring, roster.Any:
		return style.Line{}
	case roster.Email:
		return style.New(style.Note.Of(label(r.Kind)))
	case roster.LocalPart, roster.Domain, roster.Invisible:
		return style.New(style.Note.Of(label(r.Kind)), style.Quiet.Of(tidy(r.Why)))
	}
	l := style.New(style.Note.Of(label(r.Kind)))
	name := r.User.Username
	if r.Kind == roster.Typo {
		query, name = string(lower([]rune(query))), string(lower([]rune(name)))
	}
	if c := changes(query, name); c != "" {
		return l.Add(style.Plain, "  ").Show(style.Strong, c)
	}
	return l.Add(style.Quiet, tidy(r.Why))
}

// extra is what else the list tells of a user that helps to tell it from
// others.
func (p *Pane) extra(u evidence.User) string {
	switch {
	case p.roll.several() && u.Instance != "":
		return p.called(u.Instance)
	case u.RoutingProfile != "":
		return u.RoutingProfile
	case u.Email != "" && u.Email != u.Username:
		return u.Email
	case !u.LastModified.IsZero():
		return "changed " + u.LastModified.UTC().Format("2006-01-02")
	}
	return ""
}

// label says in words how a user was found.
func label(k roster.Kind) string {
	if k == roster.Typo {
		return "near"
	}
	return k.String()
}

// tidy puts a clause behind a label.
func tidy(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// line is a row as text.
func line(r roster.Row) string {
	s := style.Clean(r.User.Username)
	if r.User.ID != "" {
		s += "\t" + r.User.ID
	}
	if r.Kind <= roster.Typo {
		s += "\t" + label(r.Kind) + tidy(r.Why)
	}
	return s
}
