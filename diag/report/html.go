package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// The page loads nothing and runs nothing: a content policy in it says so, and
// html/template escapes every value for its place.
//
//go:embed report.html.tmpl
var pageText string

var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(functions).Parse(pageText))
})

var functions = template.FuncMap{
	"line": visible.Line, "lines": visible.Block, "mark": Mark, "sign": sign, "where": Where, "reason": Reason, "heading": Heading,
	"sentence": Sentence, "seen": seen, "missing": Missing, "stamp": Stamp, "steps": diag.Steps, "ids": ids,
	"script": script, "powershell": powershell, "join": strings.Join, "cut": func(s string) string { return visible.Cut(s, 400) },
	"section": func(fs []rule.Finding, at idp.ID) section { return section{fs, at} },
}

// section is a list of findings and the identity provider that their steps
// are for.
type section struct {
	Findings []rule.Finding
	At       idp.ID
}

// writeHTML writes one page that needs nothing else.
func writeHTML(w io.Writer, r Report) error {
	data := struct {
		Report
		Title    string
		Clusters []Cluster
	}{r, title(r), Clusters(r.Captures)}
	if err := pageTemplate().Execute(w, data); err != nil {
		return fmt.Errorf("fill in the page: %w", err)
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

// powershell is script for PowerShell.
func powershell(cs []rule.Command) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteString(visible.Block(c.PowerShell()) + "\n")
	}
	return b.String()
}
