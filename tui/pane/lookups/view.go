package lookups

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// above is how many rows stand over the list.
func (p *Pane) above() int {
	if p.h < 12 {
		return 1
	}
	return 3
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) {
	if p.open != list {
		return p.page.More()
	}
	return p.grid.More()
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
	if x, ok := p.grid.At(); ok && p.under() > 0 {
		out = append(out, p.below.View(x.want.Name, p.w, p.under(), func(r *part.Rows) { p.layRow(r, x) })...)
	}
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
