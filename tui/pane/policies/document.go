package policies

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/diff"
	"example.com/samlens/tui/widget/listing"
)

// fill lays the document on screen out.
func (p *Pane) fill() {
	p.page.Resize(p.w, max(0, p.h-p.above()))
	x := p.doc()
	if x == nil {
		p.page.Set(nil)
		return
	}
	r := part.Rows{W: max(1, p.page.Width()), Indent: 0}
	switch {
	case p.diff && x.fix != nil:
		for i, l := range diff.Unified(x.fix.Before, x.fix.After) {
			r.Stop(fmt.Sprintf("diff/%d", i), style.New(style.Plain.Of(" ")).Join(l), 4, part.Ref{})
		}
	default:
		x.lay(&r)
	}
	p.page.Set(r.All)
}

// lay writes the document with line numbers. The statement that decided keeps
// its inks, what is around it steps back; what decided in it is marked, and
// below it stands what the sign-in has instead.
func (x *document) lay(r *part.Rows) {
	at, allows, ok := x.decided()
	causes := x.causes()
	var lights []listing.Light
	if ok {
		lights = append(lights, listing.Light{Start: 0, End: at.At.Start, Ink: style.Quiet}, listing.Light{Start: at.At.End, End: len(x.text), Ink: style.Quiet})
	}
	for _, c := range x.met() {
		lights = append(lights, listing.Light{Start: c.At.Start, End: c.At.End, Ink: style.Good})
	}
	for _, c := range causes {
		if c.Miss.At.Known() {
			lights = append(lights, listing.Light{Start: c.Miss.At.Start, End: c.Miss.At.End, Ink: style.Differ})
		}
	}
	if x.err != nil {
		r.Text(style.Bad, " "+style.Clean(x.err.Error()))
	}
	for _, q := range x.parsed.Problems {
		r.Text(style.Warn, " ! "+style.Clean(q.Text))
	}
	bar := style.Good
	if !allows {
		bar = style.Bad
	}
	lines := listing.Lines(x.text, lights...)
	digits := len(fmt.Sprint(len(lines)))
	for i, l := range lines {
		side := " "
		if ok && l.End > at.At.Start && l.Start < at.At.End {
			side = "┃"
		}
		number := style.New(style.Edge.Of(style.PadLeft(fmt.Sprint(i+1), digits+1)+" "), bar.Of(side), style.Plain.Of(" "))
		text := x.text[l.Start:l.End]
		hang := number.Width() + len(text) - len(strings.TrimLeft(text, " ")) + 4
		ref := part.Ref{Text: strings.TrimSpace(text), What: "line", Spot: evidence.Spot{In: x.in, Path: x.name, Start: l.Start, End: l.End, Line: i + 1}}
		r.Stop(fmt.Sprintf("line/%d", i+1), number.Join(l.Line), min(hang, r.W/2), ref)
		told := map[string]bool{} // two actions may miss the same
		for _, c := range causes {
			if c.Miss.At.Known() && c.Miss.At.End > l.Start && c.Miss.At.End <= l.End+1 && !told[c.Saw()] {
				told[c.Saw()] = true
				x.note(r, c, number.Width(), len(text)-len(strings.TrimLeft(text, " ")), side)
			}
		}
	}
}

// note writes below a line what the sign-in has in place of what it asks for.
func (x *document) note(r *part.Rows, c policy.Cause, gutter, indent int, side string) {
	bar := style.Bad.Of(side)
	lead := style.New(style.Plain.Of(style.Blank(gutter-2)), bar, style.Plain.Of(" "+style.Blank(min(indent, r.W/3))))
	l := lead.Add(style.Bad, "▲ ")
	has := map[policy.Part]string{policy.PartAction: "asks for", policy.PartPrincipal: "comes through", policy.PartResource: "is for", policy.PartCondition: "has"}[c.Miss.Part]
	if has == "" {
		has = "has"
	}
	switch {
	case c.Miss.Missing:
		l = l.Add(style.Plain, "this sign-in has none")
	case len(c.Miss.Got) > 0:
		l = l.Add(style.Plain, "this sign-in "+has+" ").Show(style.Strong, c.Saw())
	default:
		l = l.Add(style.Plain, classes[c.Class])
	}
	if len(c.Differs) > 0 {
		l = l.Add(style.Quiet, "  differs in "+strings.Join(c.Differs, ", "))
	}
	for _, w := range style.Wrap(l, r.W, lead.Width()+2) {
		r.Put(w)
	}
}
