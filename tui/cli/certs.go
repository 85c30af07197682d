package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/signer"
	"example.com/samlens/diag/visible"
)

// certsCommand is the certificate comparison, printed.
func (p *program) certsCommand() *cobra.Command {
	var pems []string
	c := &cobra.Command{
		Use:   "certs [FILE...]",
		Short: "Put the certificates of assertion, IAM and IdP side by side",
		Long: `certs compares the certificate in the assertion with those that IAM holds (--metadata or
--live), those that the IdP publishes (--idp-metadata) and those of PEM files (--pem),
field by field, says which one verifies the signature and how far a rotation has come.`,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := p.listing(c, args)
			if err != nil {
				return err
			}
			given, err := pemFiles(pems)
			if err != nil {
				return err
			}
			return p.certs(in, given)
		},
	}
	p.withListing(c)
	c.Flags().StringArrayVar(&pems, "pem", nil, "a certificate `FILE` (PEM or DER) to compare with")
	return c
}

func pemFiles(paths []string) ([]evidence.Certificate, error) {
	var out []evidence.Certificate
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read the certificate: %w", err)
		}
		b, err := io.ReadAll(io.LimitReader(f, maxKey))
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("read the certificate: %w", err)
		}
		cs := certificate.FromPEM(b)
		if len(cs) == 0 {
			return nil, fmt.Errorf("%s holds no certificate in PEM or DER form", path)
		}
		out = append(out, cs...)
	}
	return out, nil
}

type certColumn struct {
	Origin   string            `json:"origin"`
	Use      *string           `json:"use"`
	Verifies *bool             `json:"verifies_signature"`
	Fields   map[string]string `json:"fields"`
}

func (p *program) certs(in input, given []evidence.Certificate) error {
	if len(in.diagnoses) == 0 {
		return toldError{}
	}
	d := in.diagnoses[len(in.diagnoses)-1]
	cols := signer.Columns(d.Case, given)
	if len(cols) == 0 {
		if p.code == ExitHealthy {
			p.code = ExitUnusable
		}
		return errors.New("no certificate is known; give a capture, --metadata, --idp-metadata or --pem")
	}
	rot := signer.Rotation(d.Case)
	if rot.Stage == certificate.StageBroken && p.code == ExitHealthy {
		p.code = ExitBroken
	}
	var cs []evidence.Certificate
	for _, c := range cols {
		cs = append(cs, c.Certificate)
	}
	rows := certificate.Compare(cs)
	if p.opts.format == "json" {
		out := []certColumn{}
		for i, c := range cols {
			j := certColumn{Origin: c.Certificate.Origin, Use: optional(c.Certificate.Use), Verifies: c.Verifies, Fields: map[string]string{}}
			for _, r := range rows {
				j.Fields[r.Name] = r.Values[i]
			}
			out = append(out, j)
		}
		return object(p.Out, struct {
			head
			Stage        string       `json:"stage"`
			Sentence     string       `json:"sentence"`
			Certificates []certColumn `json:"certificates"`
		}{p.head("certs"), string(rot.Stage), rot.Sentence, out})
	}
	header, verify := []string{""}, []string{"verifies signature"}
	many, nth := map[string]int{}, map[string]int{}
	for _, c := range cols {
		many[c.Title]++
	}
	for _, c := range cols {
		title := c.Title
		if nth[title]++; many[title] > 1 {
			title = fmt.Sprintf("%s %d of %d", title, nth[title], many[title])
		}
		header = append(header, title)
		verify = append(verify, yesNo(c.Verifies))
	}
	body := [][]string{verify}
	for _, r := range rows {
		name := r.Name
		if !r.Same {
			name = "≠ " + name
		}
		row := []string{name}
		for _, v := range r.Values {
			row = append(row, visible.Cut(v, 64))
		}
		body = append(body, row)
	}
	if err := table(p.Out, header, body); err != nil {
		return err
	}
	if rot.Sentence != "" {
		fmt.Fprintf(p.Out, "\n%s\n", visible.Line(rot.Sentence))
	}
	return nil
}

func yesNo(b *bool) string {
	switch {
	case b == nil:
		return "not tried"
	case *b:
		return "✓ yes"
	}
	return "✗ no"
}
