package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/visible"
	"example.com/samlens/tui/style"
)

// Version is the program's version; releases set it when linking.
var Version = "0.1.0-dev"

// root is the command tree.
func (p *program) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "samlens [FILE...|-]",
		Short: "Find out where a SAML sign-in to Amazon Connect broke, and why",
		Long: `samlens reads a capture of a failed sign-in (a HAR, a SAML response, whatever the
agent managed to send) and says where the chain from the identity provider to
Amazon Connect broke, why, by what proof, and which command mends it.

On a terminal it opens the investigator; with its output redirected it prints
the report. It only reads: nothing in AWS is changed, and nothing leaves this
machine but the read-only lookups that you can switch off with --offline.`,
		Example: `  samlens login.har
  samlens demo
  samlens check login.har --metadata iam.xml --users users.json
  samlens explain "Response signature invalid"`,
		Args:          cobra.ArbitraryArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				if s := meant(c, args[0]); s != "" && !exists(args[0]) {
					return fmt.Errorf("there is no file and no command %q; did you mean %s %s?", args[0], c.Name(), s)
				}
			}
			return p.open(c.Context(), c, args)
		},
	}
	p.withEvidence(c)
	p.withAWS(c)
	p.withLook(c)
	p.withSave(c)
	p.withAskSTS(c)
	p.withLog(c)
	c.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if err := p.configure(c); err != nil {
			if !helps(c) {
				return err
			}
			fmt.Fprintln(p.Err, "samlens: "+visible.Line(err.Error()))
		}
		return p.openLog(c.Name())
	}
	c.SetUsageFunc(usage)
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; %s --help lists the flags", err, c.CommandPath())
	})
	c.AddCommand(p.commands()...)
	c.SetHelpFunc(narrow(c.HelpFunc()))
	return c
}

// helps reports whether a command works whatever the configuration file says:
// one needs it to put the file right.
func helps(c *cobra.Command) bool {
	switch c.Name() {
	case "info", "version", "man", "help", "__complete", "__completeNoDesc":
		return true
	}
	return c.Parent() != nil && c.Parent().Name() == "completion"
}

// commands are the commands below the root.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{
		p.checkCommand(), p.demoCommand(), p.explainCommand(),
		p.usersCommand(), p.trailCommand(), p.certsCommand(),
		p.diffCommand(), p.preflightCommand(), p.watchCommand(), p.collectCommand(), p.redactCommand(),
		p.policyCommand(), p.infoCommand(), p.versionCommand(), p.manCommand(), p.emulateCommand(),
	}
}

// withLook adds the flags that say how the screen looks.
func (p *program) withLook(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&p.opts.theme, "theme", "", "`NAME`: auto, "+strings.Join(style.Names(), ", "))
	_ = c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(append([]string{"auto"}, style.Names()...), cobra.ShellCompDirectiveNoFileComp))
	fs.BoolVar(&p.opts.noColor, "no-color", false, "no colours (also NO_COLOR)")
	fs.BoolVar(&p.opts.ascii, "ascii", false, "draw with ASCII characters alone")
	fs.BoolVar(&p.opts.mouse, "mouse", false, "take the mouse from the terminal")
}
