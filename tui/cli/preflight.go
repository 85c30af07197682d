package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/preflight"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// preflightCommand looks the account over before it breaks.
func (p *program) preflightCommand() *cobra.Command {
	var regions []string
	c := &cobra.Command{
		Use:   "preflight",
		Short: "Look the whole account over, before a sign-in breaks",
		Long: `preflight reads every SAML provider, every role that trusts one and the Connect
instances of the Regions given, and says what is broken or about to break: certificates
near their end (by X.509; IAM's ValidUntil says nothing of them), weak keys, metadata
that IAM could not take again, drift from what the IdP publishes (--idp-metadata), roles
that trust a provider that is gone or ask for what no SAML sign-in carries, instances
that no role leads into.

It asks AWS, read-only; with evidence given, or --offline, it looks at the files alone.

Exit codes: 0 nothing is broken; 1 something is; 2 an input could not be used; 3 part of
the account could not be looked at. Warnings alone are 0.`,
		Example: `  samlens preflight --regions eu-central-1,us-east-1
  samlens preflight --idp-metadata published.xml
  samlens preflight --offline --evidence evidence/`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.preflight(c.Context(), regions) },
	}
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	p.withFormat(c, names...)
	p.withEvidence(c)
	p.withAWS(c)
	c.Flags().StringSliceVar(&regions, "regions", nil, "the `REGIONS` of the Connect instances; the configured one if none are given")
	return c
}

func (p *program) preflight(ctx context.Context, regions []string) error {
	if err := p.opts.formatKnown(); err != nil {
		return err
	}
	a, problems := p.given()
	unusable, inFiles := len(problems) > 0, len(a.Providers)+len(a.Roles)+len(a.Instances) > 0
	if p.opts.offline && !inFiles && !unusable {
		return errors.New("--offline leaves nothing to look at; give --evidence DIR, --metadata or --role")
	}
	if !p.opts.offline && !inFiles && !unusable {
		api, err := p.aws(ctx, evidence.Case{})
		if err != nil {
			return err
		}
		if len(regions) == 0 {
			regions = p.home(ctx, api)
		}
		problems = append(problems, fill(&a, awsx.Survey(ctx, api, regions, p.surveying()))...)
	}
	subjects := preflight.Check(a)
	p.code = grade(subjects, unusable, len(problems) > 0)
	p.tell(problems)
	return p.showAccount(a, subjects, problems)
}

// home is the Region that the credentials are configured for.
func (p *program) home(ctx context.Context, api awsx.API) []string {
	id, err := api.Identity(ctx)
	if err != nil || id.Region == "" {
		return nil // the survey tells
	}
	return []string{id.Region}
}

func (p *program) surveying() func(string) {
	return func(what string) {
		if p.ErrTerminal {
			fmt.Fprintln(p.Err, "  … "+what)
		}
	}
}

// fill takes over what a survey found, and returns what it could not.
func fill(a *preflight.Account, v awsx.Inventory) (problems []report.Problem) {
	lack := func(s evidence.State, why string) {
		if s == evidence.Denied || s == evidence.Failed || s == evidence.Partial {
			if e := (report.Problem{Source: "aws", Kind: "lookup", Message: why, Offset: -1}); !slices.Contains(problems, e) {
				problems = append(problems, e)
			}
		}
	}
	lack(v.Identity.State, v.Identity.Why)
	lack(v.Providers.State, v.Providers.Why)
	lack(v.Roles.State, v.Roles.Why)
	lack(v.Instances.State, v.Instances.Why)
	for _, f := range v.Permissions {
		lack(f.State, f.Why)
	}
	a.Providers, a.Roles, a.Permissions, a.Instances = v.Providers.Value, v.Roles.Value, v.Permissions, v.Instances.Value
	a.AllRoles = v.Roles.State == evidence.Known
	if v.Providers.State == evidence.Known {
		a.Names = evidence.Have(namesOf(v.Providers.Value), v.Providers.Source)
	}
	return problems
}

func namesOf(ps []evidence.Provider) []evidence.ProviderName {
	out := []evidence.ProviderName{}
	for _, pr := range ps {
		out = append(out, evidence.ProviderName{ARN: pr.ARN, CreateDate: pr.CreateDate, ValidUntil: pr.ValidUntil})
	}
	return out
}

// given is the account as the evidence files tell it, each file for itself: in
// a folder there may be several providers and roles.
func (p *program) given() (preflight.Account, []report.Problem) {
	a := preflight.Account{Now: p.Now(), Permissions: map[string]evidence.Fact[[]evidence.Policy]{}}
	var in input
	var all []folder.File
	for _, g := range p.opts.evidence {
		files, bad := folder.Open(folder.Flag("--"+g.flag), g.path)
		in.note(bad)
		all = append(all, files...)
		for _, f := range files {
			ev, bad := folder.Read([]folder.File{f})
			in.note(bad)
			taken(&a, ev.For(evidence.Case{Now: p.Now()}))
		}
	}
	whole, _ := folder.Read(all) // its problems were told file by file
	if l := whole.For(evidence.Case{Now: p.Now()}); len(a.Roles) == 1 {
		a.Permissions[a.Roles[0].ARN] = l.Permissions
	}
	return a, in.problems
}

// taken adds what one file says.
func taken(a *preflight.Account, l evidence.Live) {
	if v, ok := l.Provider.Get(); ok {
		if v.Metadata.Source == "" || v.ARN == "" {
			v.Metadata.Source = l.Provider.Source
		}
		a.Providers = append(a.Providers, v)
	}
	if v, ok := l.Providers.Get(); ok {
		a.Names = evidence.Have(v, l.Providers.Source)
	}
	if v, ok := l.IdPMetadata.Get(); ok {
		a.Published = append(a.Published, v)
	}
	for _, r := range l.Roles.Value {
		if !r.Missing && !slices.ContainsFunc(a.Roles, func(o evidence.Role) bool { return o.ARN == r.ARN && r.ARN != "" }) {
			a.Roles = append(a.Roles, r)
		}
	}
	if v, ok := l.Instance.Get(); ok && !slices.ContainsFunc(a.Instances, func(o evidence.Instance) bool { return o.ID == v.ID }) {
		a.Instances = append(a.Instances, v)
	}
}

// grade settles the exit code.
func grade(subjects []preflight.Subject, unusable, unseen bool) int {
	for _, s := range subjects {
		unseen = unseen || len(s.Open) > 0
		if slices.ContainsFunc(s.Findings, func(f rule.Finding) bool { return f.Severity == rule.Error }) {
			return ExitBroken
		}
	}
	switch {
	case unusable:
		return ExitUnusable
	case unseen:
		return ExitUnknown
	}
	return ExitHealthy
}

func (p *program) showAccount(a preflight.Account, subjects []preflight.Subject, problems []report.Problem) error {
	switch p.opts.format {
	case "text":
		return p.accountText(a, subjects)
	case "json":
		return p.accountJSON(a, subjects, problems)
	}
	r := report.Report{Version: Version, Generated: p.Now(), Errors: problems}
	for _, s := range subjects {
		r.Documents = append(r.Documents, report.Document{Source: s.ID, Kind: s.Kind, Findings: s.Findings})
	}
	return report.Write(p.Out, p.opts.format, r)
}

func (p *program) accountText(a preflight.Account, subjects []preflight.Subject) error {
	if len(subjects) == 0 {
		return nil // why, was told; a table of nothing would look like an account in order
	}
	var rows [][]string
	for _, s := range subjects {
		rows = append(rows, []string{s.Kind, s.ID, ends(a, s), verdictOf(s)})
	}
	if err := table(p.Out, []string{"WHAT", "NAME", "CERTIFICATE ENDS", ""}, rows); err != nil {
		return err
	}
	for _, s := range subjects {
		if len(s.Findings)+len(s.Open) > 0 {
			fmt.Fprintf(p.Out, "\n%s %s\n", s.Kind, visible.Line(s.ID))
		}
		if err := report.WriteFindings(p.Out, s.Findings); err != nil {
			return err
		}
		for _, o := range s.Open {
			fmt.Fprintln(p.Out, "not judged: "+visible.Line(o))
		}
	}
	return nil
}

// ends is when the first and the last signing certificate of a provider end.
func ends(a preflight.Account, s preflight.Subject) string {
	from, to := endsOf(a, s)
	switch {
	case from.IsZero():
		return ""
	case from.Equal(to):
		return from.Format(time.DateOnly)
	}
	return from.Format(time.DateOnly) + " … " + to.Format(time.DateOnly)
}

func endsOf(a preflight.Account, s preflight.Subject) (earliest, latest time.Time) {
	for _, pr := range a.Providers {
		if s.Kind == "provider" && (pr.ARN == s.ID || pr.ARN == "" && pr.Metadata.Source == s.ID) {
			return preflight.Ends(pr)
		}
	}
	return earliest, latest
}

func verdictOf(s preflight.Subject) string {
	var out []string
	for _, f := range s.Findings {
		if f.Severity > rule.Info && !slices.Contains(out, f.ID()) {
			out = append(out, f.ID())
		}
	}
	switch {
	case len(out) == 0 && len(s.Open) > 0:
		return "? not judged"
	case len(out) == 0:
		return "✓"
	case s.Findings[0].Severity == rule.Error:
		return "✗ " + strings.Join(out, ", ")
	}
	return "! " + strings.Join(out, ", ")
}

func (p *program) accountJSON(a preflight.Account, subjects []preflight.Subject, problems []report.Problem) error {
	type subject struct {
		Kind     string   `json:"kind"`
		ID       string   `json:"id"`
		Earliest *string  `json:"certificate_earliest_end"`
		Latest   *string  `json:"certificate_latest_end"`
		Ways     []string `json:"roles_leading_in"`
		Findings any      `json:"findings"`
		Open     []string `json:"not_judged"`
	}
	type problem struct {
		Source  string `json:"source"`
		Kind    string `json:"kind"`
		Message string `json:"message"`
	}
	out := struct {
		head
		Subjects []subject `json:"subjects"`
		Errors   []problem `json:"errors"`
	}{p.head("preflight"), []subject{}, []problem{}}
	for _, s := range subjects {
		j := subject{Kind: s.Kind, ID: s.ID, Findings: report.Findings(s.Findings), Open: append([]string{}, s.Open...), Ways: []string{}}
		if from, to := endsOf(a, s); !from.IsZero() {
			j.Earliest, j.Latest = optional(report.Stamp(from)), optional(report.Stamp(to))
		}
		for _, i := range a.Instances {
			if s.Kind == "instance" && (i.ARN == s.ID || i.ID == s.ID) {
				ways, _ := a.Ways(i)
				j.Ways = append(j.Ways, ways...)
			}
		}
		out.Subjects = append(out.Subjects, j)
	}
	for _, e := range problems {
		out.Errors = append(out.Errors, problem{e.Source, e.Kind, e.Message})
	}
	return object(p.Out, out)
}
