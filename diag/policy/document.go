package policy

import (
	"strconv"
	"strings"
)

// MaxDocument is the longest document that Parse reads, in bytes. AWS's own
// limits lie between 2,048 (trust policies) and 20,480 characters.
const MaxDocument = 64 << 10

// The versions of the policy language. Variables need the newer one; a
// document without a version is of the older.
const (
	Version2008 = "2008-10-17"
	Version2012 = "2012-10-17"
)

// A Span is a range of bytes in a policy's Text.
type Span struct{ Start, End int }

// Known reports whether the span covers anything.
func (s Span) Known() bool { return s.End > s.Start }

// A Policy is a parsed policy document.
type Policy struct {
	// Name is what the caller calls the policy; Parse leaves it empty.
	Name string
	// Text is the document that all spans point into: the one given to
	// Parse, or what it held where it was URL-encoded.
	Text string
	// Version is the Version element as written; "" where there is none.
	Version   string
	VersionAt Span
	ID        string
	// Statements are in document order. A lone statement that is no list is
	// one statement.
	Statements []Statement
	// StatementsAt is the value of the Statement element.
	StatementsAt Span
	// Problems are the things in it that AWS refuses or that are not
	// certain to mean what they seem to.
	Problems []Problem
}

// Variables reports whether ${…} is a variable in this document and not
// literal text.
func (p Policy) Variables() bool { return p.Version == Version2012 }

// Refused returns the first problem for which AWS would not store the
// document.
func (p Policy) Refused() (Problem, bool) {
	for _, x := range p.Problems {
		if x.Refused {
			return x, true
		}
	}
	return Problem{}, false
}

// A Problem is something wrong with a document that is otherwise readable.
type Problem struct {
	At   Span
	Text string // one clause, lower case
	// Refused tells that AWS does not store such a document. A document
	// that came from AWS cannot have such a problem, a proposed one can.
	Refused bool
}

// A Statement is one statement of a policy.
type Statement struct {
	At     Span
	Index  int // counted from 0
	Sid    string
	Effect string // "Allow" or "Deny"; anything else decides nothing
	// Principals are those of Principal, or of NotPrincipal where
	// NotPrincipal is set. HasPrincipal tells an element that is there from
	// one that is not, as in identity policies.
	Principals   []Principal
	HasPrincipal bool
	NotPrincipal bool
	PrincipalAt  Span
	Actions      []Term
	NotAction    bool
	ActionAt     Span
	Resources    []Term
	HasResource  bool
	NotResource  bool
	ResourceAt   Span
	Conditions   []Condition
	ConditionAt  Span
}

// Allow reports whether the statement's effect is Allow.
func (s Statement) Allow() bool { return s.Effect == "Allow" }

// A Term is a string of a document with its place, quotes included.
type Term struct {
	Value string
	At    Span
}

// A Principal is one value of a Principal or NotPrincipal element.
type Principal struct {
	Kind string // "*", "AWS", "Federated", "Service", "CanonicalUser"
	Term
}

// A Condition is one operator with one key: IAM joins several by AND.
type Condition struct {
	Operator string // as written, set prefix and IfExists included
	Key      string // as written
	Values   []Term
	At       Span // from the key to the end of its values
	op       operator
	known    bool
}

// An Error is a document that cannot be read as a policy.
type Error struct {
	Offset    int // byte of Text
	Line, Col int // 1-based; Col in bytes
	Problem   string
}

// Error tells the line and column and what is wrong there.
func (e *Error) Error() string {
	return "line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Col) + ": " + e.Problem
}

func errorAt(text string, offset int, problem string) *Error {
	offset = min(max(offset, 0), len(text))
	before := text[:offset]
	return &Error{
		Offset:  offset,
		Line:    1 + strings.Count(before, "\n"),
		Col:     offset - strings.LastIndexByte(before, '\n'),
		Problem: problem,
	}
}
