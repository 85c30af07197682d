package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// infoCommand says where settings come from.
func (p *program) infoCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "info", Short: "Say where settings, AWS profile and Region come from", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cwd, err := os.Getwd()
			if err != nil {
				cwd = "unknown: " + err.Error()
			}
			rows := [][]string{
				{"version", Version, "built in"},
				{"configuration", first(p.settings.Path, "none"), p.configuration()},
				{"AWS profile", first(p.opts.profile, p.Env("AWS_PROFILE"), "default"), p.whence("profile", from("", "", p.Env("AWS_PROFILE"), "AWS_PROFILE", "the SDK's own default"))},
				p.regionRow(),
				{"AWS endpoint", first(p.opts.endpoint, p.Env("AWS_ENDPOINT_URL"), "AWS"), from(p.opts.endpoint, "--endpoint-url", p.Env("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL", "the SDK's own default")},
				{"AWS config file", first(p.Env("AWS_CONFIG_FILE"), "~/.aws/config"), from("", "", p.Env("AWS_CONFIG_FILE"), "AWS_CONFIG_FILE", "the SDK's own default")},
				{"theme", first(p.opts.theme, "as the terminal tells"), p.whence("theme", "built in")},
				{"colours", colours(p), p.whenceColours()},
				{"mouse", onOff(p.opts.mouse), p.whence("mouse", "built in")},
				{"ASCII alone", onOff(p.opts.ascii), p.whence("ascii", "the locale tells what can be drawn")},
				{"own keys", p.ownKeys(), p.whenceKeys()},
				{"log", first(p.opts.log, "none"), from(p.opts.log, "--log", "", "", "built in")},
				{"views are saved in", cwd, "the working directory"},
				{"caches", "none", "what AWS says is kept in memory only"},
			}
			if err := table(p.Out, []string{"SETTING", "VALUE", "FROM"}, rows); err != nil {
				return err
			}
			if p.opts.live {
				return p.whoAmI(c)
			}
			fmt.Fprintln(p.Out, "\nsamlens info --live asks AWS whose credentials these are.")
			return nil
		},
	}
	p.withAWS(c)
	p.withLive(c)
	return c
}

// whoAmI asks STS whose the credentials are.
func (p *program) whoAmI(c *cobra.Command) error {
	api, err := p.aws(c.Context(), evidence.Case{})
	if err != nil {
		return err
	}
	for e := range awsx.Redo(c.Context(), api, evidence.Case{}, awsx.Find(evidence.NeedIdentity)) {
		if err, lost := failure(e); lost {
			p.code = ExitUnknown
			return err
		}
		if id, ok := e.Live.Identity.Get(); ok {
			fmt.Fprintf(p.Out, "\ncredentials of %s in account %s, Region %s\n", id.ARN, id.Account, id.Region)
		}
	}
	return nil
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func from(flag, flagName, env, envName, other string) string {
	switch {
	case flag != "":
		return flagName
	case env != "":
		return envName
	}
	return other
}

func colours(p *program) string {
	if p.look("NO_COLOR") != "" {
		return "off"
	}
	return "as many as the terminal has"
}

func (p *program) whenceColours() string {
	switch {
	case p.opts.noColor:
		return "--no-color"
	case p.Env("NO_COLOR") != "":
		return "NO_COLOR"
	}
	return "the terminal"
}

// configuration says whether the configuration file is there.
func (p *program) configuration() string {
	switch {
	case p.settings.Path == "":
		return "neither XDG_CONFIG_HOME nor HOME is set"
	case !p.settings.Found:
		return "there is no such file; nothing is missing without it"
	}
	return "read"
}

// regionRow says which Region is asked where the sign-in names none.
func (p *program) regionRow() []string {
	if p.opts.region != "" {
		return []string{"AWS Region", p.opts.region, "--region"}
	}
	env := first(p.Env("AWS_REGION"), p.Env("AWS_DEFAULT_REGION"))
	return []string{"AWS Region", "the sign-in's, else " + first(env, p.opts.regionElse, "the profile's"), first(from("", "", env, "AWS_REGION", ""), p.whence("region", "the sign-in"))}
}

func (p *program) ownKeys() string {
	if len(p.opts.ownKeys) == 0 {
		return "none"
	}
	var names []string
	for name := range p.opts.ownKeys {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (p *program) whenceKeys() string {
	if len(p.opts.ownKeys) == 0 {
		return "built in"
	}
	return p.settings.Path
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
