package users

import (
	"fmt"
	"strings"
	"time"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// An answer says whether the role session name is a user, as far as that is
// known, in a sign and a sentence; brief is the sentence without the name.
type answer struct {
	sign        style.Span
	line, brief style.Line
}

// judge answers for the session name. "No" is said only of a list that is
// whole, or of Connect's own search.
func (p *Pane) judge() answer {
	if p.name == "" {
		l := style.New(style.Quiet.Of("this capture tells no role session name; type any name to look for it"))
		return answer{style.Quiet.Of("·"), l, l}
	}
	sign, line := p.tidings(style.New(style.Plain.Of("user named exactly ")).Show(style.Strong, p.name))
	_, brief := p.tidings(style.New(style.Plain.Of("user of exactly this name")))
	return answer{sign, line, brief}
}

// tidings is what is known of a user, in a sign and a sentence.
func (p *Pane) tidings(user style.Line) (style.Span, style.Line) {
	good, bad, ask := style.Good.Of("✓"), style.Bad.Of("✗"), style.Warn.Of("?")
	no := style.New(style.Plain.Of("no ")).Join(user)
	whether := func(why string) style.Line {
		return style.New(style.Plain.Of(why + ": not known whether there is a ")).Join(user)
	}
	here, there := p.exactly()
	users, exact := p.c.Live.Users, p.c.Live.Exact
	switch {
	case len(here) > 1:
		return good, style.New(style.Plain.Of(fmt.Sprintf("there are %d, each a ", len(here)))).Join(user)
	case len(here) == 1:
		return good, style.New(style.Plain.Of("there is a ")).Join(user)
	case len(there) > 0:
		return bad, no.Add(style.Plain, " in "+p.instance()+"; there is one in "+p.called(there[0].Instance))
	case users.State == evidence.Known, users.State == evidence.Absent && users.Why == "":
		return bad, no.Add(style.Plain, p.nearest())
	case exact.State == evidence.Known || exact.State == evidence.Absent:
		return bad, no.Add(style.Quiet, ", says Connect's search"+p.nearest())
	case p.running() && p.roll.index.Len() == 0:
		return style.Note.Of("…"), style.New(style.Quiet.Of("looking for a ")).Join(user)
	case p.running():
		return style.Note.Of("…"), no.Add(style.Plain, " so far")
	case users.State == evidence.Partial:
		l := no.Add(style.Plain, " in this list, which is not whole")
		if users.Why != "" {
			l = l.Add(style.Quiet, ": "+users.Why)
		}
		return ask, l
	case users.State == evidence.Denied:
		return ask, whether("the list was refused")
	case users.State == evidence.Failed, users.State == evidence.Absent:
		return ask, whether("no list came")
	}
	return ask, whether("nobody has looked")
}

// exactly returns the users of exactly the session's name: of the sign-in's
// instance, and of others.
func (p *Pane) exactly() (here, there []evidence.User) {
	id := admission.Instance(p.c)
	seen := map[string]bool{}
	for _, list := range [][]evidence.User{p.roll.index.Find(p.name), p.c.Live.Exact.Value} {
		for _, u := range list {
			switch {
			case u.Username != p.name, u.ID != "" && seen[u.ID]:
			case id == "" || u.Instance == "" || strings.EqualFold(u.Instance, id):
				here = append(here, u)
			default:
				there = append(there, u)
			}
			seen[u.ID] = true
		}
	}
	return here, there
}

// nearest says what is nearest, as the end of a sentence.
func (p *Pane) nearest() string {
	switch {
	case p.near.name != p.name || p.roll.index.Len() == 0:
		return ""
	case !p.near.any:
		return ", nor one like it"
	case p.near.kind == roster.Case:
		return ": Connect compares case"
	case p.near.kind < roster.Typo:
		return ": Connect compares byte by byte"
	}
	return ""
}

// running reports whether users are still to come.
func (p *Pane) running() bool {
	wait := func(l pane.Lookup) bool {
		return l.Lookup != nil && (l.State == pane.Running || l.State == pane.Waiting)
	}
	return wait(p.lookup) || wait(p.exact) && len(p.c.Live.Users.Value) == 0
}

// extent says of how many users in which instance, and how far the list has
// come.
func (p *Pane) extent() style.Line {
	n := p.roll.index.Len()
	if p.roll.busy {
		n = len(p.roll.want)
	}
	var l style.Line
	if i := p.instance(); p.roll.several() {
		l = l.Add(style.Quiet, "several instances · ")
	} else if i != "" {
		l = l.Show(style.Quiet, i).Add(style.Quiet, " · ")
	}
	switch f := p.c.Live.Users; {
	case p.lookup.Lookup != nil && p.lookup.State == pane.Running:
		text := pane.Number(n)
		if t := p.lookup.Progress.Total; t > n {
			text += " of " + pane.Number(t)
		}
		l = l.Add(style.Strong, text).Add(style.Quiet, " users so far")
		if left := p.lookup.Progress.Left; left >= time.Second {
			l = l.Add(style.Quiet, " · "+clock(left)+" left")
		}
	case f.State == evidence.Partial:
		l = l.Add(style.Strong, pane.Number(n)).Add(style.Warn, " users, not all")
	case f.State == evidence.Known:
		l = l.Add(style.Strong, pane.Number(n)).Add(style.Quiet, " users")
	case f.State == evidence.Denied:
		l = l.Add(style.Warn, "users not allowed to be listed")
	case f.State == evidence.Failed:
		l = l.Add(style.Warn, "no list")
	case n > 0:
		l = l.Add(style.Strong, pane.Number(n)).Add(style.Quiet, " found by name")
	default:
		l = l.Add(style.Quiet, "no list")
	}
	return l
}

func clock(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
