package demo

import (
	"crypto/x509"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

// The contact centre: Harbour Lane, in Frankfurt, with Okta in front.
const (
	account  = "460913728815"
	region   = "eu-central-1"
	instance = "3b1f6c52-8d0e-4c47-9f2a-71c5e04d9b36"
	alias    = "harbour-lane"
	issuer   = "http://www.okta.com/exk4hx9q2vTn7LmPb0x7"
	roleName = "ContactCentreAgents"
	provider = "HarbourLaneSSO"
	agent    = "joanna.doe@harbourlane.example"
	acs      = "https://signin.aws.amazon.com/saml"
	oktaSSO  = "https://harbourlane.okta.com/app/amazon_aws/exk4hx9q2vTn7LmPb0x7/sso/saml"
)

const (
	roleARN     = "arn:aws:iam::" + account + ":role/" + roleName
	providerARN = "arn:aws:iam::" + account + ":saml-provider/" + provider
	instanceARN = "arn:aws:connect:" + region + ":" + account + ":instance/" + instance
	federateURL = "https://" + region + ".console.aws.amazon.com/connect/federate/" + instance
)

// A scene is everything that an incident can change.
type scene struct {
	now   time.Time // when somebody looks
	at    time.Time // when the agent signed in
	world emulator.World
	// What the identity provider sends, where and with which key.
	response idp.Response
	key      idp.Key
	next     idp.Key // the key after the next rotation
	other    idp.Key
	relay    string
	acs      string
	portal   string // the page that the agent starts from
	sso      string // the IdP's page that posts the response
	browser  idp.Browser
	// skew is how far the identity provider's clock is off.
	skew time.Duration
	// trusted are the certificates in IAM's metadata; entity is its entityID.
	trusted []*x509.Certificate
	entity  string
	// Since when sign-ins fail, and with what; zero for an incident that
	// CloudTrail knows nothing of.
	since         time.Time
	code, message string
	failing       func(name string) bool // nil: everybody
	// silent tells that successes stop at since and nothing else is logged.
	silent bool
}

func newScene(keys fs.FS) (*scene, error) {
	monday := time.Date(2026, 11, 23, 8, 2, 11, 0, time.UTC)
	s := &scene{now: monday.Add(4 * time.Minute), at: monday, relay: federateURL, acs: acs, entity: issuer, portal: "https://harbourlane.okta.com/app/UserHome", sso: oktaSSO}
	for name, to := range map[string]*idp.Key{"idp-a": &s.key, "idp-a-next": &s.next, "other": &s.other} {
		k, err := readKey(keys, name)
		if err != nil {
			return nil, err
		}
		*to = k
	}
	s.trusted = []*x509.Certificate{s.key.Certificate}
	s.response = idp.Response{
		ID: "id29847561038475610928374651", AssertionID: "id29847561038475611902837465",
		Issuer: issuer, NameID: agent, NameIDFormat: idp.Unspecified, SessionName: agent,
		Roles: []string{roleARN + "," + providerARN}, SessionDuration: "36000", IssueInstant: monday.Add(-time.Second),
	}
	s.world = emulator.World{
		Account: account, Region: region, Now: s.now, Lag: emulator.Duration(0),
		Caller:    emulator.Caller{ARN: "arn:aws:sts::" + account + ":assumed-role/OnCallReadOnly/on-call"},
		Providers: []emulator.Provider{{Name: provider, UUID: "SAMLSPH4RB0URL4NE2026", CreateDate: date(2024, 2, 12), ValidUntil: date(2124, 2, 12)}},
		Roles: []emulator.Role{{
			Name: roleName, ID: "AROAHARBOURLANEAGENT", MaxSessionDuration: 43200, CreateDate: date(2024, 2, 12), LastUsed: monday.Add(-62 * time.Hour), LastUsedRegion: region,
			Trust:  trust(acs),
			Inline: []emulator.InlinePolicy{{Name: "connect-federation", Document: permission(instanceARN)}},
		}},
		Instances: []emulator.Instance{{ID: instance, Alias: alias, Region: region, Created: date(2024, 2, 12), Users: people(500)}},
	}
	return s, nil
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 9, 0, 0, 0, time.UTC) }

// trust is the role's trust policy for some endpoints.
func trust(audiences ...string) emulator.Document {
	return emulator.Document(fmt.Sprintf(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "FederatedAgents",
      "Effect": "Allow",
      "Principal": {"Federated": %q},
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {"StringEquals": {"SAML:aud": ["%s"]}}
    }
  ]
}`, providerARN, strings.Join(audiences, `", "`)))
}

// permission lets the role into one instance.
func permission(arn string) emulator.Document {
	return emulator.Document(fmt.Sprintf(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OpenTheContactCentre",
      "Effect": "Allow",
      "Action": "connect:GetFederationToken",
      "Resource": "%s/user/${aws:userid}"
    }
  ]
}`, arn))
}

// metadata is what IAM holds, and what the IdP would publish with its keys.
func (s *scene) metadata(certificates ...*x509.Certificate) string {
	return idp.Metadata(s.entity, s.sso, certificates...)
}

// settle fills in what an incident left as it was.
func (s *scene) settle() {
	for i := range s.world.Providers {
		if p := &s.world.Providers[i]; p.Metadata == "" {
			p.Metadata = s.metadata(s.trusted...)
		}
	}
}
