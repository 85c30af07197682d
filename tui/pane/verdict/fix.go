package verdict

import (
	"fmt"

	"example.com/samlens/diag"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// fix adds a finding's best fix, leaving rest rows of the screen below it.
// Commands that mend come before all else, and of them the last; then as many
// steps as there is room for. The others are one key away, and what y copies is
// always all of it.
func (p *Pane) fix(r *part.Rows, f rule.Finding, rest int, tight bool) {
	at := p.d.IdP()
	fx := f.Fixes[0]
	l := r.Labelled("FIX")
	if r.Indent < 4 {
		l = l.Add(style.Head, "FIX ")
	}
	l = l.Add(style.Strong, fx.Title)
	if who := "  · " + part.Who(fx.Who, at); fx.Who != "" && (!tight || l.Width()+style.Width(who) <= r.W) {
		l = l.Add(style.Quiet, who)
	}
	r.Stop("fix", l, r.Indent, part.Ref{Finding: 1, Text: part.Whole(fx, at, p.shell), What: "the fix"})
	steps := diag.Steps(fx, at)
	tail := func(t *part.Rows) {
		t.Commands("cmd", fx.Commands, p.shell, 1)
		if fx.Consequence != "" {
			t.Text(style.Warn, "! "+fx.Consequence)
		}
		if n := len(f.Fixes) - 1; n > 0 {
			t.Text(style.Quiet, fmt.Sprintf("+%d more way%s to mend it: enter", n, plural(n)))
		}
	}
	mends := part.Mends(fx)
	left := p.page.Height() - len(r.All) - rest
	if mends { // what only looks something up may be out of sight
		left -= p.measure(r, tail)
	}
	if n := len(fx.Commands); mends && left < min(1, len(steps)) && !p.full {
		r.Commands("cmd", fx.Commands[n-1:], p.shell, 1)
		if before := len(steps) + n - 1; before > 0 {
			r.Text(style.Quiet, fmt.Sprintf("%d step%s before it: enter; y copies the commands", before, plural(before)))
		}
		return
	}
	n := p.fitting(r, steps, left, !mends)
	r.Steps("step", steps[:n], 1)
	switch more := len(steps) - n; {
	case more > 0 && n == 0:
		r.Text(style.Quiet, fmt.Sprintf("%d step%s before it: enter", more, plural(more)))
	case more > 0:
		r.Text(style.Quiet, fmt.Sprintf("+%d more: enter", more))
	}
	tail(r)
}

// fitting is how many steps fit into left rows, with a row that tells of the
// others; where steps are all there is, one is shown whatever it takes.
func (p *Pane) fitting(r *part.Rows, steps []string, left int, all bool) int {
	if p.full {
		return len(steps)
	}
	n := 0
	for ; n < len(steps); n++ {
		left -= p.measure(r, func(t *part.Rows) { t.Steps("step", steps[n:n+1], 1) })
		if left < min(1, len(steps)-n-1) {
			break
		}
	}
	if all && n == 0 {
		n = min(1, len(steps))
	}
	return n
}

// measure is how many rows something takes here.
func (p *Pane) measure(r *part.Rows, fill func(*part.Rows)) int {
	t := &part.Rows{W: r.W, Indent: r.Indent}
	fill(t)
	return len(t.All)
}
