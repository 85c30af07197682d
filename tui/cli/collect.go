package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/collect"
	"example.com/samlens/diag"
	"example.com/samlens/diag/visible"
)

// collectCommand writes evidence down, or the script that makes it.
func (p *program) collectCommand() *cobra.Command {
	var script bool
	var shell string
	c := &cobra.Command{
		Use:   "collect FILE DIR | --script FILE",
		Short: "Write down what AWS says of a sign-in, or print a script that does",
		Long: `collect asks AWS all that the diagnosis of a capture needs, read-only, and writes the
answers into a folder, call, time and output together. --evidence reads it back, on any
machine and without AWS, and the diagnosis is the same.

With --script it asks nothing: it prints a script of read-only aws commands with which a
colleague who has the rights makes that folder.`,
		Example: `  samlens collect login.har evidence/
  samlens check login.har --evidence evidence/
  samlens collect --script login.har > collect.sh
  samlens collect --script --shell powershell login.har > collect.ps1`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case script && len(args) != 1:
				return errors.New("collect --script takes one capture")
			case !script && len(args) != 2:
				return errors.New("collect takes a capture and the folder to write, or --script and a capture")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			in, err := p.read(args[:1])
			if err != nil {
				return err
			}
			p.tell(in.problems)
			if len(in.diagnoses) == 0 {
				return toldError{}
			}
			d := in.diagnoses[len(in.diagnoses)-1]
			if script {
				return p.script(d, shell)
			}
			return p.collect(c.Context(), d, args[1])
		},
	}
	p.withEvidence(c)
	p.withAWS(c)
	c.Flags().BoolVar(&script, "script", false, "print a script of aws commands instead of asking")
	c.Flags().StringVar(&shell, "shell", string(collect.POSIX), "write the script for `SHELL`: sh or powershell")
	_ = c.RegisterFlagCompletionFunc("shell", cobra.FixedCompletions([]string{string(collect.POSIX), string(collect.PowerShell)}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (p *program) script(d diag.Diagnosis, shell string) error {
	sh := collect.Shell(shell)
	if sh != collect.POSIX && sh != collect.PowerShell {
		return fmt.Errorf("--shell %q is neither sh nor powershell", shell)
	}
	fmt.Fprint(p.Out, collect.Script(d.Case, sh))
	return nil
}

func (p *program) collect(ctx context.Context, d diag.Diagnosis, dir string) error {
	if p.opts.offline {
		return errors.New("collect asks AWS, which --offline forbids; collect --script does not")
	}
	api, err := p.aws(ctx, d.Case)
	if err != nil {
		return err
	}
	lost := 0
	c, names, err := collect.Collect(ctx, api, d.Case, awsx.Lookups(), dir, func(e awsx.Event) {
		p.progress(e)
		if _, bad := failure(e); bad {
			lost++
		}
	})
	if err != nil {
		return err
	}
	for _, n := range names {
		fmt.Fprintln(p.Out, visible.Line(n))
	}
	if lost > 0 {
		p.code = ExitUnknown
		fmt.Fprintf(p.Err, "samlens: lookups that failed: %d; the folder says which, and why\n", lost)
	}
	fmt.Fprintf(p.Err, "samlens: %s\n", visible.Line(diag.Diagnose(c).Verdict.Summary))
	return nil
}
