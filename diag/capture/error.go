package capture

import "strings"

// An ErrorKind is why a source cannot be used.
type ErrorKind string

// The kinds of errors.
const (
	ErrMissing    ErrorKind = "missing"     // no such file
	ErrUnreadable ErrorKind = "unreadable"  // the file system or stream said no
	ErrEmpty      ErrorKind = "empty"       // no bytes
	ErrUnknown    ErrorKind = "unknown"     // nothing that is understood
	ErrBroken     ErrorKind = "broken"      // a known form, but broken
	ErrNoSAML     ErrorKind = "no-response" // a good capture without a SAML response
	ErrNotSAML    ErrorKind = "not-saml"    // base64 or XML of something else
	ErrTooLarge   ErrorKind = "too-large"
	ErrNoCapture  ErrorKind = "no-capture" // a folder or archive without one
)

// An Error is a source that cannot be used. Its text is one sentence: what
// was found, where, and what to do next.
type Error struct {
	Kind   ErrorKind
	Source string
	// Found is what was found instead: one clause.
	Found string
	// Offset is the byte concerned; -1 where it is the whole.
	Offset int64
	// Next is what to do; a clause that begins with a verb.
	Next string
	// SignIn is set where Kind is ErrNoSAML: the capture as far as it goes,
	// with Found, Direct and the exchanges, for a report at hop capture.
	SignIn *SignIn
	Err    error // the cause, if another package reported it
}

// Error is one sentence.
func (e *Error) Error() string {
	s := e.Found
	if e.Source != "" {
		s = printable(e.Source, 200) + ": " + s
	}
	if e.Next != "" {
		s += "; " + strings.ToLower(e.Next[:1]) + e.Next[1:]
	}
	return strings.TrimSuffix(s, ".")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func fail(kind ErrorKind, found, next string) *Error {
	return &Error{Kind: kind, Found: found, Next: next, Offset: -1}
}
