package verdict

import (
	"fmt"
	"time"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// scope is how many are hit, as far as CloudTrail and the user list tell.
type scope struct {
	failed, ok        int
	people            int // distinct session names among the failures
	firstBad, lastBad time.Time
	lastGood          time.Time
	bars              string
	from, to          time.Time
	// Of the names that signed in through this sign-in's role, how many there
	// are, how many no Connect user has, and of those how many but for their
	// case. All are 0 where the users or the events are not known whole.
	names, strangers, byCase int
}

// slots is how many bars a sparkline has.
const slots = 24

// measure counts a case's sign-in events, in one pass.
func measure(c evidence.Case) scope {
	var s scope
	who := map[string]bool{}
	events := c.Live.Trail.Value
	for _, e := range events {
		if s.from.IsZero() || e.Time.Before(s.from) {
			s.from = e.Time
		}
		if e.Time.After(s.to) {
			s.to = e.Time
		}
		if !e.Failed {
			s.ok++
			if e.Time.After(s.lastGood) {
				s.lastGood = e.Time
			}
			continue
		}
		s.failed++
		who[e.SessionName] = true
		if s.firstBad.IsZero() || e.Time.Before(s.firstBad) {
			s.firstBad = e.Time
		}
		if e.Time.After(s.lastBad) {
			s.lastBad = e.Time
		}
	}
	delete(who, "")
	s.people = len(who)
	if span := s.to.Sub(s.from); span > 0 {
		var n [slots]int
		for _, e := range events {
			if e.Failed {
				n[min(slots-1, int(int64(e.Time.Sub(s.from))*slots/int64(span)))]++
			}
		}
		s.bars = Bars(n[:])
	}
	s.compare(c)
	return s
}

// most is how many users are compared with the names that signed in.
const most = 200_000

// compare tells how many of the names that signed in Connect does not know.
func (s *scope) compare(c evidence.Case) {
	users, events := c.Live.Users, c.Live.Trail
	cl, _, ok := claims.Read(c)
	if !ok || users.State != evidence.Known || events.State != evidence.Known || len(users.Value) > most {
		return
	}
	roles := map[string]bool{}
	for _, p := range cl.Candidates(c) {
		roles[p.RoleARN] = true
	}
	var names []string
	seen := map[string]bool{}
	for _, e := range events.Value {
		if e.Name == "AssumeRoleWithSAML" && roles[e.RoleARN] && e.SessionName != "" && !seen[e.SessionName] {
			seen[e.SessionName] = true
			names = append(names, e.SessionName)
		}
	}
	s.names = len(names)
	s.strangers, s.byCase = roster.Strangers(users.Value, names)
}

// Bars draws counts as a sparkline, the highest as a full bar, none as a low
// one.
func Bars(n []int) string {
	most := 1
	for _, v := range n {
		most = max(most, v)
	}
	signs := []rune("▁▂▃▄▅▆▇")
	out := make([]rune, len(n))
	for i, v := range n {
		out[i] = signs[0]
		if v > 0 {
			out[i] = signs[1+v*(len(signs)-2)/most]
		}
	}
	return string(out)
}

// footing are the rows at the bottom that tell of the scope. They are there
// from the start: an answer fills them and moves nothing.
func (p *Pane) footing() []style.Line {
	c := p.d.Case
	w := p.w - 1
	trail := style.New(style.Plain.Of("  "), style.Head.Of("TRAIL   "))
	switch f := c.Live.Trail; {
	case p.scope.failed+p.scope.ok > 0:
		trail = trail.Join(p.counted(f.State, w-trail.Width()))
	default:
		trail = trail.Join(unheard(f.State, f.Why, "no sign-in events: no sign of health, AWS may not log what it cannot read"))
	}
	users := style.New(style.Plain.Of("  "), style.Head.Of("USERS   "))
	switch f := c.Live.Users; {
	case len(f.Value) > 0:
		what := " Connect users"
		if w < 90 && p.scope.names > 0 {
			what = " users"
		}
		users = users.Add(style.Plain, number(len(f.Value))).Add(style.Quiet, what)
		if i, ok := c.Live.Instance.Get(); ok && i.Alias != "" && (w >= 96 || p.scope.names == 0) {
			users = users.Add(style.Quiet, " in "+i.Alias)
		}
		if f.State == evidence.Partial {
			users = users.Add(style.Quiet, " so far")
		}
		users = users.Join(p.known())
	default:
		users = users.Join(unheard(f.State, f.Why, "none"))
	}
	return []style.Line{{}, trail.Cut(w), users.Cut(w)}
}

// known tells how many of the names that signed in are among the users.
func (p *Pane) known() (l style.Line) {
	switch s := p.scope; {
	case s.names == 0:
	case s.strangers == 0:
		l = l.Add(style.Quiet, fmt.Sprintf(" · all %s names of the trail are among them", number(s.names)))
	default:
		l = l.Add(style.Quiet, " · ").Add(style.Bad, number(s.strangers)).Add(style.Quiet, fmt.Sprintf(" of %s names of the trail not among them", number(s.names)))
		if s.byCase > 0 {
			l = l.Add(style.Quiet, fmt.Sprintf(", %s by case", number(s.byCase)))
		}
	}
	return l
}

// counted tells of the scope in w cells: what does not fit gives way as a
// whole, the least telling first, so that no time is cut in half.
func (p *Pane) counted(st evidence.State, w int) style.Line {
	s := p.scope
	ink := style.Bad
	if s.failed == 0 {
		ink = style.Good
	}
	head := style.New(ink.Of(number(s.failed)+" failed"), style.Quiet.Of(" of "+number(s.failed+s.ok)))
	var people, times, more, bars style.Line
	if s.people > 1 {
		people = people.Add(style.Quiet, fmt.Sprintf(", %s people", number(s.people)))
	}
	day := ""
	at := func(t time.Time) string {
		c := pane.Clock(t)
		if day == c[:10] {
			return c[11:16]
		}
		day = c[:10]
		return c[5:16]
	}
	if !s.firstBad.IsZero() {
		times = times.Add(style.Quiet, " · first "+at(s.firstBad))
	}
	if !s.lastGood.IsZero() {
		times = times.Add(style.Quiet, " · last success "+at(s.lastGood))
	}
	zone := times
	if day != "" {
		zone = zone.Add(style.Quiet, " UTC")
	}
	if st == evidence.Partial {
		more = more.Add(style.Quiet, " · still reading")
	}
	if s.bars != "" && s.failed > 0 {
		bars = bars.Add(style.Plain, "  ").Add(style.Bad, s.bars)
	}
	for _, parts := range [][]style.Line{{people, zone, more, bars}, {people, zone, more}, {people, times, more}, {times, more}} {
		l := head
		for _, x := range parts {
			l = l.Join(x)
		}
		if l.Width() <= w {
			return l
		}
	}
	return head.Join(people).Join(more)
}

// unheard says why there is nothing to tell.
func unheard(st evidence.State, why, none string) style.Line {
	switch st {
	case evidence.Unasked:
		return style.New(style.Quiet.Of("not asked"))
	case evidence.Partial:
		return style.New(style.Quiet.Of("reading"))
	case evidence.Denied:
		return style.New(style.Warn.Of("not allowed to look"), style.Quiet.Of(": "+why))
	case evidence.Failed:
		return style.New(style.Warn.Of("no answer"), style.Quiet.Of(": "+why))
	case evidence.Known, evidence.Absent:
	}
	return style.New(style.Quiet.Of(none))
}

// number writes n with commas.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
