package report

import (
	"bufio"
	"fmt"
	"io"

	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Findings returns findings as the JSON form has them, for commands with an
// object of their own.
func Findings(fs []rule.Finding) any { return findingsJSON(fs, idp.Unknown) }

// WriteFindings writes findings as the text form has them, numbered from one.
func WriteFindings(w io.Writer, fs []rule.Finding) error {
	t := text{w: bufio.NewWriter(w)}
	for i, f := range fs {
		t.finding(i+1, f, idp.Unknown)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("write the findings: %w", err)
	}
	return nil
}
