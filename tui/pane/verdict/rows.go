package verdict

import (
	"fmt"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// margin is where text begins: behind the sections' names where there is room
// for them.
func margin(w int) int {
	if w < 70 {
		return 2
	}
	return 9
}

// rows lays the screen out, most important first.
func (p *Pane) rows(w int) []part.Row {
	r := &part.Rows{W: w - 1, Indent: margin(w)}
	if p.h >= 20 {
		r.Put(style.Line{})
	}
	p.headline(r)
	r.Gap()
	for _, l := range drawChain(p.d.Chain, r.W, p.hop) {
		r.Put(l)
	}
	if p.hop >= 0 && p.hop < len(p.d.Chain) && (p.h >= 24 || p.moved) {
		r.Put(tell(p.d.Chain[p.hop], p.d.Verdict).Cut(r.W))
	}
	r.Gap()
	fs := p.d.Findings
	if _, ok := p.d.Cause(); ok {
		p.cause(r, fs[0])
		p.others(r, fs, 1, "ALSO")
		r.Gap()
		if p.full && p.h >= 44 {
			p.hops(r, "HOPS", true)
		} else {
			p.hops(r, "MISSING", false)
		}
		return r.All
	}
	p.hops(r, "HOPS", true)
	p.others(r, fs, 0, "NOTED")
	return r.All
}

// headline is the verdict in one sentence, and what the agent sees.
func (p *Pane) headline(r *part.Rows) {
	v := p.d.Verdict
	summary := v.Summary
	if summary == "" {
		summary = "No sign-in has been read yet"
	}
	for _, l := range style.Wrap(style.New(style.Plain.Of(" "), style.Strong.Of(summary)), r.W, 1) {
		r.Put(l)
	}
	for _, l := range p.sees(r.W) {
		r.Put(l)
	}
	if v.Disagreement != "" {
		for _, l := range style.Wrap(style.New(style.Plain.Of(" "), style.Warn.Of("! "+v.Disagreement)), r.W, 3) {
			r.Put(l)
		}
	}
}

// sees is what the agent sees, or would see. Where the fix would be out of
// sight below it, it is one row: the words without what AWS writes behind them.
func (p *Pane) sees(w int) []style.Line {
	v := p.d.Verdict
	say := func(lead, text string, ink style.Ink, mark, brief string) []style.Line {
		l := func(text, mark string) style.Line {
			return style.New(style.Plain.Of(" "), style.Quiet.Of(lead), style.Plain.Of("“"+text+"”")).Add(ink, mark)
		}
		lines := style.Wrap(l(text, mark), w, 1)
		if !p.tight || len(lines) == 1 {
			return lines
		}
		if words, _, ok := strings.Cut(text, " (Service: "); ok {
			text = words + " …"
		}
		if room := w - l("", brief).Width(); style.Width(text) > room {
			text = style.Cut(text, max(1, room))
		}
		return []style.Line{l(text, brief).Cut(w)}
	}
	switch o := p.d.Case.Capture.Value.Observed; {
	case v.Seen && v.Predicted != "":
		return say("The agent sees ", v.Predicted, style.Good, "  ✓ seen in the capture", "  ✓ seen")
	case v.Predicted != "" && o != nil:
		return say("The agent would see ", v.Predicted, style.Warn, "  not what the capture shows", "  not seen")
	case v.Predicted != "":
		return say("The agent sees ", v.Predicted, style.Quiet, "  predicted: the capture holds no answer", "  predicted")
	case o != nil:
		return say("The capture shows ", o.Text, style.Plain, "", "")
	}
	return nil
}

// cause is the finding that broke it, its proof and the fix.
func (p *Pane) cause(r *part.Rows, f rule.Finding) {
	tight := p.tight && !p.full // the fix has to be in sight, so one line each
	l := r.Labelled("CAUSE").Append(pane.Sign(f.Severity)).Add(style.Strong, " "+f.ID())
	if f.Rule != nil && (!tight || l.Width()+2+style.Width(f.Rule.Title) <= r.W) {
		l = l.Add(style.Quiet, "  "+f.Rule.Title)
	}
	if f.Inferred {
		l = l.Add(style.Note, "  ≈ rests on a likeness")
	}
	r.Stop("f0", l, r.Indent+2, part.Ref{Finding: 1, Spot: f.At})
	r.Indent += 2
	wide := 0
	for i, x := range f.Evidence {
		if i < 2 {
			wide = max(wide, style.Width(style.Clean(x.What)))
		}
	}
	if wide > 26 || r.W < 70 && !tight || r.W-r.Indent-wide < 32 { // values need room to be compared
		wide = 0
	}
	shown := len(r.All)
	for i, x := range f.Evidence {
		if tight && i > 0 && len(r.All)-shown > 2 || i == 2 && !p.full || i == 1 && x.Want != "" && p.h < 30 && !p.full {
			r.Text(style.Quiet, fmt.Sprintf("+%d more: enter", len(f.Evidence)-i))
			break
		}
		n := len(r.All)
		r.Brief = !p.full
		r.Exhibit(fmt.Sprintf("x%d", i), x, wide)
		for j := n; j < len(r.All); j++ {
			r.All[j].Ref.Finding = 1
		}
	}
	r.Indent, r.Brief = r.Indent-2, false
	if !tight {
		r.Gap()
	}
	if len(f.Fixes) == 0 {
		return
	}
	rest := 0 // rows for what stands below the fix, where there is room for it
	if n := len(p.d.Findings) - 1; n > 0 && p.h >= 24 {
		rest = 1 + min(n, 3)
	}
	p.fix(r, f, rest, tight)
}

// others are the findings from i on, quiet: one line each.
func (p *Pane) others(r *part.Rows, fs []rule.Finding, i int, label string) {
	if i >= len(fs) {
		return
	}
	r.Gap()
	wide := 0
	for _, f := range fs[i:] {
		wide = max(wide, style.Width(f.ID()))
	}
	for ; i < len(fs); i++ {
		f := fs[i]
		l := r.Labelled(label)
		label = ""
		l = l.Append(pane.Sign(f.Severity)).Add(style.Plain, " ")
		ref := part.Ref{Finding: i + 1, Spot: f.At}
		id := "f " + f.ID() + " " + f.At.Path
		summary := f.Summary
		if f.After != "" {
			summary += " (after " + f.After + ")"
		}
		if r.W < 70 {
			r.Stop(id, l.Add(style.Plain, f.ID()), 4, ref)
			r.Stop(id, style.New(style.Quiet.Of("    "+summary)).Cut(r.W), 4, ref)
			continue
		}
		l = l.Add(style.Plain, style.Pad(f.ID(), wide)).Add(style.Quiet, "  "+summary)
		r.Stop(id, l.Cut(r.W), 0, ref)
	}
}

// hops tells of every hop what is known of it and, where it could not be
// judged, how the evidence can be had. Behind a cause, only the latter.
func (p *Pane) hops(r *part.Rows, label string, all bool) {
	told := map[string]bool{}
	for i, l := range p.d.Chain {
		open := l.State == chain.Unchecked || l.State == chain.Unreached && l.Known == "" && l.Missing != 0
		if !open && !all {
			continue
		}
		sign, ink, word := pane.State(l)
		line := r.Labelled(label).Add(ink, sign+" ").Add(style.Plain, style.Pad(l.Hop.String(), 10))
		if label != "" {
			label = ""
		}
		if l.Known != "" {
			word = l.Known // with the rule that it would fail by
		}
		switch {
		case l.Why == "":
			line = line.Add(ink, word)
		case l.Known != "":
			line = line.Add(style.Plain, word+"  ").Add(style.Quiet, l.Why)
		default:
			line = line.Add(style.Quiet, l.Why)
		}
		r.Stop(fmt.Sprintf("hop%d", i), line, r.Indent+12, part.Ref{})
		if open {
			p.wanted(r, i, l.Missing, told)
		}
	}
}

// wanted says how missing evidence can be given, each once.
func (p *Pane) wanted(r *part.Rows, hop int, lack evidence.Need, told map[string]bool) {
	r.Indent += 12
	defer func() { r.Indent -= 12 }()
	if r.W < 70 {
		r.Indent -= 8
		defer func() { r.Indent += 8 }()
	}
	for j, s := range diag.Wanted(p.d, lack) {
		if told[s] {
			continue
		}
		told[s] = true
		text, cmd, made := strings.Cut(s, madeBy)
		r.Text(style.Quiet, text)
		if made {
			line := style.New(style.Plain.Of(style.Blank(r.Indent)), style.Quiet.Of("$ ")).Show(style.Code, cmd)
			r.Stop(fmt.Sprintf("want%d/%d", hop, j), line, r.Indent+4, part.Ref{Text: cmd, What: "command"})
		}
	}
}

// madeBy is how [diag.Wanted] begins the command that makes a file.
const madeBy = ", made by: "

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
