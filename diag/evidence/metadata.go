package evidence

// Metadata is a SAML metadata document as far as it could be read.
type Metadata struct {
	// Document is the document as it is held, byte for byte.
	Document []byte
	Source   string
	BOM      bool
	Encoding string
	// Problem is why it could not be parsed; "" where it could. ProblemAt is
	// the place.
	Problem   string
	ProblemAt Spot
	Entities  []Entity
	// HasDoctype tells of a DTD, which is never processed.
	HasDoctype bool
}

// An Entity is one EntityDescriptor with an IDPSSODescriptor.
type Entity struct {
	At         Spot
	ID         Text
	ValidUntil Instant
	// Signing are the certificates whose use is signing or not said, in
	// order; Encryption those for encryption.
	Signing    []Certificate
	Encryption []Certificate
	// SSO are SingleSignOnService locations with their bindings.
	SSO                     []Endpoint
	NameIDFormats           []string
	WantAuthnRequestsSigned string
	// IDPDescriptor tells whether there is one; without, IAM refuses.
	IDPDescriptor bool
}

// An Endpoint is a location in metadata.
type Endpoint struct{ Binding, Location string }

// Signing returns the signing certificates of every entity.
func (m Metadata) Signing() []Certificate {
	var out []Certificate
	for _, e := range m.Entities {
		out = append(out, e.Signing...)
	}
	return out
}
