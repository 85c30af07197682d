// Package markup reads XML as evidence: a flat list of nodes, each with the
// bytes it came from, its line and its namespace, and nothing resolved that
// the document does not hold itself.
//
// It processes no DTD, follows no reference to another document, bounds
// size, depth and number of nodes, and knows nothing of SAML. Everything
// that points into an XML document points by the places found here.
package markup

import "fmt"

// Limits of what is read. AWS takes 100,000 base64 characters, so all of
// them are far beyond what a sign-in can carry; metadata may have 10,000,000
// characters.
const (
	MaxBytes = 32 << 20  // bytes of a document, in UTF-8
	MaxDepth = 256       // elements inside one another, as libxml2 has it
	MaxNodes = 1_500_000 // nodes, attributes among them
)

// A SyntaxError is the reason why a document cannot be read, and the place.
type SyntaxError struct {
	Offset       int // byte in the document, in UTF-8
	Line, Column int // 1-based; Column counts bytes
	Reason       string
}

// Error is one sentence without any of the document's text but names.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}
