package cli

import (
	"fmt"
	"runtime/debug"
	"sort"
	"strings"

	"github.com/spf13/cobra"
)

// versionCommand prints the version and, asked, what is built in.
func (p *program) versionCommand() *cobra.Command {
	var licenses bool
	c := &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(p.Out, "samlens", Version)
			if licenses {
				p.modules()
			}
			return nil
		},
	}
	c.Flags().BoolVar(&licenses, "licenses", false, "also list the modules that are built in, with their licences")
	return c
}

// modules lists the modules that are linked in.
func (p *program) modules() {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintln(p.Out, "this binary carries no build information")
		return
	}
	fmt.Fprintln(p.Out, info.GoVersion)
	mods := append([]*debug.Module(nil), info.Deps...)
	sort.Slice(mods, func(i, j int) bool { return mods[i].Path < mods[j].Path })
	for _, m := range mods {
		fmt.Fprintf(p.Out, "%-58s %-40s %s\n", m.Path, m.Version, licence(m.Path))
	}
}

// licence names a module's licence. Only modules that this program links are
// in the table; a test compares it with the build.
func licence(path string) string {
	switch {
	case strings.HasPrefix(path, "github.com/aws/"), path == "github.com/spf13/cobra",
		path == "github.com/russellhaering/goxmldsig", path == "github.com/mattermost/xml-roundtrip-validator", path == "github.com/jonboulle/clockwork":
		return "Apache-2.0"
	case strings.HasPrefix(path, "golang.org/x/"), path == "github.com/atotto/clipboard", path == "github.com/spf13/pflag",
		path == "github.com/go-json-experiment/json", path == "github.com/klauspost/compress":
		return "BSD-3-Clause"
	case path == "github.com/beevik/etree", path == "github.com/crewjam/saml":
		return "BSD-2-Clause"
	}
	return "MIT"
}
