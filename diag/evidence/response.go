package evidence

import "time"

// Response is a SAML response as it was sent, before anything judged it. Of
// a bare assertion only XML, Assertions and Signatures are filled, and
// BareAssertion is set.
type Response struct {
	// EncodedLen is the number of base64 characters posted; 0 where the
	// capture held decoded XML. AWS takes at most 100,000.
	EncodedLen int
	// Sent is the decoded document, byte for byte as sent.
	Sent []byte
	// XML is the document that spots of InResponse point into: Sent brought
	// to UTF-8, and with the EncryptedAssertion replaced by what it holds
	// where a key decrypted it.
	XML []byte
	// Encoding is the document's encoding, such as "UTF-8" or "UTF-16LE";
	// BOM tells whether it began with a byte order mark.
	Encoding string
	BOM      bool
	// Decoded tells that the capture held XML that some viewer decoded and
	// may have laid out anew.
	Decoded bool

	BareAssertion bool
	// Version is the SAML version: "2.0", or "1.1" (then nothing else is
	// filled but ID and Issuer), or "ws-federation".
	Version      string
	At           Spot
	ID           Text
	Issuer       Text
	Destination  Text
	InResponseTo Text
	Consent      Text
	IssueInstant Instant
	Status       Status
	// Assertions are those in the clear, in document order, wherever they
	// stand; Assertion.Direct tells which are children of the response.
	Assertions []Assertion
	// Encrypted are the EncryptedAssertions that are still closed.
	Encrypted []Encrypted
	// Decrypted is how many were opened with a key.
	Decrypted  int
	Signatures []Signature
	// IDs are the values of ID attributes that occur more than once.
	DuplicateIDs []string
	// Doctype is the place of a DTD; it is never processed.
	Doctype Spot
	// Disagreements are constructs that XML parsers read differently; each
	// one sentence.
	Disagreements []string
	// Trailing is the number of bytes behind the root element that are no
	// white space.
	Trailing int
}

// First returns the assertion that a report speaks of: the first in document
// order.
func (r Response) First() (Assertion, bool) {
	if len(r.Assertions) == 0 {
		return Assertion{}, false
	}
	return r.Assertions[0], true
}

// LaidOut reports whether white space in r may be a viewer's: r came as XML
// already decoded, and no digest shows that the assertion, or the response
// around it, is byte for byte what was signed.
func (r Response) LaidOut() bool {
	if !r.Decoded {
		return false
	}
	a, ok := r.First()
	for _, s := range r.Signatures {
		for _, ref := range s.References {
			if ref.Match && (ref.Covers == "document" || ref.Covers == "response" || ok && ref.Covers == "assertion" && ref.CoversID == a.ID.Value) {
				return false
			}
		}
	}
	return true
}

// An Instant is an xs:dateTime with its place.
type Instant struct {
	Text
	Time time.Time // UTC; zero where Bad or not present
	Bad  bool      // present and not an xs:dateTime in UTC or with an offset
}

// Status is the samlp:Status of a response.
type Status struct {
	Code    Text // the top-level status code URI
	SubCode Text // the second-level code: the IdP's own reason
	Message Text
	Detail  Text
	At      Spot
}

// Success reports whether the top-level code is Success.
func (s Status) Success() bool {
	return s.Code.Value == "urn:oasis:names:tc:SAML:2.0:status:Success"
}

// An Assertion is one saml:Assertion.
type Assertion struct {
	At Spot
	// Direct tells that it is a child of the response, or the root.
	Direct       bool
	WasEncrypted bool
	ID           Text
	Version      Text
	Issuer       Text
	IssueInstant Instant
	Subject      *Subject // nil where there is none
	// Conditions
	ConditionsAt Spot
	NotBefore    Instant
	NotOnOrAfter Instant
	// Audiences holds, for each AudienceRestriction, its Audience values:
	// restrictions are AND, the values of one are OR.
	Audiences [][]Text
	Authn     []AuthnStatement
	// AttributeStatements is how many there are: AWS expects one.
	AttributeStatements int
	Attributes          []Attribute
}

// Subject is the saml:Subject of an assertion.
type Subject struct {
	At              Spot
	NameID          Text
	Format          Text // the NameID's Format attribute
	NameQualifier   Text
	SPNameQualifier Text
	EncryptedID     bool
	Confirmations   []Confirmation
}

// Confirmation is one SubjectConfirmation with its data.
type Confirmation struct {
	At           Spot
	Method       Text
	HasData      bool // SubjectConfirmationData is there
	Recipient    Text // what the trust policy sees as SAML:aud
	NotBefore    Instant
	NotOnOrAfter Instant
	InResponseTo Text
	Address      Text
}

// AuthnStatement is one saml:AuthnStatement.
type AuthnStatement struct {
	At                  Spot
	AuthnInstant        Instant
	SessionNotOnOrAfter Instant
	SessionIndex        Text
	ContextClass        Text
}

// An Attribute is one SAML attribute with its values in document order.
type Attribute struct {
	At           Spot
	Name         Text
	NameFormat   Text
	FriendlyName Text
	Values       []Value
	Statement    int // the AttributeStatement it stands in, counted from 0
}

// A Value is one AttributeValue.
type Value struct {
	Text
	// Structured tells that it holds elements and not only text.
	Structured bool
	// Nil is xsi:nil="true".
	Nil bool
	// Type is xsi:type as written.
	Type string
}

// Encrypted is one EncryptedAssertion that is still closed.
type Encrypted struct {
	At           Spot
	DataMethod   string // the data encryption algorithm's URI
	KeyMethod    string // the key transport algorithm's URI
	KeyHint      string // a certificate subject or key name, where given
	WhyClosed    string // why the key given did not open it; "" where none was given
	KeyWasGiven  bool
	Certificates []Certificate
}
