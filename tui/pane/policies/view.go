package policies

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/policy"
	"example.com/samlens/tui/style"
)

// above is how many rows stand over the document.
func (p *Pane) above() int {
	if p.h < 12 {
		return 2
	}
	return 4
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) {
	return p.page.More()
}

// View draws the pane.
func (p *Pane) View() []style.Line {
	x := p.doc()
	if x == nil {
		return p.nothing()
	}
	out := []style.Line{p.tabs(), p.answer(x)}
	if p.above() == 4 {
		out = append(out, p.because(x), style.New(style.Edge.Of(strings.Repeat("─", max(0, p.w)))))
	}
	out = append(out, p.page.View()...)
	return out[:min(len(out), p.h)]
}

// tabs names the documents, the one on screen first where not all fit.
func (p *Pane) tabs() style.Line {
	var parts []style.Line
	here := 0
	for i, x := range p.docs {
		sign := style.Quiet.Of("· ")
		if _, allows, ok := x.decided(); ok && allows {
			sign = style.Good.Of("✓ ")
		} else if ok {
			sign = style.Bad.Of("✗ ")
		}
		ink := style.Tab
		if i == p.at {
			ink, here = style.TabOn, i
		}
		parts = append(parts, style.New(sign).Add(ink, x.title))
	}
	from := 0
	for from < here && width(parts[from:here+1]) > p.w-8 {
		from++
	}
	l := style.New(style.Plain.Of(" "))
	if from > 0 {
		l = l.Add(style.Quiet, "‹ ")
	}
	for i, t := range parts[from:] {
		if i > 0 {
			l = l.Add(style.Plain, "   ")
		}
		l = l.Join(t)
	}
	return l.Cut(p.w)
}

func width(parts []style.Line) (n int) {
	for _, l := range parts {
		n += l.Width() + 3
	}
	return n
}

// answer is what was asked of AWS, and how it went.
func (p *Pane) answer(x *document) style.Line {
	l := style.New(style.Plain.Of(" "))
	if p.diff && x.fix != nil {
		return l.Add(style.Strong, "what the fix makes of "+x.fix.Name).Cut(p.w)
	}
	if !x.judged {
		return l.Add(style.Quiet, "not judged: the sign-in's assertion or role is not known").Cut(p.w)
	}
	switch x.verdict.Outcome {
	case policy.Allowed:
		l = l.Add(style.Good, "✓ yes  ")
	case policy.ImplicitDeny:
		l = l.Add(style.Bad, "✗ no: nothing allows it  ")
	case policy.ExplicitDeny:
		l = l.Add(style.Bad, "✗ no: denied  ")
	case policy.Undecided:
		l = l.Add(style.Warn, "? not certain  ")
	}
	return l.Add(style.Plain, x.ask).Cut(p.w)
}

// because names what decided.
func (p *Pane) because(x *document) style.Line {
	l := style.New(style.Plain.Of(" "))
	if p.diff {
		return l.Add(style.Quiet, "d shows the policy as it is; y copies the new one").Cut(p.w)
	}
	if cs := x.causes(); len(cs) > 0 && x.verdict.Outcome != policy.Allowed {
		return l.Join(reason(cs[0])).Cut(p.w)
	}
	at, allows, ok := x.decided()
	switch {
	case ok && allows:
		l = l.Add(style.Plain, called(at)+" allows it")
		if n := len(x.met()); n > 0 {
			l = l.Add(style.Quiet, fmt.Sprintf("; its %d condition%s held", n, plural(n)))
		}
	case ok:
		l = l.Add(style.Plain, called(at)+" denies it")
	case x.judged && len(x.verdict.Causes) > 0:
		c := x.verdict.Causes[0]
		l = l.Add(style.Quiet, "not this one: ").Join(reason(c))
	case x.judged && x.verdict.Outcome == policy.Undecided:
		l = l.Add(style.Plain, "it hangs on "+strings.Join(append(slices.Clip(x.verdict.Keys), x.verdict.Missing...), ", "))
	default:
		l = l.Add(style.Quiet, "nothing in this one decided")
	}
	if x.verdict.Inferred {
		l = l.Add(style.Note, "  ≈ inferred")
	}
	return l.Cut(p.w)
}
