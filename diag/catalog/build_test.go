package catalog

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"os"
	"sync"
	"testing"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The sign-in that the tests of this package start from.
const (
	tAccount  = "123456789012"
	tRole     = "arn:aws:iam::123456789012:role/Connect-Agent"
	tProvider = "arn:aws:iam::123456789012:saml-provider/Okta"
	tPair     = tRole + "," + tProvider
	tIssuer   = "http://www.okta.com/exkabc123def456ghi7"
	tACS      = "https://eu-west-2.signin.aws.amazon.com/saml"
	tInstance = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	tRelay    = "https://eu-west-2.console.aws.amazon.com/connect/federate/" + tInstance
	tUser     = "maria.lopez"
)

// tIssued is when the assertion of the healthy sign-in was issued; it is
// redeemed two seconds later.
var tIssued = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// A sketch is a case that a test changes before it is checked. Its pointers
// lead into the case.
type sketch struct {
	c        evidence.Case
	capture  *evidence.Capture
	response *evidence.Response
	a        *evidence.Assertion
	live     *evidence.Live
	next     int // the byte at which the next spot begins
}

// build returns the healthy sign-in after edit.
func build(edit func(*sketch)) evidence.Case {
	s := healthySketch()
	if edit != nil {
		edit(s)
	}
	return s.c
}

// healthy is a sign-in of an Okta user to Amazon Connect as a HAR shows it,
// with everything that AWS can be asked: nothing is wrong with it.
func healthy() evidence.Case { return build(nil) }

// spot makes a place in the response that no other place overlaps.
func (s *sketch) spot(path string) evidence.Spot {
	s.next += 10
	return evidence.Spot{In: evidence.InResponse, Path: path, Start: s.next, End: s.next + 8, Line: s.next / 10}
}

func (s *sketch) text(path, value string) evidence.Text {
	return evidence.Text{Value: value, Present: true, At: s.spot(path)}
}

func (s *sketch) instant(path string, t time.Time) evidence.Instant {
	return evidence.Instant{Text: s.text(path, t.Format("2006-01-02T15:04:05.000Z")), Time: t}
}

// attribute makes an attribute; a name of AWS may be given by its last part.
func (s *sketch) attribute(name string, values ...string) evidence.Attribute {
	for _, n := range claims.Names() {
		if name == string(n) {
			name = n.Full()
		}
	}
	at := evidence.Attribute{At: s.spot("/Response/Assertion/AttributeStatement/Attribute"), Name: s.text("@Name", name)}
	for _, v := range values {
		at.Values = append(at.Values, evidence.Value{Text: s.text("AttributeValue", v)})
	}
	return at
}

// set gives an attribute these values, adding it where it is not there.
func (s *sketch) set(name string, values ...string) {
	at := s.attribute(name, values...)
	for i, old := range s.a.Attributes {
		if old.Name.Value == at.Name.Value {
			s.a.Attributes[i] = at
			return
		}
	}
	s.a.Attributes = append(s.a.Attributes, at)
}

// add adds an attribute, be there one of its name or not.
func (s *sketch) add(name string, values ...string) {
	s.a.Attributes = append(s.a.Attributes, s.attribute(name, values...))
}

// drop takes an attribute out.
func (s *sketch) drop(name string) {
	full := s.attribute(name).Name.Value
	var kept []evidence.Attribute
	for _, at := range s.a.Attributes {
		if at.Name.Value != full {
			kept = append(kept, at)
		}
	}
	s.a.Attributes = kept
}

// rename gives an attribute another name.
func (s *sketch) rename(name, to string) {
	full := s.attribute(name).Name.Value
	for i, at := range s.a.Attributes {
		if at.Name.Value == full {
			s.a.Attributes[i].Name.Value = to
		}
	}
}

// post sends the response to another address, made out to it too.
func (s *sketch) post(url string) {
	s.capture.Posted.URL = url
	s.response.Destination.Value = url
	s.a.Subject.Confirmations[0].Recipient.Value = url
}

// unread leaves the case without a response.
func (s *sketch) unread(state evidence.State, why string) {
	s.c.Response = evidence.Fact[evidence.Response]{State: state, Why: why}
	s.capture.Posted = nil
}

// laidOut makes the response one that a viewer has indented.
func (s *sketch) laidOut() {
	s.response.Decoded = true
	s.response.Signatures[0].References[0].Match, s.response.Signatures[0].References[0].Change = false, "re-indented"
}

// center makes IAM Identity Center the service provider.
func (s *sketch) center() {
	s.post("https://eu-west-2.signin.aws.amazon.com/platform/saml/acs/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
	s.a.Subject.NameID.Value, s.a.Subject.Format.Value = "maria.lopez@example.com", centerFormat
}

func healthySketch() *sketch {
	s := &sketch{}
	s.c = evidence.Case{Source: "okta.har", Now: tIssued.Add(time.Hour), AsOf: evidence.AsOf{At: tIssued.Add(2 * time.Second), Source: evidence.AsOfCapture}}
	har := func(path string) evidence.Spot { return evidence.Spot{In: evidence.InHAR, Path: path} }
	s.c.Capture = evidence.Have(evidence.Capture{
		Form: evidence.FormHAR, Writer: "Chrome DevTools", Entry: 3,
		Posted:     &evidence.Post{URL: tACS, Entry: 3, At: har("/log/entries/3"), Method: "POST", SentAt: tIssued.Add(time.Second), Message: "SAMLResponse"},
		RelayState: evidence.Have(evidence.Text{Value: tRelay, Present: true, At: har("/log/entries/3/request/postData")}, "HAR"),
		Outcome:    evidence.OutcomeConnect, OutcomeWhy: "Connect's agent page",
		Clock: evidence.Clock{Started: tIssued.Add(time.Second), AWS: tIssued.Add(2 * time.Second), IdP: tIssued, IdPStarted: tIssued, SkewKnown: true},
	}, "okta.har")
	s.capture = &s.c.Capture.Value

	at := evidence.Spot{In: evidence.InResponse, Path: "/Response", Start: 0, End: 9000, Line: 1}
	inner := evidence.Spot{In: evidence.InResponse, Path: "/Response/Assertion", Start: 400, End: 8900, Line: 3}
	s.next = 500
	a := evidence.Assertion{
		At: inner, Direct: true, ID: s.text("@ID", "id1234567890"), Version: s.text("@Version", "2.0"), Issuer: s.text("Issuer", tIssuer),
		IssueInstant: s.instant("Assertion/@IssueInstant", tIssued),
		Subject: &evidence.Subject{
			At: s.spot("Subject"), NameID: s.text("NameID", tUser), Format: s.text("@Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
			Confirmations: []evidence.Confirmation{{
				At: s.spot("SubjectConfirmation"), Method: s.text("@Method", bearer), HasData: true, Recipient: s.text("@Recipient", tACS),
				NotOnOrAfter: s.instant("SubjectConfirmationData/@NotOnOrAfter", tIssued.Add(5*time.Minute)),
			}},
		},
		ConditionsAt: s.spot("Conditions"), NotBefore: s.instant("Conditions/@NotBefore", tIssued.Add(-5*time.Minute)),
		NotOnOrAfter: s.instant("Conditions/@NotOnOrAfter", tIssued.Add(5*time.Minute)),
		Audiences:    [][]evidence.Text{{s.text("Audience", "urn:amazon:webservices")}},
		Authn: []evidence.AuthnStatement{{At: s.spot("AuthnStatement"), AuthnInstant: s.instant("@AuthnInstant", tIssued),
			SessionNotOnOrAfter: s.instant("@SessionNotOnOrAfter", tIssued.Add(12*time.Hour))}},
		AttributeStatements: 1,
	}
	s.a = &a
	s.add(string(claims.Role), tPair)
	s.add(string(claims.RoleSessionName), tUser)
	s.add(string(claims.SessionDuration), "43200")
	sig := signature(a)
	s.c.Response = evidence.Have(evidence.Response{
		EncodedLen: 12000, XML: make([]byte, 9000), Sent: make([]byte, 9000), Encoding: "UTF-8", Version: "2.0", At: at, ID: s.text("Response/@ID", "id987"),
		Issuer: s.text("Response/Issuer", tIssuer), Destination: s.text("@Destination", tACS), IssueInstant: s.instant("Response/@IssueInstant", tIssued),
		Status:     evidence.Status{Code: s.text("StatusCode", "urn:oasis:names:tc:SAML:2.0:status:Success"), At: s.spot("Status")},
		Assertions: []evidence.Assertion{a}, Signatures: []evidence.Signature{sig},
	}, "okta.har")
	s.response = &s.c.Response.Value
	s.a = &s.response.Assertions[0]
	s.live = &s.c.Live
	s.lookups(sig.Certificates[0])
	return s
}

// lookups fills in what AWS says of the healthy sign-in.
func (s *sketch) lookups(crt evidence.Certificate) {
	crt.Origin, crt.Use = "iam", "signing"
	meta := evidence.Metadata{Document: []byte("<EntityDescriptor/>"), Entities: []evidence.Entity{{
		ID: evidence.Text{Value: tIssuer, Present: true, At: evidence.Spot{In: evidence.InMetadata, Path: "/EntityDescriptor/@entityID"}}, Signing: []evidence.Certificate{crt}, IDPDescriptor: true,
	}}}
	user := evidence.User{ID: "u-1", Username: tUser, Instance: tInstance, ARN: "arn:aws:connect:eu-west-2:" + tAccount + ":instance/" + tInstance + "/agent/u-1"}
	instance := evidence.Instance{ID: tInstance, ARN: "arn:aws:connect:eu-west-2:" + tAccount + ":instance/" + tInstance, Alias: "northwind", Region: "eu-west-2",
		Account: tAccount, IdentityType: "SAML", Status: "ACTIVE", AccessURL: "https://northwind.my.connect.aws"}
	l := s.live
	l.Identity = evidence.Have(evidence.Identity{Account: tAccount, ARN: "arn:aws:iam::" + tAccount + ":user/admin", Partition: "aws", Region: "eu-west-2"}, "sts:GetCallerIdentity")
	l.Provider = evidence.Have(evidence.Provider{ARN: tProvider, UUID: "SAMLSPABCDEFGHIJ0123", Metadata: meta, Full: true, ValidUntil: tIssued.AddDate(99, 0, 0)}, "iam:GetSAMLProvider")
	l.Providers = evidence.Have([]evidence.ProviderName{{ARN: tProvider}}, "iam:ListSAMLProviders")
	l.IdPMetadata = evidence.Have(meta, "metadata.xml")
	l.Roles = evidence.Have([]evidence.Role{{ARN: tRole, Name: "Connect-Agent", ID: "AROAEXAMPLEEXAMPLE123", Path: "/", MaxSession: 12 * time.Hour, Full: true, Created: tIssued.AddDate(-1, 0, 0),
		Trust: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + tProvider + `"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"` + tACS + `"}}}]}`}}, "iam:GetRole")
	l.Permissions = evidence.Have([]evidence.Policy{{Name: "ConnectFederate", Kind: evidence.Inline,
		Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"` + instance.ARN + `/user/${aws:userid}"}]}`}}, "iam:GetRolePolicy")
	l.Instance = evidence.Have(instance, "connect:DescribeInstance")
	l.Instances = evidence.Have([]evidence.Instance{instance}, "connect:ListInstances")
	l.Exact = evidence.Have([]evidence.User{user}, "connect:SearchUsers")
	l.Users = evidence.Have([]evidence.User{user, {ID: "u-2", Username: "jon.snow", Instance: tInstance}}, "connect:ListUsers")
	l.AuthProfiles = evidence.Have([]evidence.AuthProfile{{ID: "p-1", Name: "Default", Default: true, MaxSession: 12 * time.Hour}}, "connect:DescribeAuthenticationProfile")
	l.Trail = evidence.Have([]evidence.TrailEvent{{ID: "e-1", Name: "AssumeRoleWithSAML", Source: "sts.amazonaws.com", Time: tIssued.Add(2 * time.Second), Region: "eu-west-2", Account: tAccount,
		RoleARN: tRole, ProviderARN: tProvider, SessionName: tUser, AssertionID: "id1234567890", Issuer: tIssuer, Audience: tACS, Subject: tUser}}, "cloudtrail:LookupEvents")
	l.Changes = evidence.Have([]evidence.TrailEvent{}, "cloudtrail:LookupEvents")
	l.Guardrails = evidence.Have([]evidence.Guardrail{
		{ID: "p-FullAWSAccess", Name: "FullAWSAccess", Kind: "SCP", Target: "r-root", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`},
		{ID: "p-RCPFullAWSAccess", Name: "RCPFullAWSAccess", Kind: "RCP", Target: "r-root", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`},
	}, "organizations:ListPoliciesForTarget")
	l.Regions = evidence.Have([]evidence.Region{{Name: "eu-west-2", OptStatus: "ENABLED_BY_DEFAULT"}, {Name: "af-south-1", OptStatus: "DISABLED"}}, "account:ListRegions")
	l.External = evidence.Have([]evidence.ExternalAccess{}, "access-analyzer:ListFindingsV2")
	assigned := true
	l.Center = evidence.Have(evidence.IdentityCenter{InstanceARN: "arn:aws:sso:::instance/ssoins-0123456789abcdef", UserSearched: tUser,
		Application: &evidence.CenterApplication{ARN: "arn:aws:sso::" + tAccount + ":application/ssoins-0123456789abcdef/apl-1", Name: "Amazon Connect", Status: "ENABLED", AssignmentRequired: &assigned, Assignments: []string{"Agents"}},
		User:        &evidence.CenterUser{ID: "cu-1", UserName: tUser, Groups: []string{"Agents"}}, Assigned: &assigned}, "sso:ListApplications")
	l.Simulated = evidence.Have([]evidence.Simulation{{Action: "connect:GetFederationToken", Resource: instance.ARN + "/user/*", Decision: "allowed"}}, "iam:SimulatePrincipalPolicy")
}

// idpKey is the key pair that signs, from the repository's test keys.
var idpKey = sync.OnceValues(func() (*rsa.PrivateKey, evidence.Certificate) {
	return testKey("idp-a")
})

// testKey reads a key pair of testdata/keys.
func testKey(name string) (*rsa.PrivateKey, evidence.Certificate) {
	file, err := os.ReadFile("../../testdata/keys/" + name + ".key")
	if err != nil {
		panic(err)
	}
	block, _ := pem.Decode(file)
	if block == nil {
		panic("no PEM in the key " + name)
	}
	var key any
	if key, err = x509.ParsePKCS8PrivateKey(block.Bytes); err != nil {
		if key, err = x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
			panic(err)
		}
	}
	if file, err = os.ReadFile("../../testdata/keys/" + name + ".crt"); err != nil {
		panic(err)
	}
	return key.(*rsa.PrivateKey), certificate.FromPEM(file)[0]
}

var signOnce = sync.OnceValue(func() []byte {
	key, _ := idpKey()
	sum := sha256.Sum256([]byte(signedInfo))
	value, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return value
})

const signedInfo = "<SignedInfo/>"

// signature is a signature over the assertion, by the IdP's key.
func signature(a evidence.Assertion) evidence.Signature {
	_, crt := idpKey()
	crt.Origin, crt.At = "assertion", evidence.Spot{In: evidence.InResponse, Path: "X509Certificate", Start: 430, End: 440}
	digest := []byte("0123456789abcdef0123456789abcdef")
	return evidence.Signature{
		At: evidence.Spot{In: evidence.InResponse, Path: "/Response/Assertion/Signature", Start: 420, End: 490}, Over: "assertion", Parent: a.At, ParentID: a.ID.Value,
		Method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Canonical: "http://www.w3.org/2001/10/xml-exc-c14n#",
		References: []evidence.Reference{{
			At: evidence.Spot{In: evidence.InResponse, Path: "Reference", Start: 425, End: 428}, URI: "#" + a.ID.Value, Covers: "assertion", CoversAt: a.At, CoversID: a.ID.Value,
			Transforms:   []string{"http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#"},
			DigestMethod: "http://www.w3.org/2001/04/xmlenc#sha256", Declared: digest, Computed: digest, Match: true,
		}},
		SignedInfo: []byte(signedInfo), Value: signOnce(), Certificates: []evidence.Certificate{crt},
	}
}

// findings runs one rule on a case and returns what it found.
func findings(t *testing.T, id string, c evidence.Case) []rule.Finding {
	t.Helper()
	res := rule.Run(byID(t, id), c)
	if res.Err != nil {
		t.Fatalf("%s: %v", id, res.Err)
	}
	return res.Findings
}

// byID returns the rule of that ID.
func byID(t *testing.T, id string) *rule.Rule {
	t.Helper()
	for _, r := range All() {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("no rule %s", id)
	return nil
}
