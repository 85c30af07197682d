package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samlens/diag"
	"example.com/samlens/diag/contrast"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/visible"
)

// diffCommand compares a sign-in that works with one that does not.
func (p *program) diffCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "diff GOOD BAD",
		Short: "Say in what two sign-ins differ as far as AWS minds",
		Long: `diff puts the last sign-in of two captures side by side: one that works and one that does
not, of two people or of yesterday and today. IDs, instants, signature values and whose
name it is are left out; of names the form is compared, of times the distances.

The exit code is that of check for both captures together.`,
		Example: `  samlens diff alice.har bob.har
  samlens diff monday.har today.har --evidence account/`,
		Args: takes(2, 2, "two captures, the good one first,"),
		RunE: func(c *cobra.Command, args []string) error {
			in, err := p.listing(c, args)
			if err != nil {
				return err
			}
			return p.diff(in, args[0], args[1])
		},
	}
	p.withListing(c)
	return c
}

type diffSide struct {
	Source string  `json:"source"`
	State  string  `json:"state"`
	Hop    *string `json:"hop"`
	Rule   *string `json:"rule"`
	Says   string  `json:"summary"`
}

type diffRow struct {
	What    string   `json:"what"`
	Hop     string   `json:"hop"`
	Good    []string `json:"good"`
	Bad     []string `json:"bad"`
	Suspect bool     `json:"suspect"`
}

func (p *program) diff(in input, goodPath, badPath string) error {
	good, gok := of(in, goodPath)
	bad, bok := of(in, badPath)
	p.code = exitCode(in, len(in.lookups) > 0)
	if !gok || !bok {
		p.code = ExitUnusable
		if p.opts.format == "json" {
			return p.diffJSON(nil, nil, contrast.Contrast{}, in)
		}
		return toldError{}
	}
	c := contrast.Of(good, bad)
	if p.opts.format == "json" {
		return p.diffJSON(side(good), side(bad), c, in)
	}
	fmt.Fprintln(p.Out, "good  "+report.Heading(good)+"\n      "+report.Sentence(good.Verdict))
	fmt.Fprintln(p.Out, "bad   "+report.Heading(bad)+"\n      "+report.Sentence(bad.Verdict))
	fmt.Fprintln(p.Out, "\n"+visible.Line(c.Sentence()))
	if len(c.Different) > 0 {
		fmt.Fprintln(p.Out)
	}
	for _, r := range rows(c) {
		mark := " "
		if r.Suspect {
			mark = "≠"
		}
		fmt.Fprintf(p.Out, "%s %s (%s)\n", mark, r.What, r.Hop)
		fmt.Fprintf(p.Out, "    good  %s\n    bad   %s\n", listed(r.Good), listed(r.Bad))
	}
	if len(c.Alike) > 0 {
		fmt.Fprintln(p.Out, "\nalike: "+strings.Join(c.Alike, ", "))
	}
	return nil
}

func (p *program) diffJSON(good, bad *diffSide, c contrast.Contrast, in input) error {
	out := struct {
		head
		Good    *diffSide `json:"good"`
		Bad     *diffSide `json:"bad"`
		Summary string    `json:"summary"`
		Rows    []diffRow `json:"differences"`
		Alike   []string  `json:"alike"`
		Errors  []string  `json:"errors"`
	}{head: p.head("diff"), Good: good, Bad: bad, Rows: rows(c), Alike: append([]string{}, c.Alike...), Errors: []string{}}
	if good != nil {
		out.Summary = c.Sentence()
	}
	for _, e := range append(in.problems, in.lookups...) {
		out.Errors = append(out.Errors, e.Message)
	}
	return object(p.Out, out)
}

// of returns the last sign-in of a path: of a file, or of what is in an
// archive or folder.
func of(in input, path string) (diag.Diagnosis, bool) {
	for _, v := range slices.Backward(in.diagnoses) {
		if s := v.Case.Source; s == path || strings.HasPrefix(s, strings.TrimRight(path, "/")+"/") {
			return v, true
		}
	}
	return diag.Diagnosis{}, false
}

func side(d diag.Diagnosis) *diffSide {
	s := &diffSide{Source: d.Case.Source, State: string(d.Verdict.State), Rule: optional(d.Verdict.Rule), Says: d.Verdict.Summary}
	if d.Verdict.Rule != "" {
		s.Hop = optional(d.Verdict.Hop.String())
	}
	return s
}

func rows(c contrast.Contrast) []diffRow {
	out := []diffRow{}
	suspects := map[string]bool{}
	for _, a := range c.Suspects() {
		suspects[a.Name] = true
	}
	for _, a := range c.Different {
		out = append(out, diffRow{a.Name, a.Hop.String(), append([]string{}, a.Good...), append([]string{}, a.Bad...), suspects[a.Name]})
	}
	return out
}

func listed(values []string) string {
	if len(values) == 0 {
		return "(none)"
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = visible.Line(visible.Cut(v, 200))
	}
	return strings.Join(out, "\n          ")
}
