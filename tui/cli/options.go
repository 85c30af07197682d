package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// options are the flags that several commands share.
type options struct {
	format   string
	asOf     string
	live     bool
	offline  bool
	profile  string
	region   string
	instance string
	endpoint string
	role     string
	askSTS   bool
	save     string
	noRedact bool
	force    bool
	yes      bool
	ascii    bool
	proposed []given
	// regionElse is the Region where neither the sign-in nor AWS's own
	// configuration names one; ownKeys are the person's keys, by action.
	regionElse string
	ownKeys    map[string][]string
	log        string
	noColor    bool
	theme      string
	mouse      bool
	evidence   []given
	keys       []string
}

// given is one file of evidence on the command line, in the order given.
type given struct{ flag, path string }

// The flags that take a file in AWS's place, and what each takes.
var evidenceFlags = []struct{ name, about string }{
	{"metadata", "SAML metadata XML, or `FILE` from aws iam get-saml-provider"},
	{"providers", "`FILE` from aws iam list-saml-providers"},
	{"role", "`FILE` from aws iam get-role, or a bare trust policy"},
	{"role-policy", "`FILE` from get-role-policy or get-policy-version, or a bare policy"},
	{"instance", "`FILE` from aws connect describe-instance"},
	{"users", "`FILE` from aws connect list-users or search-users, CSV, or a name a line"},
	{"trail", "CloudTrail `PATH`: a file or folder of events in any export shape"},
	{"idp-metadata", "metadata `FILE` that the IdP publishes now"},
	{"evidence", "`DIR` that collect wrote, or a folder of AWS CLI outputs"},
}

// evidenceFlag is one repeatable evidence flag; all append to one list, so
// that their order stays.
type evidenceFlag struct {
	name string
	to   *[]given
}

func (f evidenceFlag) String() string     { return "" }
func (f evidenceFlag) Type() string       { return "file" }
func (f evidenceFlag) Set(v string) error { *f.to = append(*f.to, given{f.name, v}); return nil }

var _ pflag.Value = evidenceFlag{}

// withEvidence adds the evidence and time flags to a command.
func (p *program) withEvidence(c *cobra.Command) {
	fs := c.Flags()
	for _, e := range evidenceFlags {
		fs.Var(evidenceFlag{e.name, &p.opts.evidence}, e.name, e.about)
	}
	fs.StringArrayVar(&p.opts.keys, "key", nil, "private key `FILE` (PEM) for an encrypted assertion; it stays in memory")
	fs.StringVar(&p.opts.asOf, "as-of", "", "judge the times as of `TIME` (RFC 3339) instead of the capture's own")
	fs.StringVar(&p.opts.role, "role-arn", "", "the role to judge where several are offered")
}

// withAWS adds the flags that say where and as whom to ask AWS.
func (p *program) withAWS(c *cobra.Command) {
	fs := c.Flags()
	fs.BoolVar(&p.opts.offline, "offline", false, "ask AWS nothing")
	fs.StringVar(&p.opts.profile, "profile", "", "AWS `PROFILE` to ask with")
	fs.StringVar(&p.opts.region, "region", "", "AWS `REGION` of the Connect instance")
	fs.StringVar(&p.opts.instance, "instance-id", "", "Connect instance `ID`")
	fs.StringVar(&p.opts.endpoint, "endpoint-url", "", "ask this `URL` instead of AWS")
}

// withLive adds --live, for the commands that ask AWS only when told to.
func (p *program) withLive(c *cobra.Command) {
	c.Flags().BoolVar(&p.opts.live, "live", false, "look things up in AWS, read-only")
}

// withFormat adds --format.
func (p *program) withFormat(c *cobra.Command, formats ...string) {
	c.Flags().StringVar(&p.opts.format, "format", formats[0], fmt.Sprintf("one of %v", formats))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// when reads --as-of; zero without it.
func (o options) when() (time.Time, error) {
	if o.asOf == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if t, err := time.Parse(form, o.asOf); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("--as-of %q is no time; write it as 2026-11-23T08:02:11Z", o.asOf)
}
