package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// writeText writes for people: the verdict first, then the chain, the
// findings, and what could not be looked at.
func writeText(w io.Writer, r Report) error {
	t := text{w: bufio.NewWriter(w)}
	for i, d := range r.Captures {
		if i > 0 {
			t.line("")
		}
		t.capture(d)
		t.beside(r.Beside[i])
	}
	for _, d := range r.Documents {
		t.document(d)
	}
	for _, c := range Clusters(r.Captures) {
		t.linef("%d captures broke at %s by %s: %s", len(c.Sources), c.Hop, c.Rule, strings.Join(c.Sources, ", "))
	}
	for _, p := range r.Other {
		t.linef("also in %s: a SAML response posted to another service, %s", visible.Line(p.Source), visible.Line(host(p.URL)))
	}
	for _, e := range r.Errors {
		t.linef("not used: %s", visible.Line(e.Message))
	}
	return t.w.Flush()
}

type text struct{ w *bufio.Writer }

func (t text) line(s string)            { _, _ = t.w.WriteString(s + "\n") }
func (t text) linef(f string, a ...any) { _, _ = fmt.Fprintf(t.w, f+"\n", a...) }
func (t text) field(name, value string) { t.linef("  %-10s %s", name, value) }

func (t text) capture(d diag.Diagnosis) {
	t.line(Heading(d))
	t.line("")
	v := d.Verdict
	t.line(Sentence(v))
	if v.Predicted != "" {
		t.field("agents see", "“"+visible.Line(v.Predicted)+"”"+seen(v))
	}
	if v.Disagreement != "" {
		t.field("but", visible.Line(v.Disagreement))
	}
	t.line("")
	for _, l := range d.Chain {
		t.linef("  %s %-9s %-15s %s", Mark(l.State), l.Hop, string(l.State), Reason(l))
	}
	for i, f := range d.Findings {
		t.line("")
		t.finding(i+1, f, d.IdP())
	}
	t.missing(d)
}

// Heading names a sign-in in one line: source, entry, time, IdP.
func Heading(d diag.Diagnosis) string {
	parts := []string{"samlens", visible.Line(d.Case.Source)}
	if n := d.Case.Capture.Value.Entry; n >= 0 {
		parts = append(parts, fmt.Sprintf("entry %d", n))
	}
	if at := d.Case.AsOf; at.Known() {
		parts = append(parts, fmt.Sprintf("as of %s (%s)", at.At.UTC().Format("2006-01-02 15:04:05Z"), at.Source))
	}
	if id := d.IdP(); id != idp.Unknown {
		parts = append(parts, idp.Name(id))
	}
	return strings.Join(parts, " · ")
}

// Sentence is the verdict in one line.
func Sentence(v chain.Verdict) string {
	switch v.State {
	case chain.Broken:
		return fmt.Sprintf("✗ BROKEN at %s: %s", v.Hop, visible.Line(v.Summary))
	case chain.Healthy:
		return "✓ HEALTHY: " + visible.Line(v.Summary)
	case chain.Unknown:
	}
	return "? UNKNOWN: " + visible.Line(v.Summary)
}

func seen(v chain.Verdict) string {
	if v.Seen {
		return "  (seen in the evidence)"
	}
	return "  (predicted)"
}

// Mark is the sign of a hop's state; the state's word always stands beside it.
func Mark(s chain.State) string {
	switch s {
	case chain.Verified:
		return "✓"
	case chain.Failed:
		return "✗"
	case chain.Inferred:
		return "~"
	case chain.Unchecked:
		return "?"
	case chain.Unreached:
		return "┄"
	case chain.NotApplicable:
	}
	return "-"
}

// Reason is the rest of a hop's line.
func Reason(l chain.Link) string {
	if l.State == chain.Unreached {
		return l.Known
	}
	return visible.Line(l.Why)
}

func (t text) finding(n int, f rule.Finding, at idp.ID) {
	t.linef("%d. %s %s (%s)%s", n, f.Severity, f.ID(), f.Hop, after(f))
	t.line("   " + visible.Line(f.Summary))
	for _, e := range f.Evidence {
		t.line("   " + exhibit(e))
	}
	if len(f.Folded) > 0 {
		t.line("   follows from it: " + strings.Join(ids(f.Folded), ", "))
	}
	if len(f.Fixes) > 0 && f.Severity != rule.Info {
		t.fix(f.Fixes[0], at)
	}
}

func after(f rule.Finding) string {
	if f.After != "" {
		return ", to be mended after " + f.After
	}
	return ""
}

func ids(fs []rule.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.ID())
	}
	return out
}

func exhibit(e rule.Exhibit) string {
	s := e.What + ": " + visible.Line(visible.Cut(e.Saw, 160))
	if e.Want != "" {
		s += "   want: " + visible.Line(visible.Cut(e.Want, 160))
	}
	if w := Where(e.At); w != "" {
		s += "   (" + visible.Line(w) + ")"
	}
	return s
}

func (t text) fix(f rule.Fix, at idp.ID) {
	t.linef("   fix (%s): %s", f.Who, f.Title)
	for _, s := range diag.Steps(f, at) {
		t.line("     - " + visible.Line(s))
	}
	for _, c := range f.Commands {
		t.line("     $ " + visible.Line(c.Sh()))
	}
	if f.Consequence != "" {
		t.line("     note: " + visible.Line(f.Consequence))
	}
	for _, s := range f.UndoSteps {
		t.line("     undo: " + visible.Line(s))
	}
	for _, c := range f.Undo {
		t.line("     undo: $ " + visible.Line(c.Sh()))
	}
}

// missing says what could not be looked at and how to give it.
func (t text) missing(d diag.Diagnosis) {
	lack := Missing(d)
	if len(lack) == 0 {
		return
	}
	t.line("")
	t.line("not looked at:")
	for _, w := range lack {
		t.line("   " + w)
	}
}

// Missing says, a line each, what could not be looked at and how to give it.
func Missing(d diag.Diagnosis) []string {
	var lack evidence.Need
	for _, l := range d.Chain {
		if l.State == chain.Unchecked {
			lack |= l.Missing
		}
	}
	if lack == 0 {
		return nil
	}
	return diag.Wanted(d, lack)
}

func (t text) document(d Document) {
	t.linef("%s: %s", visible.Line(d.Source), d.Kind)
	if len(d.Findings) == 0 {
		t.line("   " + nothing(d.Kind))
	}
	for i, f := range d.Findings {
		t.finding(i+1, f, idp.Unknown)
	}
}

// nothing says what it means that nothing was found in a document.
func nothing(kind string) string {
	if kind == "trail" {
		return "no outage was found; that is no proof of health: AWS may not log an assertion it could not read"
	}
	return "nothing wrong was found"
}

func host(u string) string {
	_, rest, ok := strings.Cut(u, "://")
	if !ok {
		return u
	}
	h, _, _ := strings.Cut(rest, "/")
	return h
}
