package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand prints the manual page, made of the same tables as --help.
func (p *program) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man [COMMAND]", Short: "Print the manual page", Args: takes(0, 1, "one command at most"),
		RunE: func(c *cobra.Command, args []string) error {
			about := c.Root()
			if len(args) == 1 {
				found, _, err := about.Find(args)
				if err != nil || found == about {
					return fmt.Errorf("%q is no command of samlens", args[0])
				}
				about = found
			}
			if _, err := io.WriteString(p.Out, manual(about)); err != nil {
				return fmt.Errorf("write the manual page: %w", err)
			}
			return nil
		},
	}
}

// manual is a command's page in the macros of man(7). It bears no date: what
// it tells is the version's.
func manual(c *cobra.Command) string {
	c.InitDefaultHelpFlag()
	var m roff
	m.line(`.TH "%s" "1" "" "samlens %s" "samlens"`, strings.ToUpper(pageName(c)), plain(Version))
	m.line(".SH NAME\n%s \\- %s", pageName(c), plain(c.Short))
	m.line(".SH SYNOPSIS\n\\fB%s\\fR%s", plain(c.CommandPath()), plain(strings.TrimPrefix(c.UseLine(), c.CommandPath())))
	m.line(".SH DESCRIPTION")
	m.text(cmp.Or(c.Long, c.Short+"."))
	m.options("OPTIONS", c.NonInheritedFlags())
	m.options("OPTIONS OF EVERY COMMAND", c.InheritedFlags())
	if c.HasExample() {
		m.line(".SH EXAMPLES")
		m.text(c.Example)
	}
	var also []string
	if c.HasParent() {
		also = append(also, c.Parent().CommandPath())
	}
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			also = append(also, below.CommandPath())
		}
	}
	slices.Sort(also)
	for i, path := range also {
		also[i] = `\fB` + plain(strings.ReplaceAll(path, " ", "-")) + `\fR(1)`
	}
	if len(also) > 0 {
		m.line(".SH SEE ALSO\n%s", strings.Join(also, ",\n"))
	}
	return m.String()
}

func pageName(c *cobra.Command) string {
	return plain(strings.ReplaceAll(c.CommandPath(), " ", "-"))
}

// roff is a page in the making.
type roff struct{ strings.Builder }

func (m *roff) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// text writes paragraphs, which empty lines part; lines that are indented are
// kept as they are.
func (m *roff) text(s string) {
	kept := false
	for l := range strings.SplitSeq(strings.Trim(s, "\n"), "\n") {
		if keep := strings.HasPrefix(l, " "); keep != kept && l != "" {
			m.line(map[bool]string{true: ".PP\n.nf", false: ".fi"}[keep])
			kept = keep
		}
		if l == "" {
			m.line(".PP")
			continue
		}
		m.line("%s", plain(l))
	}
	if kept {
		m.line(".fi")
	}
}

// options writes a section of flags, with the names of their arguments and what
// they are without being given.
func (m *roff) options(title string, fs *pflag.FlagSet) {
	if !fs.HasAvailableFlags() {
		return
	}
	m.line(".SH %s", title)
	fs.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Deprecated != "" {
			return
		}
		m.line(".TP")
		argument, about := pflag.UnquoteUsage(f)
		name := `\fB` + plain("--"+f.Name) + `\fR`
		if f.Shorthand != "" {
			name = `\fB` + plain("-"+f.Shorthand) + `\fR, ` + name
		}
		if argument != "" {
			name += ` \fI` + plain(argument) + `\fR`
		}
		if !slices.Contains([]string{"", "false", "[]", "0", "0s"}, f.DefValue) {
			about += " (default " + f.DefValue + ")"
		}
		m.line("%s\n%s", name, plain(about))
	})
}

// plain is a text that man shows as it is: hyphens as they are typed, and none
// of it taken for a macro.
func plain(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}
