package flow

import (
	"time"

	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// above is how many rows stand over the list.
func (p *Pane) above() int {
	if p.h < 12 {
		return 0
	}
	return 3
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) {
	if p.full != nil {
		return p.page.More()
	}
	return p.grid.More()
}

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.full != nil {
		return p.page.View()
	}
	if len(p.hops) == 0 {
		return p.nothing()
	}
	out := make([]style.Line, 0, p.h)
	if p.above() > 0 {
		out = append(out, p.heading(), p.outcome(), style.Line{})
	}
	out = append(out, p.grid.View()...)
	if h, ok := p.grid.At(); ok && p.under() > 0 {
		out = append(out, p.below.View(h.key, p.w, p.under(), func(r *part.Rows) { p.tell(r, h, glance) })...)
	}
	return out[:min(len(out), p.h)]
}

func (p *Pane) heading() style.Line {
	l := style.New(style.Plain.Of(" "), style.Strong.Of(pane.Number(len(p.hops))), style.Quiet.Of(" requests around the sign-in"))
	if span := p.to.Sub(p.from); span > 0 {
		l = l.Add(style.Quiet, " · "+pane.Span(span))
	}
	var right style.Line
	if c := p.c.Clock; c.SkewKnown && (c.Skew > 2*time.Second || c.Skew < -2*time.Second) {
		way := "ahead of AWS"
		if c.Skew < 0 {
			way = "behind AWS"
		}
		right = style.New(style.Warn.Of("! "), style.Plain.Of("the IdP's clock is "+pane.Span(c.Skew.Abs())+" "+way+" "))
	} else if p.c.Writer != "" {
		right = style.New(style.Quiet.Of("written by ")).Show(style.Quiet, p.c.Writer).Add(style.Plain, " ")
	}
	return style.Spread(l, right, p.w)
}

// outcome is what the answers show.
func (p *Pane) outcome() style.Line {
	l := style.New(style.Plain.Of(" "))
	if o := p.c.Observed; o != nil {
		return l.Add(style.Bad, "✗ ").Show(style.Strong, o.Text).Cut(p.w)
	}
	if p.c.OutcomeWhy != "" {
		return l.Show(style.Plain, p.c.OutcomeWhy).Cut(p.w)
	}
	return l.Add(style.Quiet, "what AWS answered is not in this capture").Cut(p.w)
}

func (p *Pane) nothing() []style.Line {
	var out []style.Line
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	out = append(out, style.Line{})
	say(style.Plain, "This capture holds the SAML response alone, not the browser's way to it.")
	say(style.Plain, "")
	say(style.Quiet, "A HAR file shows every request around the sign-in, AWS's own answer to it and both clocks: open the browser's "+
		"developer tools, keep the log across pages, sign in, and save all as HAR with content.")
	return out[:min(len(out), p.h)]
}
