package cli

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
)

// usersCommand is the Connect user search, printed.
func (p *program) usersCommand() *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "users QUERY [FILE...]",
		Short: "Search the Connect users for a name, near misses included",
		Long: `users looks a name up among the Connect users and says how those it finds differ from
it: in case, in a space nobody sees, in the part before the @, by a typing error.
Connect itself compares names byte by byte. The users come from --users, --evidence,
or with --live from the instance of the capture or of --instance-id.`,
		Example: `  samlens users JDoe --users users.json
  samlens users jdoe --live --region eu-central-1 \
      --instance-id 6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911`,
		Args: takes(1, -1, "a name to look for"),
		RunE: func(c *cobra.Command, args []string) error {
			in, err := p.listing(c, args[1:])
			if err != nil {
				return err
			}
			return p.users(in, args[0], limit)
		},
	}
	p.withListing(c)
	c.Flags().IntVar(&limit, "limit", 50, "print `N` users at most")
	return c
}

type userRow struct {
	Username string  `json:"username"`
	ID       *string `json:"id"`
	Instance *string `json:"instance"`
	Match    string  `json:"match"`
	Why      *string `json:"why"`
}

func (p *program) users(in input, query string, limit int) error {
	f := in.users()
	if f.State != evidence.Known && f.State != evidence.Partial {
		if p.code == ExitHealthy {
			p.code = ExitUnusable
		}
		return fmt.Errorf("no Connect users are known; give them with --users FILE, made by aws connect list-users, or use --live")
	}
	x := roster.New(f.Value)
	rows := []userRow{}
	exact := false
	for _, r := range x.Search(query, limit) {
		exact = exact || r.Kind == roster.Exact
		rows = append(rows, userRow{r.User.Username, optional(r.User.ID), optional(r.User.Instance), r.Kind.String(), optional(r.Why)})
	}
	switch {
	case exact:
	case f.State == evidence.Partial && p.code == ExitHealthy:
		p.code = ExitUnknown
	case p.code == ExitHealthy:
		p.code = ExitBroken
	}
	if p.opts.format == "json" {
		return object(p.Out, struct {
			head
			Query    string    `json:"query"`
			Exact    bool      `json:"exact"`
			Complete bool      `json:"complete"`
			Searched int       `json:"searched"`
			Users    []userRow `json:"users"`
		}{p.head("users"), query, exact, f.State == evidence.Known, x.Len(), rows})
	}
	return p.usersText(f, query, exact, x.Len(), rows)
}

func (p *program) usersText(f evidence.Fact[[]evidence.User], query string, exact bool, all int, rows []userRow) error {
	switch {
	case exact:
		fmt.Fprintf(p.Out, "✓ Connect has a user named exactly %q\n", query)
	case f.State == evidence.Partial:
		fmt.Fprintf(p.Out, "? not among the first %d users; the list is incomplete (%s)\n", all, f.Why)
	default:
		fmt.Fprintf(p.Out, "✗ none of %d users is named exactly %q; Connect minds case\n", all, query)
	}
	if len(rows) == 0 {
		return nil
	}
	var out [][]string
	for _, r := range rows {
		out = append(out, []string{r.Username, cmp.Or(r.Match, "contains it"), value(r.Why), value(r.ID)})
	}
	return table(p.Out, []string{"USER", "MATCH", "WHY", "ID"}, out)
}

// users returns the Connect users that the evidence holds.
func (in input) users() evidence.Fact[[]evidence.User] {
	for _, v := range slices.Backward(in.diagnoses) {
		l := v.Case.Live
		if l.Users.State != evidence.Unasked {
			return l.Users
		}
		if l.Exact.State == evidence.Known {
			return l.Exact
		}
	}
	return evidence.Fact[[]evidence.User]{}
}

// alone makes a case of the evidence by itself, where no capture was given.
func (in *input) alone(p *program) {
	c := evidence.Case{Now: p.Now(), Asked: p.asked()}
	in.diagnoses = append(in.diagnoses, diag.Diagnose(c.With(in.evidence.For(c))))
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
