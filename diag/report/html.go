package report

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/visible"
)

//go:embed report.css
var style string

// head begins the page, which loads nothing and runs nothing: its content
// policy says so.
const head = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
`

// writeHTML writes one page that needs nothing else.
func writeHTML(w io.Writer, r Report) error {
	p := page{bufio.NewWriter(w)}
	p.raw(head)
	p.leaf("title", "", visible.Line(title(r)))
	p.raw("<style>\n" + style + "</style>\n</head>\n<body>\n")
	p.in("main", "", func() { p.report(r) })
	p.leaf("footer", "", fmt.Sprintf("samlens %s, %s. The SAML response itself, cookies and tokens are not part of this page.", r.Version, Stamp(r.Generated)))
	p.raw("</body>\n</html>\n")
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

func title(r Report) string {
	if len(r.Captures) == 0 {
		return "samlens"
	}
	d := r.Captures[len(r.Captures)-1]
	if d.Verdict.State == chain.Broken {
		return fmt.Sprintf("samlens: %s at %s", d.Verdict.Rule, d.Verdict.Hop)
	}
	return "samlens: " + string(d.Verdict.State)
}

func (p page) report(r Report) {
	for _, d := range r.Captures {
		p.in("article", "", func() { p.capture(d) })
	}
	for _, d := range r.Documents {
		p.in("article", "", func() {
			p.leaf("h2", "", visible.Line(d.Source)+": "+visible.Line(d.Kind))
			if len(d.Findings) == 0 {
				p.leaf("p", "", "Result: "+nothing(d.Kind)+".")
			}
			p.findings(d.Findings, idp.Unknown)
		})
	}
	var alike, lost []string
	for _, c := range Clusters(r.Captures) {
		alike = append(alike, fmt.Sprintf("%d at %s by %s: %s", len(c.Sources), c.Hop, c.Rule, visible.Line(strings.Join(c.Sources, ", "))))
	}
	for _, e := range r.Errors {
		lost = append(lost, visible.Line(e.Message))
	}
	p.section("Captures that broke alike", alike)
	p.section("Not used", lost)
}

// section writes a list with its title, where there is anything on it.
func (p page) section(title string, items []string) {
	if len(items) > 0 {
		p.leaf("h2", "", title)
		p.list("ul", items)
	}
}

func (p page) capture(d diag.Diagnosis) {
	v := d.Verdict
	p.leaf("h1", string(v.State), Sentence(v))
	p.leaf("p", "heading", Heading(d))
	if v.Predicted != "" {
		p.leaf("blockquote", "", "Agents see: “"+visible.Line(v.Predicted)+"”"+seen(v))
	}
	if v.Disagreement != "" {
		p.leaf("p", "", "But: "+visible.Line(v.Disagreement))
	}
	p.table("chain", []string{"hop", "state", "why"}, func() {
		for _, l := range d.Chain {
			p.in("tr", string(l.State), func() {
				p.leaf("td", "", l.Hop.String())
				p.in("td", "", func() { p.leaf("span", "mark", Mark(l.State)+" "+string(l.State)) })
				p.leaf("td", "", Reason(l))
			})
		}
	})
	p.findings(d.Findings, d.IdP())
	p.section("Not looked at", shown(Missing(d)))
}
