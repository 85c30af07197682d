package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/visible"
)

// The form has no standard; these are the elements and attributes that the
// readers in use agree on.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Name    string       `xml:"name,attr"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name      string      `xml:"name,attr"`
		Timestamp string      `xml:"timestamp,attr,omitempty"`
		Tests     int         `xml:"tests,attr"`
		Failures  int         `xml:"failures,attr"`
		Errors    int         `xml:"errors,attr"`
		Skipped   int         `xml:"skipped,attr"`
		Cases     []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string     `xml:"classname,attr"`
		Name    string     `xml:"name,attr"`
		Failure *junitText `xml:"failure"`
		Error   *junitText `xml:"error"`
		Skipped *junitText `xml:"skipped"`
	}
	junitText struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a suite for each capture: a case for each hop, and one for
// each rule that AWS would refuse a sign-in for. What could not be judged is
// skipped, with the reason, and never passed.
func writeJUnit(w io.Writer, r Report) error {
	out := junitSuites{Name: "samlens"}
	for _, d := range r.Captures {
		out.add(junitCapture(d))
	}
	for _, d := range r.Documents {
		out.add(junitDocument(d))
	}
	if len(r.Errors) > 0 {
		s := junitSuite{Name: "inputs"}
		for _, e := range r.Errors {
			s.Cases = append(s.Cases, junitCase{Class: "input", Name: visible.Line(e.Source + " " + e.Kind), Error: message(e.Message, "")})
		}
		out.add(s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the head: %w", err)
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("write the suites: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// add takes a suite in with its cases counted.
func (j *junitSuites) add(s junitSuite) {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	j.Suites = append(j.Suites, s)
}

func junitCapture(d diag.Diagnosis) junitSuite {
	s := junitSuite{Name: Heading(d)}
	if d.Case.AsOf.Known() {
		s.Timestamp = Stamp(d.Case.AsOf.At)
	}
	for _, l := range d.Chain {
		c := junitCase{Class: "hop", Name: l.Hop.String()}
		switch l.State {
		case chain.Failed:
			c.Failure = message(l.Why, "")
		case chain.Unchecked, chain.Unreached, chain.NotApplicable:
			c.Skipped = message(string(l.State)+": "+l.Why, "")
		case chain.Verified, chain.Inferred:
		}
		s.Cases = append(s.Cases, c)
	}
	for _, r := range d.Results {
		if r.Rule.Severity == rule.Error {
			s.Cases = append(s.Cases, junitRule(d, r))
		}
	}
	return s
}

// junitRule is a rule as a test case. A fired rule fails where its finding
// stands as an error; one that follows from another, or comes after it, is
// skipped and says so.
func junitRule(d diag.Diagnosis, r rule.Result) junitCase {
	c := junitCase{Class: "rule", Name: r.Rule.ID}
	switch r.Outcome {
	case rule.Waiting, rule.Blind:
		c.Skipped = message("not judged: evidence is missing", "")
	case rule.Silent:
		c.Skipped = message("does not apply to this sign-in", "")
	case rule.Broken:
		c.Error = message(r.Err.Error(), "")
	case rule.Fired:
		c.Skipped = message("set aside: what the sign-in shows speaks against it", "")
	case rule.Clear:
	}
	for _, f := range d.Findings {
		for _, x := range f.Folded {
			if x.ID() == r.Rule.ID {
				c.Skipped = message("follows from "+f.ID()+": "+x.Summary, "")
			}
		}
		if f.ID() != r.Rule.ID {
			continue
		}
		c.Failure, c.Skipped = nil, nil
		switch {
		case f.Severity == rule.Error:
			c.Failure = message(f.Summary, details(f))
			return c
		case f.After != "":
			c.Skipped = message("to be mended after "+f.After+": "+f.Summary, "")
		default:
			c.Skipped = message(f.Severity.String()+": "+f.Summary, "")
		}
	}
	return c
}

func junitDocument(d Document) junitSuite {
	s := junitSuite{Name: visible.Line(d.Source + " · " + d.Kind)}
	if len(d.Findings) == 0 {
		s.Cases = append(s.Cases, junitCase{Class: "document", Name: "nothing wrong was found"})
	}
	for _, f := range d.Findings {
		c := junitCase{Class: "rule", Name: f.ID()}
		if f.Severity == rule.Error {
			c.Failure = message(f.Summary, details(f))
		} else {
			c.Skipped = message(f.Severity.String()+": "+f.Summary, "")
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// details are a finding's proof and its first fix, a line each.
func details(f rule.Finding) string {
	var out strings.Builder
	for _, e := range f.Evidence {
		out.WriteString("\n" + exhibit(e))
	}
	for _, x := range f.Fixes {
		return out.String() + "\nfix (" + string(x.Who) + "): " + visible.Line(x.Title) + "\n" + script(x.Commands)
	}
	return out.String()
}

func message(s, text string) *junitText { return &junitText{visible.Line(s), text} }
