package whatif

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// Text writes an outcome for people: what was put in place of what, what
// clears, what stays, what is new, and the verdict that would follow.
func (o Outcome) Text() string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("What if, as nobody has changed it yet:")
	for _, s := range o.Placed {
		line("  with %s", visible.Line(s))
	}
	for _, part := range []struct {
		mark, word string
		of         []rule.Finding
	}{{"✓", "clears", o.Cleared}, {"!", "new", o.New}, {"·", "stays", o.Stayed}} {
		for _, f := range part.of {
			line("  %s %-6s %s (%s, %s): %s", part.mark, part.word, f.ID(), f.Severity, f.Hop, visible.Line(f.Summary))
		}
	}
	v := o.After.Verdict
	switch v.State {
	case chain.Broken:
		line("  ✗ it would still be broken at %s by %s: %s", v.Hop, v.Rule, visible.Line(v.Summary))
	case chain.Healthy:
		line("  ✓ every hop of this sign-in would hold")
	case chain.Unknown:
		line("  ? nothing broken would be left, but: %s", visible.Line(v.Summary))
	}
	return b.String()
}

// Errors are the new findings that would break the sign-in.
func (o Outcome) Errors() []rule.Finding {
	var out []rule.Finding
	for _, f := range o.New {
		if f.Severity == rule.Error {
			out = append(out, f)
		}
	}
	return out
}
