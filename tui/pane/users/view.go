package users

import (
	"fmt"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// chrome is how many rows stand above the users.
func (p *Pane) chrome() int {
	if p.h < 12 {
		return 3
	}
	return 5
}

// promptRow is the row of the prompt.
func (p *Pane) promptRow() int {
	if p.h < 12 {
		return 2
	}
	return 3
}

// sideW is how wide the user beside the list is; 0 where there is no room.
func (p *Pane) sideW() int {
	if p.w < 108 || p.h < 12 {
		return 0
	}
	return max(51, p.w*42/100) // room for an ID on one line
}

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.about != nil {
		return p.about.page.View()
	}
	out := make([]style.Line, 0, p.h)
	out = append(out, p.heading(), p.verdict())
	if p.chrome() == 5 {
		out = append(out, style.Line{}, p.prompt(), style.New(style.Edge.Of(strings.Repeat("─", p.w))))
	} else {
		out = append(out, p.prompt())
	}
	if len(out) >= p.h {
		return out[:p.h]
	}
	x := p.roll.index
	if p.rows.len(x) == 0 {
		out = append(out, p.nothing()...)
	}
	side := p.side.View()
	w := p.w
	if len(side) > 0 {
		w = p.w - p.sideW() - 1
	}
	for i := p.rows.top; i < p.rows.len(x) && len(out) < p.h; i++ {
		out = append(out, p.draw(p.rows.row(x, i), i, w))
	}
	out = out[:min(len(out), p.h)]
	if len(side) == 0 {
		return out
	}
	for y := p.chrome(); y < p.h; y++ {
		if y >= len(out) {
			out = append(out, style.Line{})
		}
		l := out[y].Cut(w)
		l = l.Add(style.Plain, style.Blank(w-l.Width())).Add(style.Edge, "│")
		if i := y - p.chrome(); i < len(side) {
			l = l.Join(side[i])
		}
		l.Until = w
		out[y] = l
	}
	return out
}

func (p *Pane) heading() style.Line {
	l := style.New(style.Quiet.Of(" role session name  "))
	if p.name == "" {
		l = l.Add(style.Quiet, "none")
	} else {
		l = l.Show(style.Strong, p.name)
	}
	return style.Spread(l, p.extent().Add(style.Plain, " "), p.w)
}

func (p *Pane) verdict() style.Line {
	line := p.answer.line
	if line.Width()+4 > p.w {
		line = p.answer.brief
	}
	return style.New(style.Plain.Of(" "), p.answer.sign, style.Plain.Of(" ")).Join(line).Cut(p.w)
}

func (p *Pane) prompt() style.Line {
	right := p.hits()
	l := style.New(style.Plain.Of(" "))
	switch {
	case p.mode == live && !p.picked:
		l = l.Join(p.look.Line(max(8, p.w-right.Width()-4), ""))
	case p.mode == listed:
		l = l.Add(style.Quiet, p.look.Label).Show(style.Plain, p.look.Text())
	default: // what is typed next replaces it
		l = l.Add(style.Key, p.look.Label).Add(style.Link, "▌").Show(style.Match, p.look.Text())
	}
	if p.on && p.mode == armed {
		l = l.Add(style.Quiet, "  type a name")
	}
	return style.Spread(l, right, p.w)
}

// hits says how many users hold what was typed.
func (p *Pane) hits() style.Line {
	r := &p.rows
	if r.query == "" || p.roll.index.Len() == 0 || r.counter == nil {
		return style.New(style.Plain.Of(" "))
	}
	text := pane.Number(r.counter.Count())
	if !r.counted {
		text += "+"
	}
	verb := " contain it "
	if r.counter.Count() == 1 && r.counted {
		verb = " contains it "
	}
	if near := p.alike(); near > 0 {
		return style.New(style.Quiet.Of(text+verb+"· "), style.Note.Of(fmt.Sprintf("%d near ", near)))
	}
	return style.New(style.Quiet.Of(text + verb))
}

// alike is how many of the users on top are like the name that was typed
// without being it.
func (p *Pane) alike() int {
	n := 0
	for _, f := range p.rows.found[:min(len(p.rows.found), 64)] {
		if f.Kind > roster.Exact && f.Kind <= roster.Typo {
			n++
		}
	}
	return n
}

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
	nameW := max(16, min(44, w*46/100))
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

// nothing says why there is no user to show, and what would bring some.
func (p *Pane) nothing() []style.Line {
	var out []style.Line
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	f := p.c.Live.Users
	out = append(out, style.Line{})
	switch {
	case p.roll.index.Len() > 0:
		say(style.Plain, "No user has anything of that in the name.")
		if f.State == evidence.Partial {
			say(style.Quiet, "The list is not whole: "+f.Why)
		}
		return out
	case p.roll.busy:
		say(style.Quiet, "laying the list out for the search …")
		return out
	case p.running():
		say(style.Quiet, "Waiting for Connect's users. They are searched as they come, a page at a time.")
		return out
	case f.State == evidence.Known:
		say(style.Plain, "The instance has no users.")
		return out
	case f.State == evidence.Denied, f.State == evidence.Failed, f.State == evidence.Absent:
		say(style.Warn, "Connect's users could not be read: "+f.Why)
	default:
		say(style.Plain, "Connect's users have not been read. Here they would stand, searchable as one types, those first for whom "+
			"the role session name may have been meant: other case, a look-alike letter, the part before the @.")
	}
	say(style.Plain, "")
	if l := awsx.Find(evidence.NeedUsers); l != nil && f.State == evidence.Denied {
		var take []string
		for _, t := range l.Takes {
			take = append(take, t.Action)
		}
		say(style.Quiet, "It takes "+strings.Join(take, ", ")+". Without it, a colleague can make the file:")
	} else {
		say(style.Quiet, "To see them: AWS credentials for the account, or --users FILE with what this prints:")
	}
	id := "INSTANCE"
	if s := awsx.SubjectOf(p.c); s.Instance != "" {
		id = s.Instance
	}
	for _, want := range evidence.Wants() {
		if want.Need == evidence.NeedUsers {
			say(style.Code, strings.ReplaceAll(want.Ask, "{instance}", id))
		}
	}
	return out
}
