package lookups

import (
	"fmt"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/listing"
)

// lay lays out what lies over the list.
func (p *Pane) lay() {
	p.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, p.page.Width()), Indent: 1}
	if p.open == least {
		p.layPolicy(&r)
	} else if x, ok := p.grid.At(); ok {
		p.layRow(&r, x)
	}
	p.page.Set(r.All)
}

func (p *Pane) layPolicy(r *part.Rows) {
	r.Put(style.New(style.Plain.Of(" "), style.Strong.Of("The least policy with which every lookup can be asked")))
	r.Text(style.Quiet, "For whoever runs the program. It only reads, and is narrowed to what this sign-in names. y copies it.")
	r.Gap()
	text := p.policy()
	for i, l := range listing.Lines(text) {
		s := text[l.Start:l.End]
		hang := 3 + len(s) - len(strings.TrimLeft(s, " "))
		r.Stop(fmt.Sprintf("line/%d", i), style.New(style.Plain.Of(" ")).Join(l.Line), min(hang, r.W/2), part.Ref{Text: text, What: "least policy"})
	}
}

func (p *Pane) layRow(r *part.Rows, x row) {
	w := words[x.state]
	r.Put(style.New(style.Plain.Of(" "), w.ink.Of(w.sign+" "+w.word), style.Plain.Of("  "), style.Strong.Of(x.want.Name)))
	r.Gap()
	field := func(name, value string) {
		if value != "" {
			l := style.New(style.Plain.Of(" "), style.Quiet.Of(style.Pad(name, 13))).Show(style.Plain, value)
			r.Stop(name, l, 14, part.Ref{Text: value, What: name})
		}
	}
	field("by", x.by())
	if x.lookup != nil && x.lookup.Name != x.by() {
		field("call", x.lookup.Name)
	}
	if x.state == waiting {
		field("waits for", strings.Join(x.after, ", "))
	}
	if n := x.call.Progress.Rows; n > 0 {
		field("rows", fmt.Sprintf("%s on %s pages", pane.Number(n), pane.Number(x.call.Progress.Pages)))
	}
	if x.call.Took > 0 {
		field("took", pane.Span(x.call.Took))
	}
	if !x.fact.at.IsZero() {
		field("answered", pane.Clock(x.fact.at))
	}
	if x.fact.inferred {
		field("but", "matched to this sign-in by likeness, not by name: what follows from it is inferred")
	}
	if e := x.refused(); e != nil {
		if e.Code == "" { // it may not have been AWS that answered
			r.Head("WHAT WENT WRONG")
		} else {
			r.Head("WHAT AWS SAID")
		}
		field("error", e.Code)
		field("message", e.Message)
		field("permission", e.Permission)
		field("what to do", e.Hint)
	} else if x.state != unasked {
		field("why", x.why())
	}
	if x.lookup != nil && len(x.lookup.Takes) > 0 {
		r.Head("IT TAKES")
		for i, t := range x.lookup.Takes {
			l := style.New(style.Plain.Of(" "), style.Plain.Of(style.Pad(t.Action, 42)), style.Quiet.Of("  "+p.named(t.Resource)))
			r.Stop(fmt.Sprintf("takes/%d", i), l, 4, part.Ref{Text: t.Action, What: "permission"})
		}
	}
	if x.want.Flag != "" && x.state != known {
		r.Head("OR GIVE IT AS A FILE")
		r.Stop("flag", style.New(style.Plain.Of(" "), style.Code.Of(x.want.Flag+" FILE")), 3, part.Ref{Text: x.want.Flag, What: "flag"})
		if x.want.Ask != "" {
			r.Text(style.Quiet, "with what this prints:")
			cmd := p.named(x.want.Ask)
			r.Stop("ask", style.New(style.Plain.Of(" "), style.Quiet.Of("$ ")).Show(style.Code, cmd), 5, part.Ref{Text: cmd, What: "command"})
		}
	}
}

// named fills in what the sign-in names.
func (p *Pane) named(s string) string {
	q := awsx.SubjectOf(p.c)
	role, provider, arn := "", "", ""
	if len(q.Pairs) > 0 {
		role, provider, arn = q.Pairs[0].Role.Name(), q.Pairs[0].Provider.Name(), q.Pairs[0].ProviderARN
	}
	if !strings.Contains(s, ":saml-provider/") {
		provider = arn // a command wants all of it
	}
	put := func(key, v string) {
		if v == "" {
			v = strings.ToUpper(strings.Trim(key, "{}"))
		}
		s = strings.ReplaceAll(s, key, v)
	}
	put("{role}", role)
	put("{provider}", provider)
	put("{instance}", q.Instance)
	put("{account}", q.Account)
	put("{region}", q.Region)
	put("{partition}", string(q.Partition))
	return s
}
