package capture

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/har"
)

// A Kind is what a source turned out to be.
type Kind string

// The kinds of captures.
const (
	KindHAR     Kind = "har"
	KindTracer  Kind = "saml-tracer"
	KindHTML    Kind = "html"
	KindCURL    Kind = "curl"
	KindForm    Kind = "form"
	KindBase64  Kind = "base64"
	KindXML     Kind = "xml"
	KindText    Kind = "text"
	KindRequest Kind = "saml-request"
)

// The kinds of documents: evidence, but no capture.
const (
	KindMetadata  Kind = "metadata"       // SAML metadata XML
	KindProvider  Kind = "saml-provider"  // aws iam get-saml-provider
	KindProviders Kind = "saml-providers" // aws iam list-saml-providers
	KindRole      Kind = "role"           // aws iam get-role
	KindPolicy    Kind = "policy"         // a bare policy, get-role-policy or get-policy-version
	KindInstance  Kind = "instance"       // aws connect describe-instance
	KindInstances Kind = "instances"      // aws connect list-instances
	KindUsers     Kind = "users"          // aws connect list-users or search-users
	KindTrail     Kind = "trail"          // CloudTrail events in any of their shapes
	KindCase      Kind = "case"           // a saved investigation
	KindKey       Kind = "pem"            // a certificate or key
	KindJSON      Kind = "json"           // JSON of no known shape
)

// IsDocument reports whether k is evidence that is no capture.
func (k Kind) IsDocument() bool {
	switch k {
	case KindMetadata, KindProvider, KindProviders, KindRole, KindPolicy, KindInstance, KindInstances, KindUsers, KindTrail, KindCase, KindKey:
		return true
	}
	return false
}

// A Source is one file, or one member of an archive or folder.
type Source struct {
	// Name is the file's name as given; members of archives and folders have
	// theirs behind it: "export.zip/har.har".
	Name string
	Kind Kind
	// SignIns are in order of time; the last is the one the user speaks of.
	SignIns []SignIn
	// Other are SAML responses posted to other service providers, where the
	// source has a sign-in to AWS.
	Other []evidence.Post
	// Document is the file's content where Kind.IsDocument.
	Document []byte
	Notes    []Note
	// Err is why the source could not be used; nil otherwise.
	Err *Error
}

// A Note tells something about the source itself, such as that it breaks
// off.
type Note struct {
	Text   string
	Offset int64 // byte of the file; -1 where it is the whole
}

// A SignIn is one SAML message on its way to a service provider.
type SignIn struct {
	Capture evidence.Capture
	// Document is the message, byte for byte as sent; nil where Problem is
	// set.
	Document []byte
	// EncodedLen is the number of base64 characters posted; 0 where the
	// capture held decoded XML, which Decoded tells.
	EncodedLen int
	Decoded    bool
	// Root names the document's root element, as far as it can be told.
	Root Root
	// Problem is why there is no document.
	Problem *Problem
	// From tells where the document was taken from if not from the message
	// itself; "" otherwise.
	From string
}

// A ProblemKind is why a sign-in has no document.
type ProblemKind string

// The kinds of problems.
const (
	Undecodable ProblemKind = "undecodable" // rule capture-undecodable
	Sanitised   ProblemKind = "sanitised"   // rule capture-sanitised
	NotRecorded ProblemKind = "not-recorded"
	NoResponse  ProblemKind = "no-response" // rule no-saml-response, or direct-visit where Capture.Direct is set
)

// A Problem is why a sign-in has no document.
type Problem struct {
	Kind ProblemKind
	// Offset is the first byte of the value concerned; -1 where unknown.
	Offset int
	Reason string // one clause, never with the value
	Next   string // what to do: one sentence
	Size   int    // length of the value as recorded
}

// attach resolves the name of a body kept in a file beside the archive.
type attach func(name string, limit int) ([]byte, error)

func span(s har.Span, pointer string) evidence.Spot {
	return evidence.Spot{In: evidence.InHAR, Path: pointer, Start: int(s.Start), End: int(s.End)}
}
