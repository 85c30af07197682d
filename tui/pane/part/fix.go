package part

import (
	"fmt"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/diff"
)

// A Shell is for whom commands are quoted.
type Shell uint8

// The shells.
const (
	Sh Shell = iota
	PowerShell
)

// Write writes a command for the shell.
func (s Shell) Write(c rule.Command) string {
	if s == PowerShell {
		return c.PowerShell()
	}
	return c.Sh()
}

// Sign is the shell's prompt.
func (s Shell) Sign() string {
	if s == PowerShell {
		return "> "
	}
	return "$ "
}

// Says tells for whom commands are written now.
func (s Shell) Says() string {
	if s == PowerShell {
		return "commands are written for PowerShell now"
	}
	return "commands are written for sh now"
}

// Script writes commands one a line, to be pasted whole.
func (s Shell) Script(cs []rule.Command) string {
	lines := make([]string, len(cs))
	for i, c := range cs {
		lines[i] = s.Write(c)
	}
	return strings.Join(lines, "\n")
}

// Commands adds commands, each a stop that copies as one line.
func (r *Rows) Commands(id string, cs []rule.Command, s Shell, finding int) {
	for i, c := range cs {
		text := s.Write(c)
		if c.Note != "" {
			r.Text(style.Quiet, "# "+c.Note)
		}
		l := style.New(style.Plain.Of(style.Blank(r.Indent)), style.Quiet.Of(s.Sign())).Show(style.Code, text)
		r.Stop(fmt.Sprintf("%s/%d", id, i), l, r.Indent+4, Ref{Text: text, What: "command", Finding: finding})
	}
}

// Steps adds what a person has to do, numbered.
func (r *Rows) Steps(id string, steps []string, finding int) {
	for i, s := range steps {
		n := fmt.Sprintf("%d ", i+1)
		l := style.New(style.Plain.Of(style.Blank(r.Indent)), style.Quiet.Of(n), style.Plain.Of(s))
		r.Stop(fmt.Sprintf("%s/s%d", id, i), l, r.Indent+len(n), Ref{Text: s, What: "step", Finding: finding})
	}
}

// Fix adds one fix in full: who, what to do, the commands, what changes, what
// else happens and how to take it back.
func (r *Rows) Fix(id string, f rule.Fix, at idp.ID, s Shell, finding int) {
	head := style.New(style.Plain.Of(style.Blank(r.Indent)), style.Strong.Of(f.Title))
	if f.Who != "" {
		head = head.Add(style.Quiet, "  · "+Who(f.Who, at))
	}
	if f.Destructive {
		head = head.Add(style.Bad, "  · cannot be taken back")
	}
	r.Stop(id, head, r.Indent, Ref{Text: Whole(f, at, s), What: "fix", Finding: finding})
	r.Steps(id, diag.Steps(f, at), finding)
	r.Commands(id, f.Commands, s, finding)
	if f.Consequence != "" {
		r.Text(style.Warn, "! "+f.Consequence)
	}
	if f.Change != nil {
		r.Gap()
		r.Text(style.Quiet, f.Change.Name)
		for _, l := range diff.Unified(f.Change.Before, f.Change.After) {
			r.Put(style.New(style.Plain.Of(style.Blank(r.Indent))).Join(l))
		}
	}
	if len(f.Undo)+len(f.UndoSteps) > 0 {
		r.Gap()
		r.Text(style.Quiet, "to take it back:")
		r.Steps(id+"/undo", f.UndoSteps, finding)
		r.Commands(id+"/undo", f.Undo, s, finding)
	}
	if f.Terraform != "" {
		r.Gap()
		r.Text(style.Quiet, "the same in Terraform:")
		ref := Ref{Text: f.Terraform, What: "Terraform", Finding: finding}
		for line := range strings.SplitSeq(strings.TrimRight(f.Terraform, "\n"), "\n") {
			r.Stop(id+"/tf", style.New(style.Plain.Of(style.Blank(r.Indent))).Add(style.Code, strings.ReplaceAll(line, "\t", "  ")), r.Indent+2, ref)
		}
	}
}

// Who names the hand that a fix takes.
func Who(h rule.Hand, at idp.ID) string {
	if h == rule.IdPAdmin && at != idp.Unknown {
		return idp.Name(at) + " administrator"
	}
	return string(h)
}

// Mends reports whether a fix's commands change anything. Where they only look
// up what somebody has to set by hand, the steps are the fix.
func Mends(f rule.Fix) bool {
	for _, c := range f.Commands {
		verb := ""
		if len(c.Argv) > 2 && c.Argv[0] == "aws" {
			verb, _, _ = strings.Cut(c.Argv[2], "-")
		}
		switch verb {
		case "list", "get", "describe", "lookup", "search", "simulate":
		default:
			return true
		}
	}
	return false
}

// Whole is a fix as text to be pasted: its commands where they mend it, with
// the document that they refer to, else its steps, and below them the commands
// that look up what the steps ask for.
func Whole(f rule.Fix, at idp.ID, s Shell) string {
	if Mends(f) {
		return f.Script(s == PowerShell)
	}
	var out []string
	for i, step := range diag.Steps(f, at) {
		out = append(out, fmt.Sprintf("%d. %s", i+1, visible.Line(step)))
	}
	if len(f.Commands) > 0 {
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, f.Script(s == PowerShell))
	}
	return strings.Join(out, "\n")
}

// Undo is how to take a fix back, as text to be pasted; "" where it is not
// told. Beside commands, what a person has to do is a remark: it must not be
// run.
func Undo(f rule.Fix, s Shell) string {
	var out []string
	remark := ""
	if len(f.Undo) > 0 {
		remark = "# "
	}
	for _, step := range f.UndoSteps { // one line each, or the end of one would be a command
		out = append(out, remark+visible.Line(step))
	}
	if len(f.Undo) > 0 {
		out = append(out, s.Script(f.Undo))
	}
	return strings.Join(out, "\n")
}
