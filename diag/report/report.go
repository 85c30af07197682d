// Package report writes diagnoses out: as text for people, as JSON and other
// forms for programs.
//
// It decides nothing and shows what package diag concluded. No form holds the
// SAML response itself, a cookie or a token.
package report

import (
	"fmt"
	"io"
	"time"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A Report is what one run found.
type Report struct {
	Version   string
	Generated time.Time
	// Captures are the sign-ins, sources in the order given and sign-ins in
	// order of time.
	Captures []diag.Diagnosis
	// Beside holds, by index of Captures, what was asked for beside.
	Beside map[int]Beside
	// Documents are metadata, policies or trails that were given to be
	// checked by themselves.
	Documents []Document
	// Other are posts of SAML responses to other service providers.
	Other []Post
	// Errors are inputs and lookups that failed.
	Errors []Problem
}

// A Document is a file that is no capture and was checked by itself.
type Document struct {
	Source, Kind string
	Findings     []rule.Finding
}

// A Post is a SAML response that went to another service provider.
type Post struct {
	Source string
	evidence.Post
}

// A Problem is an input or a lookup that could not be used.
type Problem struct {
	Source, Kind, Message string
	Offset                int // -1 where none
}

// A Format writes reports in one way.
type Format struct {
	Name  string // as given to --format
	About string
	Write func(io.Writer, Report) error
}

// Formats returns the formats there are.
func Formats() []Format {
	return []Format{
		{"text", "for people", writeText},
		{"json", "the stable form for programs: samlens/report/1", writeJSON},
		{"markdown", "a digest for a ticket or a chat", writeMarkdown},
		{"html", "one page that needs nothing else, for reading and printing", writeHTML},
		{"sarif", "SARIF 2.1.0, for code scanning and pipelines", writeSARIF},
		{"junit", "JUnit XML, a test case for each hop and each error rule", writeJUnit},
	}
}

// Write writes r in the format of that name.
func Write(w io.Writer, format string, r Report) error {
	for _, f := range Formats() {
		if f.Name == format {
			if err := f.Write(w, r); err != nil {
				return fmt.Errorf("write the %s report: %w", format, err)
			}
			return nil
		}
	}
	return fmt.Errorf("%q is no report format", format)
}
