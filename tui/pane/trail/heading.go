package trail

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

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
	if p.looking {
		l = l.Add(style.Edge, " · ").Add(style.Link, "following")
		if at := p.c.Live.Trail.At; !at.IsZero() {
			l = l.Add(style.Quiet, ", looked "+at.UTC().Format("15:04:05"))
		}
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
	coming := p.asking(evidence.NeedTrail) // the changes, asked later, are not told of here
	if asked || coming {
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
		case coming:
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
		return p.since(pad, first.Time, "; no change seen in AWS before it: it may have been made at the IdP", "; no change in AWS before it: perhaps at the IdP", "; no change in AWS before it")
	case first != nil:
		return p.since(pad, first.Time, "; whether something was changed before is not known", "; changes before it are not known")
	}
	return pad.Add(style.Quiet, "no failure after the last success").Cut(p.w)
}

// since says when the failures began and, in the longest of words that fits,
// what is known of it.
func (p *Pane) since(pad style.Line, t time.Time, words ...string) style.Line {
	l := pad.Add(style.Plain, "» failing since "+pane.Short(t, p.dig.to))
	for _, s := range words {
		if l.Width()+style.Width(s) <= p.w {
			return l.Add(style.Quiet, s)
		}
	}
	return l.Cut(p.w)
}

// who is the end of an actor's ARN.
func who(arn string) string {
	if n := last(arn); n != "" {
		return n
	}
	return "someone"
}
