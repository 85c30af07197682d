package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/visible"
)

// checkCommand is the diagnosis without a screen.
func (p *program) checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE...|-",
		Short: "Print the diagnosis of captures, without a screen",
		Long: `check reads captures (and documents such as SAML metadata), diagnoses them and prints
the report. It asks AWS nothing unless --live is given.

Exit codes: 0 nothing is broken; 1 something is; 2 an input could not be used, or the
command line is wrong; 3 nothing broken was found, but part of what was asked could
not be judged.`,
		Args: takes(1, -1, "at least one capture"),
		RunE: func(c *cobra.Command, args []string) error { return p.report(c.Context(), args) },
	}
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	p.withFormat(c, names...)
	p.withEvidence(c)
	p.withAWS(c)
	p.withLive(c)
	p.withSave(c)
	p.withWhatIf(c)
	p.withAskSTS(c)
	return c
}

// report diagnoses files, prints the report and settles the exit code.
func (p *program) report(ctx context.Context, paths []string) error {
	if err := p.opts.formatKnown(); err != nil {
		return err
	}
	if err := errors.Join(p.maySave(), p.mayAskSTS()); err != nil {
		return err
	}
	if p.opts.askSTS && !p.opts.live {
		return errors.New("--ask-sts asks AWS, so it needs --live")
	}
	in, err := p.read(paths)
	if err != nil {
		return err
	}
	p.note("read", "sign_ins", len(in.diagnoses), "documents", len(in.documents), "unusable", len(in.problems))
	// An assertion lives for five minutes: it is sent before anything else.
	answers := p.askAll(ctx, in, p.real())
	failed := false
	if p.opts.live && !p.opts.offline {
		failed = p.lookUp(ctx, &in)
	}
	outcomes, err := p.whatIf(&in)
	if err != nil {
		return err
	}
	for i, a := range answers {
		answers[i] = compare(a, in.diagnoses[i])
	}
	in.beside = beside(outcomes, answers)
	if err := p.saveCase(in.diagnoses); err != nil {
		return err
	}
	return p.write(in, failed)
}

// write prints the report and settles the exit code. What could not be used is
// told on stderr too, so that it is seen when the report goes to a file.
func (p *program) write(in input, lookupFailed bool) error {
	p.code = exitCode(in, lookupFailed)
	p.tell(in.problems)
	if len(in.diagnoses)+len(in.documents) == 0 && p.opts.format != "json" {
		return toldError{}
	}
	return report.Write(p.Out, p.opts.format, report.Report{
		Version: Version, Generated: p.Now(), Captures: in.diagnoses, Beside: in.beside, Documents: in.documents, Other: in.other,
		Errors: append(in.problems, in.lookups...),
	})
}

func (p *program) tell(problems []report.Problem) {
	for _, e := range problems {
		fmt.Fprintln(p.Err, "samlens: "+visible.Line(e.Message))
	}
}

func (o options) formatKnown() error {
	for _, f := range report.Formats() {
		if o.format == f.Name {
			return nil
		}
	}
	return fmt.Errorf("--format %q is none of the formats there are; samlens check --help lists them", o.format)
}

// exitCode speaks of the last sign-in of each source: as it is, or, where a
// change was proposed, as it would be.
func exitCode(in input, lookupFailed bool) int {
	broken, unknown := false, lookupFailed
	for i, d := range in.diagnoses {
		if !in.isLast(i) {
			continue
		}
		v := d.Verdict
		if o := in.beside[i].WhatIf; o != nil {
			v = o.After.Verdict // what was asked is what would be
		}
		switch v.State {
		case chain.Broken:
			broken = true
		case chain.Unknown:
			unknown = true
		case chain.Healthy:
		}
	}
	for _, d := range in.documents {
		for _, f := range d.Findings {
			broken = broken || f.Severity.String() == "error"
		}
	}
	switch {
	case broken:
		return ExitBroken
	case len(in.problems) > 0:
		return ExitUnusable
	case unknown:
		return ExitUnknown
	}
	return ExitHealthy
}
