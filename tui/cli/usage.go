package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usage prints how a command is used, as Cobra does but for flags, which it
// breaks at helpWidth. Cobra takes another layout as a template too; but a
// program with a template in it keeps every method of every client of AWS,
// since the linker cannot know which of them a template calls: 4 MB.
func usage(c *cobra.Command) error {
	w := c.OutOrStderr()
	fmt.Fprintln(w, "Usage:")
	if c.Runnable() {
		fmt.Fprintln(w, "  "+c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintln(w, "  "+c.CommandPath()+" [command]")
	}
	if c.HasExample() {
		fmt.Fprintln(w, "\nExamples:\n"+c.Example)
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintln(w, "\nAvailable Commands:")
		for _, below := range c.Commands() {
			if below.IsAvailableCommand() || below.Name() == "help" {
				fmt.Fprintf(w, "  %-*s %s\n", below.NamePadding(), below.Name(), below.Short)
			}
		}
	}
	flagUsage(w, "Flags", c.LocalFlags())
	flagUsage(w, "Global Flags", c.InheritedFlags())
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\nUse %q for more information about a command.\n", c.CommandPath()+" [command] --help")
	}
	return nil
}

func flagUsage(w io.Writer, title string, fs *pflag.FlagSet) {
	if fs.HasAvailableFlags() {
		fmt.Fprintf(w, "\n%s:\n%s\n", title, strings.TrimRight(fs.FlagUsagesWrapped(helpWidth), " \n"))
	}
}

// takes checks how many arguments a command is given, and says in words what
// it takes. most below 0 sets no limit.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		n := len(args)
		if n >= least && (most < 0 || n <= most) {
			return nil
		}
		given := fmt.Sprintf("was given %d", n)
		if n == 0 {
			given = "was given none"
		}
		return fmt.Errorf("%s takes %s and %s; %s --help shows how", c.Name(), what, given, c.CommandPath())
	}
}

// meant returns the command that a name which is no file was perhaps meant to
// be; "" where it is like none.
func meant(c *cobra.Command, name string) string {
	if strings.ContainsAny(name, "./\\") {
		return ""
	}
	c.SuggestionsMinimumDistance = 2
	for _, s := range c.SuggestionsFor(name) {
		return s
	}
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
