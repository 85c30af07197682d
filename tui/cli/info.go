package cli

import (
	"fmt"
	"os"

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
				{"AWS profile", first(p.opts.profile, p.Env("AWS_PROFILE"), "default"), from(p.opts.profile, "--profile", p.Env("AWS_PROFILE"), "AWS_PROFILE", "the SDK's own default")},
				{"AWS Region", first(p.opts.region, p.Env("AWS_REGION"), p.Env("AWS_DEFAULT_REGION"), "that of the sign-in, else the profile's"), from(p.opts.region, "--region", p.Env("AWS_REGION")+p.Env("AWS_DEFAULT_REGION"), "AWS_REGION", "the sign-in")},
				{"AWS endpoint", first(p.opts.endpoint, p.Env("AWS_ENDPOINT_URL"), "AWS"), from(p.opts.endpoint, "--endpoint-url", p.Env("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL", "the SDK's own default")},
				{"AWS config file", first(p.Env("AWS_CONFIG_FILE"), "~/.aws/config"), from("", "", p.Env("AWS_CONFIG_FILE"), "AWS_CONFIG_FILE", "the SDK's own default")},
				{"colours", colours(p), "--no-color, NO_COLOR, --theme"},
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
	return first(p.opts.theme, "as the terminal tells")
}
