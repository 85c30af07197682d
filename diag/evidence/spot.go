package evidence

// A Doc names a document that findings point into.
type Doc string

// The documents of a case. TrailDoc and PolicyDoc make the numbered ones.
const (
	InHAR         Doc = "har"          // the capture file
	InResponse    Doc = "response"     // the decoded SAML response (after decryption: the decrypted document)
	InMetadata    Doc = "metadata"     // the metadata that IAM holds
	InIdPMetadata Doc = "idp-metadata" // the metadata that the IdP publishes
	InTrust       Doc = "trust"        // the role's trust policy
	InPermissions Doc = "permissions"  // the role's permission policies
	InInstance    Doc = "instance"     // connect:DescribeInstance
	InUsers       Doc = "users"        // the Connect user list
	InTrail       Doc = "trail"        // CloudTrail events
	InGuardrails  Doc = "guardrails"   // SCPs and RCPs
	InPage        Doc = "page"         // the HTML that AWS answered
)

// A Spot is a place in the evidence that a finding points at and a pane can
// show.
type Spot struct {
	// In is the document.
	In Doc
	// Path leads to the place inside it: a JSON pointer in JSON documents, a
	// path such as "/Response/Assertion[1]/Issuer" in XML ones, a user name,
	// policy name or event ID in lists.
	Path string
	// Start and End are the place's bytes in the document; equal where
	// unknown.
	Start, End int
	// Line is the 1-based line of Start; 0 where unknown.
	Line int
}

// Known reports whether the spot points anywhere.
func (s Spot) Known() bool { return s.In != "" }

// A Text is a string of a document together with its place. The zero Text is
// one that is not there.
type Text struct {
	// Value is the text exactly as sent, white space and all, entities
	// resolved.
	Value string
	// Present tells an empty text from one that is not there.
	Present bool
	At      Spot
}
