package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// sample is a report of captures as browsers write them, one of them broken,
// and of an input that could not be used.
func sample(t *testing.T) Report {
	t.Helper()
	r := Report{Version: "1.2.3", Generated: time.Date(2027, 2, 9, 15, 0, 0, 0, time.UTC), Errors: []Problem{{"a.har", "empty", "a.har is empty", -1}}}
	for _, name := range []string{"chrome", "edge", "firefox"} {
		path := filepath.Join("..", "..", "testdata", "captures", name+".har")
		sources, err := capture.OpenPath(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range diag.Cases(sources[0], diag.Options{Now: r.Generated}) {
			r.Captures = append(r.Captures, diag.Diagnose(c))
		}
	}
	return r
}

func written(t *testing.T, format string, r Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// hostile is a diagnosis whose every value tries to leave its place.
func hostile() diag.Diagnosis {
	const bad = "<script>alert(1)</script>|`x`\x1b[31m\u202e]]> @all \"onload=\" ```\n# h"
	f := rule.Finding{
		Rule: &rule.Rule{ID: "role-missing"}, Severity: rule.Error, Hop: evidence.HopSignIn, Summary: bad,
		Evidence: []rule.Exhibit{{What: bad, Saw: bad, Want: bad, At: evidence.Spot{In: evidence.InResponse, Path: bad, Start: 3, End: 9, Line: 1}}},
		Fixes:    []rule.Fix{{Title: bad, Who: rule.IdPAdmin, Steps: []string{bad}, Commands: []rule.Command{rule.AWS("iam", bad)}, Change: &rule.Change{Name: "p.json", Before: bad, After: bad}, Consequence: bad, Undo: []rule.Command{rule.AWS(bad)}, UndoSteps: []string{bad}, Terraform: bad}},
	}
	d := diag.Diagnosis{Case: evidence.Case{Source: bad}, Findings: []rule.Finding{f}}
	d.Verdict = chain.Verdict{State: chain.Broken, Hop: evidence.HopSignIn, Rule: "role-missing", Summary: bad, Predicted: bad, Disagreement: bad}
	for _, h := range evidence.Hops() {
		d.Chain = append(d.Chain, chain.Link{Hop: h, State: chain.Failed, Why: bad})
	}
	return d
}

func TestSARIFIsValid(t *testing.T) {
	for name, r := range map[string]Report{"sample": sample(t), "empty": {Version: "1"}, "hostile": {Captures: []diag.Diagnosis{hostile()}}} {
		out := written(t, "sarif", r)
		log, err := sarif.FromString(out)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := log.Validate(); err != nil {
			t.Errorf("%s is no valid SARIF: %v", name, err)
		}
	}
}

func TestSARIFPointsAtTheBytes(t *testing.T) {
	r := sample(t)
	d := r.Captures[1] // its response lacks an attribute
	var log sarifLog
	if err := json.Unmarshal([]byte(written(t, "sarif", Report{Captures: []diag.Diagnosis{d}})), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if run.Results[0].RuleID != d.Verdict.Rule || run.Tool.Driver.Rules[run.Results[0].RuleIndex].ID != d.Verdict.Rule {
		t.Errorf("the first result is %q of rule %d, want the cause %q", run.Results[0].RuleID, run.Results[0].RuleIndex, d.Verdict.Rule)
	}
	xmlDoc, n := d.Case.Response.Value.XML, 0
	for _, res := range run.Results {
		for _, l := range append(res.Locations, res.Related...) {
			a := run.Artifacts[*l.Physical.Artifact.Index]
			if g := l.Physical.Region; g != nil && a.Parent != nil {
				if n++; g.Offset+g.Length > len(xmlDoc) {
					t.Errorf("%s points behind the response's %d bytes: %+v", res.RuleID, len(xmlDoc), *g)
				}
			}
		}
	}
	if n == 0 {
		t.Error("no result points into the response")
	}
}

func TestFingerprintsHoldStill(t *testing.T) {
	prints := func(r Report) (out []string) {
		var log sarifLog
		if err := json.Unmarshal([]byte(written(t, "sarif", r)), &log); err != nil {
			t.Fatal(err)
		}
		for _, res := range log.Runs[0].Results {
			out = append(out, res.Fingerprints["samlensFinding/v1"])
		}
		return out
	}
	r := sample(t)
	before := prints(r)
	r.Generated = r.Generated.Add(time.Hour)
	if after := prints(r); len(before) == 0 || strings.Join(before, " ") != strings.Join(after, " ") {
		t.Errorf("fingerprints moved with the clock: %v, %v", before, after)
	}
}

func TestJUnitCountsWhatItHolds(t *testing.T) {
	r := sample(t)
	var got junitSuites
	if err := xml.Unmarshal([]byte(written(t, "junit", r)), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Suites) != len(r.Captures)+1 {
		t.Fatalf("%d suites for %d captures and the inputs", len(got.Suites), len(r.Captures))
	}
	for i, d := range r.Captures {
		s := got.Suites[i]
		if (d.Verdict.State == chain.Broken) != (s.Failures > 0) {
			t.Errorf("%s: %d failures, verdict %s", s.Name, s.Failures, d.Verdict.State)
		}
		hops := 0
		for j, c := range s.Cases {
			if c.Class != "hop" {
				continue
			}
			hops++
			if st := d.Chain[j].State; (st == chain.Failed) != (c.Failure != nil) || (st == chain.Unchecked) && c.Skipped == nil {
				t.Errorf("%s: hop %s is %s, failure %v, skipped %v", s.Name, c.Name, st, c.Failure, c.Skipped)
			}
		}
		if hops != len(evidence.Hops()) || s.Tests != len(s.Cases) {
			t.Errorf("%s: %d hops, %d tests, %d cases", s.Name, hops, s.Tests, len(s.Cases))
		}
	}
	if last := got.Suites[len(got.Suites)-1]; last.Errors != 1 {
		t.Errorf("the input that could not be used makes %d errors", last.Errors)
	}
}

func TestHTMLKeepsValuesInTheirPlace(t *testing.T) {
	out := written(t, "html", Report{Version: "1", Captures: []diag.Diagnosis{hostile()}, Errors: []Problem{{"x", "x", "<b>bold</b>", 0}}})
	for _, bad := range []string{"<script", "<b>", "\x1b", "\u202e", "src=", "href=", "url(", "@import"} {
		if strings.Contains(out, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, want := range []string{"prefers-color-scheme: dark", "@media print", "&lt;script&gt;", "Content-Security-Policy"} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// A trail without an outage proves nothing, in whatever form it is told.
func TestNoFindingInATrailIsNoProofOfHealth(t *testing.T) {
	r := Report{Version: "1", Documents: []Document{{Source: "trail.json", Kind: "trail"}}}
	for _, format := range []string{"text", "markdown", "html"} {
		if out := written(t, format, r); !strings.Contains(out, "no proof of health") {
			t.Errorf("%s does not say so: %s", format, out)
		}
	}
}

func TestMarkdownKeepsValuesInTheirPlace(t *testing.T) {
	out := written(t, "markdown", Report{Version: "1", Captures: []diag.Diagnosis{hostile()}})
	fenced := false
	for line := range strings.SplitSeq(out, "\n") {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			continue
		}
		if fenced {
			continue
		}
		// The longest run of back quotes in the value is three, so that spans
		// of it have four; one that is escaped opens none.
		bare := regexp.MustCompile("````.*?````").ReplaceAllString(strings.ReplaceAll(line, "\\`", ""), "")
		if strings.Contains(bare, "<script") || strings.Contains(line, "\x1b") || strings.Contains(bare, " @all") {
			t.Errorf("a value left its place: %q", line)
		}
		if strings.HasPrefix(line, "| ") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 4 {
			t.Errorf("a value made a column: %q", line)
		}
	}
	if fenced {
		t.Error("a fence is left open")
	}
}

// TestNoFormTellsSecrets: what could sign somebody in stays in the capture.
func TestNoFormTellsSecrets(t *testing.T) {
	r := sample(t)
	var secrets []string
	for _, name := range []string{"chrome", "edge", "firefox"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "captures", name+".har"))
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, regexp.MustCompile(`[A-Za-z0-9+/]{64,}`).FindAllString(string(b), -1)...)
	}
	if len(secrets) == 0 {
		t.Fatal("the captures hold no long run of base64")
	}
	for _, f := range Formats() {
		out := written(t, f.Name, r)
		for _, s := range secrets {
			if strings.Contains(out, s[:64]) {
				t.Errorf("%s holds a run of the response", f.Name)
				break
			}
		}
		if !strings.Contains(out, "session-name-missing") {
			t.Errorf("%s does not name the cause", f.Name)
		}
	}
}
