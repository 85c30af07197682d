package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// writeMarkdown writes a digest for a ticket or a chat: the verdict, the chain
// as a table, the cause with its proof, the fix's commands, and what was not
// looked at. Findings that are worth knowing only are named in one line.
func writeMarkdown(w io.Writer, r Report) error {
	m := markdown{text{w: bufio.NewWriter(w)}}
	for i, d := range r.Captures {
		if i > 0 {
			m.line("\n---\n")
		}
		m.capture(d)
	}
	for _, d := range r.Documents {
		m.linef("## %s: %s\n", plain(d.Source), plain(d.Kind))
		if len(d.Findings) == 0 {
			m.line("Result: " + nothing(d.Kind) + ".\n")
		}
		m.findings(d.Findings, idp.Unknown)
	}
	if cs := Clusters(r.Captures); len(cs) > 0 {
		m.line("\n## Captures that broke alike\n")
		for _, c := range cs {
			m.linef("- %d at **%s** by `%s`: %s", len(c.Sources), c.Hop, c.Rule, plain(strings.Join(c.Sources, ", ")))
		}
	}
	for _, e := range r.Errors {
		m.linef("\n> not used: %s", plain(e.Message))
	}
	m.linef("\n_samlens %s, %s_", r.Version, Stamp(r.Generated))
	return m.w.Flush()
}

type markdown struct{ text }

func (m markdown) capture(d diag.Diagnosis) {
	v := d.Verdict
	m.linef("## %s\n", plain(Sentence(v)))
	m.linef("%s\n", plain(Heading(d)))
	if v.Predicted != "" {
		m.linef("Agents see: %s%s\n", code(v.Predicted), seen(v))
	}
	if v.Disagreement != "" {
		m.linef("But: %s\n", plain(v.Disagreement))
	}
	m.line("| hop | state | why |\n| --- | --- | --- |")
	for _, l := range d.Chain {
		m.linef("| %s | %s %s | %s |", l.Hop, Mark(l.State), l.State, plain(Reason(l)))
	}
	m.line("")
	m.findings(d.Findings, d.IdP())
	if lack := Missing(d); len(lack) > 0 {
		m.line("### Not looked at\n")
		for _, s := range lack {
			m.linef("- %s", plain(s))
		}
	}
}

func (m markdown) findings(fs []rule.Finding, at idp.ID) {
	var notes []string
	for _, f := range fs {
		if f.Severity == rule.Info {
			notes = append(notes, fmt.Sprintf("`%s`: %s", f.ID(), plain(f.Summary)))
			continue
		}
		m.linef("### %s %s: `%s`%s\n", sign(f.Severity), f.Severity, f.ID(), after(f))
		m.linef("%s\n", plain(f.Summary))
		for _, e := range f.Evidence {
			m.line("- " + proof(e))
		}
		if len(f.Folded) > 0 {
			m.linef("- follows from it: %s", strings.Join(ids(f.Folded), ", "))
		}
		if len(f.Fixes) > 0 {
			m.mend(f.Fixes[0], at)
		}
		m.line("")
	}
	if len(notes) > 0 {
		m.line("### Worth knowing\n")
		for _, n := range notes {
			m.line("- " + n)
		}
		m.line("")
	}
}

func (m markdown) mend(f rule.Fix, at idp.ID) {
	m.linef("\n**Fix** (%s): %s\n", f.Who, plain(f.Title))
	for i, s := range diag.Steps(f, at) {
		m.linef("%d. %s", i+1, plain(s))
	}
	if c := f.Change; c != nil {
		m.linef("\n`%s`:\n", c.Name)
		m.fence("json", c.After)
	}
	m.commands(f.Commands)
	if f.Consequence != "" {
		m.linef("\nNote: %s", plain(f.Consequence))
	}
	if len(f.Undo)+len(f.UndoSteps) > 0 {
		m.line("\nTo undo:\n")
	}
	for _, s := range f.UndoSteps {
		m.linef("- %s", plain(s))
	}
	m.commands(f.Undo)
}

func (m markdown) commands(cs []rule.Command) {
	if len(cs) > 0 {
		m.fence("sh", script(cs))
	}
}

// fence writes a block of code. The fence is longer than any run of back
// quotes in it, so that no value closes it.
func (m markdown) fence(language, s string) {
	f := strings.Repeat("`", max(3, ticks(s)+1))
	m.linef("\n%s%s\n%s\n%s", f, language, strings.TrimRight(visible.Block(s), "\n"), f)
}

// script is commands as a shell takes them, a note before each.
func script(cs []rule.Command) string {
	var b strings.Builder
	for _, c := range cs {
		if c.Note != "" {
			b.WriteString("# " + visible.Line(c.Note) + "\n")
		}
		b.WriteString(visible.Block(c.Sh()) + "\n")
	}
	return b.String()
}

func proof(e rule.Exhibit) string {
	s := plain(e.What) + ": " + code(e.Saw)
	if e.Want != "" {
		s += ", wanted " + code(e.Want)
	}
	if w := Where(e.At); w != "" {
		s += " (" + plain(w) + ")"
	}
	return s
}

// code writes a value as a code span, byte for byte but for what cannot be
// seen.
func code(s string) string {
	if s == "" {
		return "(empty)"
	}
	s = visible.Line(visible.Cut(s, 160))
	f := strings.Repeat("`", ticks(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return f + s + f
}

// ticks is the longest run of back quotes in s.
func ticks(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// plain writes running text so that nothing in it is taken for markup, for a
// mention or for a column's end. An underscore or an @ inside a word is none
// of these and stays, for people read the source as well.
func plain(s string) string {
	s = visible.Line(s)
	var b strings.Builder
	before := ' '
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		inside := wordly(before) && wordly(next)
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '@' && (before == ' ' || before == '('):
			b.WriteString("&#64;")
		case strings.ContainsRune("\\`*[]|~", r), r == '_' && !inside, r == '#' && !inside:
			b.WriteByte('\\')
			fallthrough
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// sign is the mark of a severity; the severity's word always stands beside it.
func sign(s rule.Severity) string {
	switch s {
	case rule.Error:
		return Mark(chain.Failed)
	case rule.Warning:
		return "!"
	case rule.Info, rule.Unset:
	}
	return "·"
}
