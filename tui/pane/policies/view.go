package policies

import (
	"fmt"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/diff"
	"example.com/samlens/tui/widget/listing"
)

// above is how many rows stand over the document.
func (p *Pane) above() int {
	if p.h < 12 {
		return 2
	}
	return 4
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
		l = l.Add(style.Plain, "it hangs on "+strings.Join(append(x.verdict.Keys[:len(x.verdict.Keys):len(x.verdict.Keys)], x.verdict.Missing...), ", "))
	default:
		l = l.Add(style.Quiet, "nothing in this one decided")
	}
	if x.verdict.Inferred {
		l = l.Add(style.Note, "  ≈ inferred")
	}
	return l.Cut(p.w)
}

var classes = map[policy.Class]string{
	policy.ClassPrincipal: "it names another provider", policy.ClassAction: "the action is not among those it allows",
	policy.ClassTagSession: "sts:TagSession is not allowed, and the assertion carries session tags", policy.ClassSourceIdentity: "sts:SetSourceIdentity is not allowed",
	policy.ClassCondition: "its condition does not hold", policy.ClassImpossible: "its condition asks for a key that this call never carries",
	policy.ClassDenied: "it denies", policy.ClassCrossAccount: "the provider is of another account", policy.ClassBroad: "it allows more than it needs to",
	policy.ClassPermission: "no policy of the role allows the action", policy.ClassResource: "it is for another resource",
	policy.ClassVersion: "a variable in a document that is not of version 2012-10-17", policy.ClassRefused: "AWS does not take such a document",
}

// reason is a cause in a sentence.
func reason(c policy.Cause) style.Line {
	var l style.Line
	if c.Place != nil {
		l = l.Add(style.Plain, called(*c.Place)+": ")
	}
	text := classes[c.Class]
	if c.By == policy.ByBoundary || c.By == policy.BySCP || c.By == policy.ByRCP {
		text = c.By + ": " + text
	}
	l = l.Add(style.Plain, text)
	if c.Miss.Key != "" {
		l = l.Add(style.Plain, " · ").Show(style.Strong, c.Miss.Key)
	}
	if c.Why != "" {
		l = l.Add(style.Quiet, "; "+c.Why)
	}
	if c.Uncertain {
		l = l.Add(style.Note, "  ≈ not certain")
	}
	return l
}

// called names a statement: by its Sid, else by its number.
func called(at policy.Place) string {
	if at.Sid != "" {
		return "statement " + style.Clean(at.Sid)
	}
	return fmt.Sprintf("statement %d", at.Statement+1)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

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
	bar, side := style.Good, " "
	if !allows {
		bar = style.Bad
	}
	lines := listing.Lines(x.text, lights...)
	digits := len(fmt.Sprint(len(lines)))
	for i, l := range lines {
		side = " "
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

// nothing says why there is no policy, and what would bring some.
func (p *Pane) nothing() []style.Line {
	out := []style.Line{{}}
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	l := p.d.Case.Live
	switch {
	case l.Roles.State == evidence.Denied || l.Roles.State == evidence.Failed:
		say(style.Warn, "The role could not be read: "+l.Roles.Why)
	case l.Roles.State == evidence.Known || l.Roles.State == evidence.Absent:
		say(style.Plain, "There is no role with a trust policy to show.")
	default:
		say(style.Plain, "No policy has been read. Here would stand the role's trust policy and permissions, the boundary and the "+
			"organization's policies, with the statement that decided lit and what this sign-in has in place of what it asks for.")
	}
	say(style.Plain, "")
	say(style.Quiet, "To see them: AWS credentials for the account, or the files that these print:")
	s := awsx.SubjectOf(p.d.Case)
	role := "ROLE"
	if len(s.Pairs) > 0 {
		role = s.Pairs[0].Role.Name()
	}
	for _, w := range evidence.Wants() {
		if w.Need&(evidence.NeedRoles|evidence.NeedPermissions) != 0 {
			say(style.Code, strings.ReplaceAll(w.Ask, "{role}", role)+"   # "+w.Flag)
		}
	}
	return out[:min(len(out), p.h)]
}
