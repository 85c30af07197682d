package report

import (
	"encoding/json"
	"io"
	"time"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Schema names the JSON form. Keys are only ever added to it.
const Schema = "samlens/report/1"

func writeJSON(w io.Writer, r Report) error {
	out := jsonReport{
		Schema: Schema, Version: r.Version, GeneratedAt: Stamp(r.Generated),
		Captures: []jsonCapture{}, Documents: []jsonDocument{}, Other: []jsonPost{}, Clusters: []jsonCluster{}, Errors: []jsonProblem{},
	}
	for i, d := range r.Captures {
		j := captureJSON(d)
		j.STS, j.WhatIf = stsJSON(r.Beside[i].STS), whatIfJSON(r.Beside[i].WhatIf)
		out.Captures = append(out.Captures, j)
	}
	for _, d := range r.Documents {
		out.Documents = append(out.Documents, jsonDocument{d.Source, d.Kind, findingsJSON(d.Findings, idp.Unknown)})
	}
	for _, p := range r.Other {
		out.Other = append(out.Other, jsonPost{p.Source, p.URL, index(p.Entry)})
	}
	for _, c := range Clusters(r.Captures) {
		out.Clusters = append(out.Clusters, jsonCluster{c.Hop.String(), c.Rule, len(c.Sources), c.Sources})
	}
	for _, e := range r.Errors {
		out.Errors = append(out.Errors, jsonProblem{e.Source, e.Kind, e.Message, index(e.Offset)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func captureJSON(d diag.Diagnosis) jsonCapture {
	c, k := d.Case, d.Case.Capture.Value.Clock
	at := k.Started
	if at.IsZero() {
		at = k.AWS
	}
	out := jsonCapture{
		Source: c.Source, Entry: index(c.Capture.Value.Entry), CapturedAt: instant(at),
		AsOf: instant(c.AsOf.At), AsOfSource: string(c.AsOf.Source), IdP: string(d.IdP()), ServiceProvider: string(d.ServiceProvider()),
		Findings: findingsJSON(d.Findings, d.IdP()), Assertion: assertionJSON(d), Signature: signatureJSON(d),
	}
	if d.ForConnect.State == evidence.Known {
		v := d.ForConnect.Value
		out.Connect = &v
	}
	if o := c.Capture.Value.Observed; o != nil {
		out.Observed = &jsonObserved{o.Text, optional(o.ID), optional(o.Code), number(o.HTTPStatus), optional(o.RequestID), optional(o.RoleARN), Where(o.Where)}
	}
	out.Verdict, out.Chain = verdictJSON(d.Verdict), chainJSON(d.Chain)
	return out
}

func findingsJSON(fs []rule.Finding, at idp.ID) []jsonFinding {
	out := []jsonFinding{}
	for _, f := range fs {
		j := jsonFinding{
			Rule: f.ID(), Severity: f.Severity.String(), Hop: f.Hop.String(), Summary: f.Summary,
			After: optional(f.After), Now: optional(f.Now), Inferred: f.Inferred, Evidence: []jsonExhibit{}, Follows: []string{},
		}
		for _, e := range f.Evidence {
			j.Evidence = append(j.Evidence, jsonExhibit{e.What, Where(e.At), e.Saw, optional(e.Want)})
		}
		for _, x := range f.Folded {
			j.Follows = append(j.Follows, x.ID())
		}
		if len(f.Fixes) > 0 {
			j.Fix = fixJSON(f.Fixes[0], at)
		}
		out = append(out, j)
	}
	return out
}

func fixJSON(f rule.Fix, at idp.ID) *jsonFix {
	out := jsonFix{
		Summary: f.Title, Who: string(f.Who), Steps: append([]string{}, diag.Steps(f, at)...), Commands: []string{}, PowerShell: []string{}, Rollback: []string{},
		Consequence: optional(f.Consequence), Terraform: optional(f.Terraform),
	}
	if c := f.Change; c != nil {
		out.Change = &jsonChange{c.Name, c.Before, c.After}
	}
	for _, c := range f.Commands {
		out.Commands = append(out.Commands, c.Sh())
		out.PowerShell = append(out.PowerShell, c.PowerShell())
	}
	out.Rollback = append(out.Rollback, f.UndoSteps...)
	for _, c := range f.Undo {
		out.Rollback = append(out.Rollback, c.Sh())
	}
	return &out
}

// Where writes a spot as reports print it: document, path and line.
func Where(s evidence.Spot) string {
	if !s.Known() {
		return ""
	}
	out := string(s.In)
	if s.Path != "" {
		out += ":" + s.Path
	}
	if s.Line > 0 {
		out += " line " + itoa(s.Line)
	}
	return out
}

// Stamp writes an instant as reports do: RFC 3339, UTC.
func Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(time.RFC3339Nano)
	return &s
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func index(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

func number(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
