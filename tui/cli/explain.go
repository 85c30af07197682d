package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/page"
	"example.com/samlens/diag/topic"
)

// maxPasted bounds an error text read from standard input.
const maxPasted = 64 << 10

// explainCommand prints pages, offline.
func (p *program) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   `explain [RULE|TOPIC|"error text"|-]`,
		Short: "Explain a rule, a topic or a pasted error text",
		Long: `explain needs no capture: it says what an error text of AWS, Amazon Connect or IAM
Identity Center can mean, likeliest cause first, and what to collect next; what a rule
checks; or how to do a thing. However much of the text there is, and however it was
typed. Without an argument it lists everything there is.`,
		Example: `  samlens explain "Your request included an invalid SAML response"
  samlens explain certificate-rotated
  samlens explain capture-chrome`,
		ValidArgsFunction: func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var out []string
			for _, r := range catalog.All() {
				out = append(out, r.ID+"\t"+r.Title)
			}
			for _, t := range topic.All() {
				out = append(out, t.ID+"\t"+t.Title)
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			query := strings.Join(args, " ")
			if query == "" {
				fmt.Fprint(p.Out, page.List())
				return nil
			}
			if query == "-" {
				b, err := io.ReadAll(io.LimitReader(p.In, maxPasted))
				if err != nil {
					return fmt.Errorf("read the error text: %w", err)
				}
				query = string(b)
			}
			s, ok := page.Of(query)
			if !ok {
				return fmt.Errorf("nothing is known of %q; samlens explain lists the rules, topics and texts there are", query)
			}
			fmt.Fprint(p.Out, s)
			return nil
		},
	}
}
