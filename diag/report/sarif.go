package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// writeSARIF writes SARIF 2.1.0 (OASIS, 27 March 2020). Each finding is a
// result at its bytes: of the capture, or of the response inside it, which is
// told as an artifact nested in the capture (section 3.24.3). What follows from
// a finding is none of its own.
func writeSARIF(w io.Writer, r Report) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "samlens", Version: r.Version, Language: "en", Rules: sarifRules(),
			About: sarifText{"Finds out where a SAML sign-in to Amazon Connect broke, and why."},
		}},
		Language: "en", ColumnKind: "utf16CodeUnits", Newlines: []string{"\r\n", "\n"}, Results: []sarifResult{}, Artifacts: []sarifArtifact{},
	}
	done := sarifInvocation{Successful: len(r.Errors) == 0, Ended: Stamp(r.Generated), Notes: []sarifNote{}}
	for _, d := range r.Captures {
		a := run.source(d.Case.Source)
		run.Properties.Verdicts = append(run.Properties.Verdicts, sarifVerdict{d.Case.Source, index(d.Case.Capture.Value.Entry), string(d.Verdict.State), optional(d.Verdict.Rule), visible.Line(d.Verdict.Summary)})
		run.add(d.Findings, a, &d)
	}
	for _, d := range r.Documents {
		run.add(d.Findings, run.source(d.Source), nil)
	}
	for _, e := range r.Errors {
		done.Notes = append(done.Notes, sarifNote{"error", sarifText{visible.Line(e.Message)}})
	}
	run.Invocations = []sarifInvocation{done}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// sarifRules are the whole catalogue, so that a result's ruleIndex holds
// whatever was found.
func sarifRules() []sarifRule {
	var out []sarifRule
	for _, r := range catalog.All() {
		s := sarifRule{ID: r.ID, Short: sarifText{r.Title}, Full: sarifText{r.Why}, Help: sarifText{help(r)}, Config: sarifConfig{level(r.Severity)}}
		if len(r.Refs) > 0 {
			s.HelpURI = r.Refs[0]
		}
		s.Properties.Tags = []string{"saml", r.Hop.String()}
		out = append(out, s)
	}
	return out
}

func help(r *rule.Rule) string {
	s := r.Why
	if r.Inferred != "" {
		s += "\n\nInferred: " + r.Inferred
	}
	return s + "\n\nsamlens explain " + r.ID
}

// source returns the artifact of a file, which it adds where it is new.
func (r *sarifRun) source(name string) int {
	at := uri(name)
	for i, a := range r.Artifacts {
		if a.Parent == nil && a.Location.URI == at {
			return i
		}
	}
	r.Artifacts = append(r.Artifacts, sarifArtifact{Location: &sarifURI{URI: at}, Roles: []string{"analysisTarget"}})
	return len(r.Artifacts) - 1
}

// nested returns the artifact of the response inside a capture.
func (r *sarifRun) nested(parent int) int {
	for i, a := range r.Artifacts {
		if a.Parent != nil && *a.Parent == parent {
			return i
		}
	}
	r.Artifacts = append(r.Artifacts, sarifArtifact{Parent: &parent, Location: &sarifURI{URI: "SAMLResponse.xml"}, Description: &sarifText{"the SAML response, decoded"}})
	return len(r.Artifacts) - 1
}

func (r *sarifRun) add(fs []rule.Finding, source int, d *diag.Diagnosis) {
	for _, f := range fs {
		res := sarifResult{RuleID: f.ID(), RuleIndex: catalogIndex(f.ID()), Level: level(f.Severity), Message: sarifText{visible.Line(f.Summary)}}
		res.Locations = []sarifLocation{r.location(f.At, source, d)}
		for _, e := range f.Evidence {
			l := r.location(e.At, source, d)
			l.Message = &sarifText{exhibit(e)}
			res.Related = append(res.Related, l)
		}
		res.Fingerprints = map[string]string{"samlensFinding/v1": fingerprint(f, r.Artifacts[source].Location.URI)}
		res.Properties = sarifExtra{f.Hop.String(), optional(f.After), f.Inferred, ids(f.Folded)}
		r.Results = append(r.Results, res)
	}
}

// location is a spot as a place in an artifact. What is in no file at hand (a
// policy in IAM) has its capture for a file and its path for a logical place.
func (r *sarifRun) location(s evidence.Spot, source int, d *diag.Diagnosis) sarifLocation {
	l := sarifLocation{Physical: &sarifPhysical{Artifact: sarifURI{URI: r.Artifacts[source].Location.URI, Index: &source}}}
	if s.Known() {
		l.Logical = []sarifLogical{{Name: Where(evidence.Spot{In: s.In, Path: s.Path})}}
	}
	here := s.In == evidence.InHAR
	if d != nil && s.In == evidence.InResponse {
		if here = d.Case.Capture.Value.Form == evidence.FormXML; !here {
			n := r.nested(source)
			l.Physical = &sarifPhysical{Artifact: sarifURI{URI: r.Artifacts[n].Location.URI, Index: &n}, Region: region(s)}
		}
	}
	if here {
		l.Physical.Region = region(s)
	}
	return l
}

func region(s evidence.Spot) *sarifRegion {
	if s.End <= s.Start {
		return nil
	}
	return &sarifRegion{s.Start, s.End - s.Start}
}

// fingerprint stays the same for the same fault of the same file, whatever the
// time, the IDs and the order.
func fingerprint(f rule.Finding, source string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", f.ID(), source, f.At.In, f.At.Path)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func catalogIndex(id string) int {
	for i, r := range catalog.All() {
		if r.ID == id {
			return i
		}
	}
	return -1
}

func level(s rule.Severity) string {
	switch s {
	case rule.Error:
		return "error"
	case rule.Warning:
		return "warning"
	case rule.Info, rule.Unset:
	}
	return "note"
}

// uri writes a file name as a relative or file URI.
func uri(name string) string {
	if name == "" || name == "-" {
		return "stdin"
	}
	slashed := strings.ReplaceAll(filepath.ToSlash(name), "\\", "/")
	u := url.URL{Path: slashed}
	if strings.HasPrefix(slashed, "/") {
		u.Scheme = "file"
	} else if len(slashed) > 1 && slashed[1] == ':' {
		u.Scheme, u.Path = "file", "/"+slashed
	}
	return u.String()
}
