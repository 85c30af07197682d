package awsx

import "time"

// An Assertion is what is sent to STS where the person asked for it. Response
// can sign someone in: it is never logged, stored or shown.
type Assertion struct {
	Response             string // base64, as posted
	RoleARN, ProviderARN string
	Region               string    // of the sign-in address; "" for the global one
	Issued               time.Time // IssueInstant
}

// An Answer is what STS says to an assertion that it takes, without the
// session's credentials.
type Answer struct {
	SessionARN, SessionID      string
	Issuer, Audience, Subject  string
	SubjectType, NameQualifier string
	SourceIdentity             string
}
