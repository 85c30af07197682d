package report

import (
	"fmt"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// findings writes findings, with the steps that are for an identity provider.
func (p page) findings(fs []rule.Finding, at idp.ID) {
	for _, f := range fs {
		p.in("section", fmt.Sprint("finding ", f.Severity), func() { p.finding(f, at) })
	}
}

func (p page) finding(f rule.Finding, at idp.ID) {
	p.in("h3", "", func() {
		p.leaf("span", "mark", fmt.Sprint(sign(f.Severity), " ", f.Severity))
		p.text(" " + f.ID() + " ")
		place := "at " + f.Hop.String() + after(f)
		if f.Inferred {
			place += ", inferred"
		}
		p.leaf("small", "", place)
	})
	p.leaf("p", "", visible.Line(f.Summary))
	if len(f.Evidence) > 0 {
		p.table("", []string{"proof", "saw", "wanted", "where"}, func() {
			for _, e := range f.Evidence {
				p.in("tr", "", func() {
					p.leaf("td", "", visible.Line(e.What))
					p.in("td", "", func() { p.leaf("code", "", value(e.Saw)) })
					p.in("td", "", func() { p.filled("code", "", value(e.Want)) })
					p.leaf("td", "where", visible.Line(Where(e.At)))
				})
			}
		})
	}
	if len(f.Folded) > 0 {
		p.leaf("p", "follows", "follows from it: "+strings.Join(ids(f.Folded), ", "))
	}
	if len(f.Fixes) > 0 {
		p.in("div", "fix", func() { p.mend(f.Fixes[0], at) })
	}
}

// value is what was seen or wanted, as long as a table has room for it.
func value(s string) string { return visible.Line(visible.Cut(s, 400)) }

func (p page) mend(f rule.Fix, at idp.ID) {
	p.in("h4", "", func() {
		p.text("Fix ")
		p.leaf("small", "", fmt.Sprint("by ", f.Who))
		p.text(": " + visible.Line(f.Title))
	})
	p.list("ol", shown(diag.Steps(f, at)))
	if c := f.Change; c != nil {
		p.in("p", "", func() {
			p.leaf("code", "", visible.Line(c.Name))
			p.text(":")
		})
		p.leaf("pre", "", visible.Block(c.After))
		p.details("as it is now", visible.Block(c.Before))
	}
	p.filled("pre", "", script(f.Commands))
	p.details("for PowerShell", powershell(f.Commands))
	p.details("in Terraform", visible.Block(f.Terraform))
	if f.Consequence != "" {
		p.leaf("p", "note", "Note: "+visible.Line(f.Consequence))
	}
	if len(f.Undo)+len(f.UndoSteps) > 0 {
		p.leaf("h4", "", "To undo")
		p.list("ul", shown(f.UndoSteps))
		p.filled("pre", "", script(f.Undo))
	}
}

// shown is each of the texts on one line.
func shown(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = visible.Line(s)
	}
	return out
}

// powershell is script for PowerShell.
func powershell(cs []rule.Command) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteString(visible.Block(c.PowerShell()) + "\n")
	}
	return b.String()
}
