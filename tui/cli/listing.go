package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/report"
	"example.com/samlens/diag/visible"
)

// listing reads what a listing command works on: captures if any, and the
// evidence beside them, looked up where --live asks for it.
func (p *program) listing(c *cobra.Command, paths []string) (input, error) {
	if p.opts.format != "text" && p.opts.format != "json" {
		return input{}, fmt.Errorf("--format %q is neither text nor json", p.opts.format)
	}
	in, err := p.read(paths)
	if err != nil {
		return in, err
	}
	if len(paths) == 0 {
		in.alone(p)
	}
	failed := p.opts.live && !p.opts.offline && p.lookUp(c.Context(), &in)
	p.tell(append(in.problems, in.lookups...))
	switch {
	case len(in.problems) > 0:
		p.code = ExitUnusable
	case failed:
		p.code = ExitUnknown
	}
	return in, nil
}

// withListing adds the flags of a listing command.
func (p *program) withListing(c *cobra.Command) {
	p.withFormat(c, "text", "json")
	p.withEvidence(c)
	p.withAWS(c)
	p.withLive(c)
}

// table writes rows in columns.
func table(w io.Writer, head []string, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range append([][]string{head}, rows...) {
		for i, cell := range r {
			r[i] = visible.Line(cell)
		}
		if _, err := fmt.Fprintln(t, strings.Join(r, "\t")); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// object writes one JSON object under the name of its command.
func object(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write the JSON: %w", err)
	}
	return nil
}

// head is what every JSON answer begins with.
type head struct {
	Schema      string `json:"schema"`
	Version     string `json:"version"`
	GeneratedAt string `json:"generated_at"`
}

func (p *program) head(command string) head {
	return head{"samlens/" + command + "/1", Version, report.Stamp(p.Now())}
}
