package lookups

import (
	"fmt"
	"strings"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/listing"
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

// above is how many rows stand over the list.
func (p *Pane) above() int {
	if p.h < 12 {
		return 1
	}
	return 3
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
		{Title: "", Min: 18, Weight: 3, Rank: 1, Cell: func(r row, _ int) style.Line { return r.more() }},
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

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.open != list {
		return p.page.View()
	}
	out := []style.Line{p.heading()}
	if p.above() == 3 {
		out = append(out, p.advice(), style.Line{})
	}
	out = append(out, p.grid.View()...)
	return out[:min(len(out), p.h)]
}

// heading counts, and says whose eyes AWS is seen through.
func (p *Pane) heading() style.Line {
	n := map[state]int{}
	for _, r := range p.rows {
		n[r.state]++
	}
	l := style.New(style.Plain.Of(" "))
	for _, s := range []state{running, waiting, known, absent, partial, denied, failed, skipped, unasked} {
		if n[s] == 0 {
			continue
		}
		if len(l.Spans) > 1 {
			l = l.Add(style.Edge, " · ")
		}
		ink := words[s].ink
		if s == known {
			ink = style.Plain
		}
		l = l.Add(ink, fmt.Sprintf("%d %s", n[s], words[s].word))
	}
	var right style.Line
	if id, ok := p.c.Live.Identity.Get(); ok && id.ARN != "" {
		right = style.New(style.Quiet.Of("as ")).Show(style.Plain, last(id.ARN)).Add(style.Quiet, " in ").Show(style.Plain, id.Account).Add(style.Plain, " ")
	}
	if l.Width()+right.Width()+2 > p.w {
		right = style.Line{}
	}
	return style.Spread(l, right, p.w)
}

func last(arn string) string {
	if _, rest, ok := strings.Cut(arn, "/"); ok {
		return rest
	}
	return arn
}

// advice is what would open most.
func (p *Pane) advice() style.Line {
	l := style.New(style.Plain.Of(" "))
	denials := 0
	for _, r := range p.rows {
		if r.state == denied {
			denials++
		}
	}
	switch {
	case denials > 0:
		return l.Add(style.Key, "p").Add(style.Quiet, " shows the least policy that would open all of this: it only reads").Cut(p.w)
	case p.c.Live.Identity.State == evidence.Unasked && len(p.calls) == 0:
		return l.Add(style.Quiet, "AWS was not asked. Each of these can be given as a file as well; ").Add(style.Key, "enter").Add(style.Quiet, " says how").Cut(p.w)
	}
	return l.Add(style.Quiet, "every call only reads; ").Add(style.Key, "p").Add(style.Quiet, " shows the least policy they take").Cut(p.w)
}

// lay lays out what lies over the list.
func (p *Pane) lay() {
	p.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, p.page.Width()), Indent: 1}
	if p.open == least {
		p.layPolicy(&r)
	} else if x, ok := p.grid.At(); ok {
		p.layRow(&r, x)
	}
	p.page.Set(r.All)
}

func (p *Pane) layPolicy(r *part.Rows) {
	r.Put(style.New(style.Plain.Of(" "), style.Strong.Of("The least policy with which every lookup can be asked")))
	r.Text(style.Quiet, "For whoever runs the program. It only reads, and is narrowed to what this sign-in names. y copies it.")
	r.Gap()
	text := p.policy()
	for i, l := range listing.Lines(text) {
		s := text[l.Start:l.End]
		hang := 3 + len(s) - len(strings.TrimLeft(s, " "))
		r.Stop(fmt.Sprintf("line/%d", i), style.New(style.Plain.Of(" ")).Join(l.Line), min(hang, r.W/2), part.Ref{Text: text, What: "least policy"})
	}
}

func (p *Pane) layRow(r *part.Rows, x row) {
	w := words[x.state]
	r.Put(style.New(style.Plain.Of(" "), w.ink.Of(w.sign+" "+w.word), style.Plain.Of("  "), style.Strong.Of(x.want.Name)))
	r.Gap()
	field := func(name, value string) {
		if value != "" {
			l := style.New(style.Plain.Of(" "), style.Quiet.Of(style.Pad(name, 13))).Show(style.Plain, value)
			r.Stop(name, l, 14, part.Ref{Text: value, What: name})
		}
	}
	field("by", x.by())
	if x.lookup != nil && x.lookup.Name != x.by() {
		field("call", x.lookup.Name)
	}
	if x.state == waiting {
		field("waits for", strings.Join(x.after, ", "))
	}
	if n := x.call.Progress.Rows; n > 0 {
		field("rows", fmt.Sprintf("%s on %s pages", pane.Number(n), pane.Number(x.call.Progress.Pages)))
	}
	if x.call.Took > 0 {
		field("took", pane.Span(x.call.Took))
	}
	if !x.fact.at.IsZero() {
		field("answered", pane.Clock(x.fact.at))
	}
	if x.fact.inferred {
		field("but", "matched to this sign-in by likeness, not by name: what follows from it is inferred")
	}
	if e := x.refused(); e != nil {
		r.Head("WHAT AWS SAID")
		field("error", e.Code)
		field("message", e.Message)
		field("permission", e.Permission)
		field("what to do", e.Hint)
	} else if x.state != unasked {
		field("why", x.why())
	}
	if x.lookup != nil && len(x.lookup.Takes) > 0 {
		r.Head("IT TAKES")
		for i, t := range x.lookup.Takes {
			l := style.New(style.Plain.Of(" "), style.Plain.Of(style.Pad(t.Action, 42)), style.Quiet.Of("  "+p.named(t.Resource)))
			r.Stop(fmt.Sprintf("takes/%d", i), l, 4, part.Ref{Text: t.Action, What: "permission"})
		}
	}
	if x.want.Flag != "" && x.state != known {
		r.Head("OR GIVE IT AS A FILE")
		r.Stop("flag", style.New(style.Plain.Of(" "), style.Code.Of(x.want.Flag+" FILE")), 3, part.Ref{Text: x.want.Flag, What: "flag"})
		if x.want.Ask != "" {
			r.Text(style.Quiet, "with what this prints:")
			cmd := p.named(x.want.Ask)
			r.Stop("ask", style.New(style.Plain.Of(" "), style.Quiet.Of("$ ")).Show(style.Code, cmd), 5, part.Ref{Text: cmd, What: "command"})
		}
	}
}

// named fills in what the sign-in names.
func (p *Pane) named(s string) string {
	q := awsx.SubjectOf(p.c)
	role, provider, arn := "", "", ""
	if len(q.Pairs) > 0 {
		role, provider, arn = q.Pairs[0].Role.Name(), q.Pairs[0].Provider.Name(), q.Pairs[0].ProviderARN
	}
	if !strings.Contains(s, ":saml-provider/") {
		provider = arn // a command wants all of it
	}
	put := func(key, v string) {
		if v == "" {
			v = strings.ToUpper(strings.Trim(key, "{}"))
		}
		s = strings.ReplaceAll(s, key, v)
	}
	put("{role}", role)
	put("{provider}", provider)
	put("{instance}", q.Instance)
	put("{account}", q.Account)
	put("{region}", q.Region)
	put("{partition}", string(q.Partition))
	return s
}
