package trail

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
)

// never is what an empty list does not mean.
var never = []string{
	"No event is no sign of health: AWS need not log a request that is not valid enough.",
	"No event is no sign of health: AWS need not log every refusal.",
	"No event is no sign of health.",
}

// caveat is the longest of never that fits.
func (p *Pane) caveat() string {
	for _, s := range never {
		if len(s)+2 <= p.w {
			return s
		}
	}
	return never[len(never)-1]
}

// above and below are how many rows frame the list.
func (p *Pane) above() int {
	switch {
	case p.h < 10:
		return 1
	case p.h < 18:
		return 4
	}
	return 6
}

func (p *Pane) below() int {
	if p.h < 6 {
		return 0
	}
	return 1
}

// listW is how wide the list is; where there is room, the event under the
// cursor stands beside it.
func (p *Pane) listW() int {
	if p.w < 150 || p.h < 18 {
		return p.w
	}
	return p.w * 60 / 100
}

func (p *Pane) columns() []grid.Column[*event] {
	return []grid.Column[*event]{
		{Title: "  time UTC", Min: 13, Cell: p.when},
		{Title: "outcome", Min: 22, Weight: 1, Max: 30, Cell: func(e *event, _ int) style.Line { return p.short(e) }},
		{Title: "who", Min: 18, Weight: 3, Max: 40, Rank: 1, Cell: func(e *event, _ int) style.Line { return style.Line{}.Show(style.Plain, trail.User(*e)) }},
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

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.raw != nil {
		return p.page.View()
	}
	out := make([]style.Line, 0, p.h)
	out = append(out, p.heading())
	if len(p.book.all) == 0 {
		return p.foot(append(out, p.nothing()...))
	}
	if p.above() >= 4 {
		out = append(out, p.drawn...)
	}
	if p.above() >= 6 {
		out = append(out, p.turn(), style.Line{})
	}
	switch {
	case p.grouped():
		out = append(out, p.groups.View()...)
	case len(p.dig.rows) == 0:
		out = append(out, style.New(style.Quiet.Of("   nothing of that among the events read")))
	default:
		out = p.split(out)
	}
	return p.foot(out)
}

// split puts the event under the cursor beside the list, where there is room.
func (p *Pane) split(out []style.Line) []style.Line {
	list := p.events.View()
	w := p.listW()
	if w == p.w {
		return append(out, list...)
	}
	side := p.side.View()
	for y := range p.h - p.above() - p.below() {
		var l style.Line
		if y < len(list) {
			l = list[y].Cut(w)
		}
		row := append(make([]style.Span, 0, len(l.Spans)+8), l.Spans...)
		row = append(row, style.Plain.Of(style.Blank(w-l.Width())), style.Edge.Of("│"))
		if y < len(side) {
			row = append(row, side[y].Spans...)
		}
		l.Spans, l.Until = row, w
		out = append(out, l)
	}
	return out
}

// foot fills up to the last row, which says what an empty list does not mean.
func (p *Pane) foot(out []style.Line) []style.Line {
	if p.below() == 0 {
		return out[:min(len(out), p.h)]
	}
	out = out[:min(len(out), p.h-1)]
	for len(out) < p.h-1 {
		out = append(out, style.Line{})
	}
	return append(out, style.New(style.Quiet.Of(" "+p.caveat())))
}

// heading says what is looked at, where, and how it went.
func (p *Pane) heading() style.Line {
	l := style.New(style.Plain.Of(" "))
	l = l.Join(p.scope())
	right := style.New(style.Bad.Of("✗ "+pane.Number(p.dig.failed)), style.Quiet.Of(" failed   "), style.Good.Of("✓ "+pane.Number(p.dig.ok)), style.Quiet.Of(" ok "))
	if len(p.book.all) == 0 {
		right = style.Line{}
	}
	room := p.w - l.Width() - right.Width() - 2
	where, n := p.regions()
	if where.Width() > room {
		where = style.Line{}
		if text := fmt.Sprintf(" · %d regions", n); n > 1 && style.Width(text) <= room {
			where = style.New(style.Quiet.Of(text))
		}
	}
	return style.Spread(l.Join(where), right, p.w)
}

// scope says which events these are.
func (p *Pane) scope() style.Line {
	l := style.New(style.Strong.Of("sign-ins"))
	if p.view.failures {
		l = style.New(style.Bad.Of("✗ "), style.Strong.Of("failures only"))
	}
	switch v := p.view; {
	case v.inside:
		l = l.Add(style.Edge, " › ").Add(style.Note, string(v.by)+" ").Show(style.Strong, last(v.only))
	case v.by != "":
		l = l.Add(style.Edge, " › ").Add(style.Note, "by "+string(v.by))
	}
	if p.view.sift != "" {
		l = l.Add(style.Edge, " › ").Add(style.Note, "with ").Show(style.Strong, p.view.sift)
	}
	switch span := p.dig.to.Sub(p.dig.from); {
	case p.view.window > 0:
		l = l.Add(style.Quiet, " · last "+pane.Span(p.view.window))
	case span > 0:
		l = l.Add(style.Quiet, " · "+pane.Span(span))
	}
	return l
}

// regions says where was looked, how far that is, and how many regions they
// are.
func (p *Pane) regions() (style.Line, int) {
	f := p.c.Live.Trail
	names := map[string]bool{}
	for r := range p.dig.regions {
		names[r] = true
	}
	asked := strings.HasPrefix(f.Source, "cloudtrail:")
	if asked || p.running() {
		for _, w := range p.windows {
			if w.EventName == "AssumeRoleWithSAML" {
				names[w.Region] = true
			}
		}
	}
	var l style.Line
	for _, r := range slices.Sorted(maps.Keys(names)) {
		l = l.Add(style.Quiet, " · ").Show(style.Quiet, r)
		switch {
		case p.running():
			l = l.Add(style.Link, " …")
		case f.State == evidence.Partial && strings.Contains(f.Why, r):
			l = l.Add(style.Warn, " ✗")
		case f.State == evidence.Known:
			l = l.Add(style.Good, " ✓")
		case f.State == evidence.Partial:
			l = l.Add(style.Warn, " ?")
		}
	}
	if !asked && f.Source != "" {
		l = l.Add(style.Quiet, " · ").Show(style.Quiet, f.Source)
	}
	return l, len(names)
}

// turn says in a sentence what was changed before it went wrong.
func (p *Pane) turn() style.Line {
	pad := style.New(style.Plain.Of(style.Blank(label)))
	last, to := p.book.cause, p.dig.to
	first := p.book.first
	switch {
	case last != nil && first != nil:
		return pad.Add(style.Warn, "▲ "+pane.Short(last.Time, to)+" ").Show(style.Strong, last.Name).Add(style.Plain, " by ").Show(style.Plain, who(last.Actor)).
			Add(style.Plain, fmt.Sprintf(", %s before the first failure at %s", pane.Span(first.Time.Sub(last.Time)), pane.Short(first.Time, to))).Cut(p.w)
	case last != nil:
		return pad.Add(style.Warn, "▲ "+pane.Short(last.Time, to)+" ").Show(style.Strong, last.Name).Add(style.Plain, " by ").Show(style.Plain, who(last.Actor)).Cut(p.w)
	case first != nil && p.c.Live.Changes.State == evidence.Known:
		return pad.Add(style.Plain, "» failing since "+pane.Short(first.Time, to)).Add(style.Quiet, "; no change seen in AWS before it: it may have been made at the IdP").Cut(p.w)
	case first != nil:
		return pad.Add(style.Plain, "» failing since "+pane.Short(first.Time, to)).Add(style.Quiet, "; whether something was changed before is not known").Cut(p.w)
	}
	return pad.Add(style.Quiet, "no failure after the last success").Cut(p.w)
}

// who is the end of an actor's ARN.
func who(arn string) string {
	if n := last(arn); n != "" {
		return n
	}
	return "someone"
}

func pageOf(w, h int) (p page.Page[part.Ref]) {
	p.Blur = true
	p.Resize(w, h)
	return p
}

// aside lays out the event under the cursor beside the list.
func (p *Pane) aside() {
	w := p.w - p.listW() - 1
	e, ok := p.events.At()
	if w <= 0 || !ok || p.grouped() {
		p.beside = nil
		p.side.Set(nil)
		return
	}
	if e == p.beside {
		return
	}
	p.beside = e
	p.side = pageOf(w, p.h-p.above()-p.below())
	r := part.Rows{W: max(1, p.side.Width()), Indent: 1}
	p.tell(&r, e)
	for i := range r.All {
		r.All[i].ID = ""
	}
	p.side.Set(r.All)
}

// fill lays out the event that is shown in full.
func (p *Pane) fill() {
	if p.raw == nil {
		return
	}
	p.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, p.page.Width()), Indent: 1}
	p.tell(&r, p.raw)
	p.page.Set(r.All)
}

// nothing says why there are no events, and what would bring some.
func (p *Pane) nothing() []style.Line {
	out := []style.Line{{}}
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	f := p.c.Live.Trail
	switch {
	case p.busy, p.running():
		say(style.Quiet, "Waiting for CloudTrail's first page. It answers two requests a second at most.")
		return out
	case f.State == evidence.Known:
		say(style.Plain, "CloudTrail holds no sign-in in the time and regions asked about.")
		say(style.Quiet, "Events come up to fifteen minutes late, and stay in the region whose sign-in address was used.")
		return out
	case f.State == evidence.Denied, f.State == evidence.Failed, f.State == evidence.Absent:
		say(style.Warn, "CloudTrail gave no answer: "+f.Why)
	default:
		say(style.Plain, "CloudTrail has not been asked. Here would stand who signed in and who could not, by the minute; "+
			"what was changed before the first failure; and this sign-in's own event with AWS's reason.")
	}
	say(style.Plain, "")
	say(style.Quiet, "To see it: AWS credentials for the account, or --trail PATH with log files, an export, or what this prints:")
	for _, want := range evidence.Wants() {
		if want.Need == evidence.NeedTrail {
			for _, cmd := range p.commands(want.Ask) {
				say(style.Code, cmd)
			}
		}
	}
	return out
}

// commands is the call for each region that matters.
func (p *Pane) commands(ask string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range p.windows {
		if w.EventName == "AssumeRoleWithSAML" && !seen[w.Region] {
			seen[w.Region] = true
			cmd := ask + " --region " + w.Region
			if !w.From.IsZero() {
				cmd += " --start-time " + w.From.UTC().Format(time.RFC3339) + " --end-time " + w.To.UTC().Format(time.RFC3339)
			}
			out = append(out, cmd)
		}
	}
	if len(out) == 0 {
		out = append(out, ask)
	}
	return out
}
