package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/trail"
)

// trailCommand is the CloudTrail pane, printed.
func (p *program) trailCommand() *cobra.Command {
	var all bool
	var limit int
	c := &cobra.Command{
		Use:   "trail [FILE...]",
		Short: "List the SAML sign-in failures that CloudTrail has",
		Long: `trail lists AssumeRoleWithSAML and Connect federation failures, newest first, from
--trail or, with --live, from CloudTrail around the sign-in of the capture. That there
is no event is no sign of health: AWS may not log what it could not read.`,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := p.listing(c, args)
			if err != nil {
				return err
			}
			return p.trail(in, all, limit)
		},
	}
	p.withListing(c)
	c.Flags().BoolVar(&all, "all", false, "successes too")
	c.Flags().IntVar(&limit, "limit", 100, "print `N` events at most")
	return c
}

type trailRow struct {
	Time         string  `json:"time"`
	Region       string  `json:"region"`
	Name         string  `json:"event"`
	Failed       bool    `json:"failed"`
	ErrorCode    *string `json:"error_code"`
	ErrorMessage *string `json:"error_message"`
	User         *string `json:"user"`
	RoleARN      *string `json:"role_arn"`
	ProviderARN  *string `json:"provider_arn"`
	SourceIP     *string `json:"source_ip"`
	Mine         bool    `json:"this_capture"`
	ID           string  `json:"event_id"`
}

func (p *program) trail(in input, all bool, limit int) error {
	if len(in.diagnoses) == 0 {
		return toldError{}
	}
	d := in.diagnoses[len(in.diagnoses)-1]
	f := d.Case.Live.Trail
	if f.State == evidence.Unasked || f.State == evidence.Denied || f.State == evidence.Failed {
		if p.code == ExitHealthy {
			p.code = ExitUnusable
		}
		return errors.New("no CloudTrail events are known; give them with --trail PATH, or use --live")
	}
	events := slices.Clone(f.Value)
	slices.SortStableFunc(events, func(a, b evidence.TrailEvent) int { return b.Time.Compare(a.Time) })
	mine := own(d, events)
	rows, ok, failed := []trailRow{}, 0, 0
	for _, e := range events {
		if !trail.SignIn(e) {
			continue
		}
		if e.Failed {
			failed++
		} else {
			ok++
		}
		if len(rows) < limit && (e.Failed || all) {
			rows = append(rows, rowOf(e, mine[e.ID]))
		}
	}
	switch {
	case p.code != ExitHealthy:
	case failed > 0:
		p.code = ExitBroken
	case f.State == evidence.Partial || ok == 0:
		p.code = ExitUnknown
	}
	if p.opts.format == "json" {
		return object(p.Out, struct {
			head
			Complete  bool       `json:"complete"`
			Succeeded int        `json:"succeeded"`
			Failed    int        `json:"failed"`
			Events    []trailRow `json:"events"`
		}{p.head("trail"), f.State != evidence.Partial, ok, failed, rows})
	}
	fmt.Fprintf(p.Out, "%d failed, %d succeeded%s\n", failed, ok, incomplete(f))
	var out [][]string
	for _, r := range rows {
		out = append(out, []string{r.Time, r.Region, value(r.ErrorCode), value(r.ErrorMessage), value(r.User), value(r.SourceIP), this(r.Mine)})
	}
	if len(out) > 0 {
		if err := table(p.Out, []string{"TIME", "REGION", "ERROR", "MESSAGE", "USER", "ADDRESS", ""}, out); err != nil {
			return err
		}
	}
	fmt.Fprintln(p.Out, "No event is not proof of health: AWS may not log an assertion it could not read.")
	return nil
}

func rowOf(e evidence.TrailEvent, mine bool) trailRow {
	return trailRow{
		Time: report.Stamp(e.Time), Region: e.Region, Name: e.Name, Failed: e.Failed, ErrorCode: optional(e.ErrorCode), ErrorMessage: optional(e.ErrorMessage),
		User: optional(trail.User(e)), RoleARN: optional(e.RoleARN), ProviderARN: optional(e.ProviderARN), SourceIP: optional(e.SourceIP), Mine: mine, ID: e.ID,
	}
}

// own are the IDs of the events of this capture's own assertion.
func own(d diag.Diagnosis, events []evidence.TrailEvent) map[string]bool {
	out := map[string]bool{}
	r := d.Case.Response.Value
	a, _ := r.First()
	for _, e := range trail.Own(events, a.ID.Value, r.ID.Value) {
		out[e.ID] = true
	}
	return out
}

func incomplete(f evidence.Fact[[]evidence.TrailEvent]) string {
	if f.State == evidence.Partial {
		return "; not all was searched: " + f.Why
	}
	return ""
}

func this(mine bool) string {
	if mine {
		return "● this capture"
	}
	return ""
}
