package evidence

import "time"

// TrailEvent is one CloudTrail event, decoded as far as it matters here.
type TrailEvent struct {
	ID, Name, Source string // eventID, eventName, eventSource
	Time             time.Time
	Region           string // awsRegion
	Account          string // recipientAccountId
	ErrorCode        string
	ErrorMessage     string
	// Failed is errorCode set, or a responseElements value of "Failure":
	// sign-in events carry no errorCode.
	Failed bool
	// Of AssumeRoleWithSAML:
	RoleARN, ProviderARN, SessionName string // requestParameters
	AssertionID                       string // sAMLAssertionID
	NameID                            string // userIdentity.userName: the NameID, not the session name
	NameQualifier                     string // userIdentity.identityProvider
	Issuer, Audience, SubjectType     string // responseElements
	Subject                           string
	AssumedRoleID                     string // AROA…:session name
	// Of Connect's GetFederationToken:
	InstanceID string
	// Of any:
	Actor       string // userIdentity.arn, else its user name or type
	ActorType   string
	SourceIP    string
	UserAgent   string
	RequestID   string
	ReadOnly    bool
	Resources   []string
	Raw         []byte // the event's JSON
	Expires     time.Time
	EndpointURL string // tlsDetails.clientProvidedHostHeader
}
