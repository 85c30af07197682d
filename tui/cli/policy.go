package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// policyCommand prints the permissions that the lookups take.
func (p *program) policyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "policy [FILE]",
		Short: "Print the least IAM policy that the lookups need, read-only",
		Long: `policy prints the IAM policy for exactly the lookups that samlens makes. With a capture
it names this sign-in's provider, role and instance instead of wildcards.`,
		Args: takes(0, 1, "one capture at most"),
		RunE: func(_ *cobra.Command, args []string) error {
			var c evidence.Case
			if len(args) == 1 {
				in, err := p.read(args)
				if err != nil {
					return err
				}
				p.tell(in.problems)
				if len(in.diagnoses) == 0 {
					return toldError{}
				}
				c = in.diagnoses[len(in.diagnoses)-1].Case
			}
			fmt.Fprintf(p.Out, "%s", awsx.Policy(awsx.Lookups(), awsx.ScopeOf(awsx.SubjectOf(c))))
			return nil
		},
	}
	return c
}
