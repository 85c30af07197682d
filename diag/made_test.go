package diag

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"os"
	"sync"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

// The sign-in that the tests of this package start from.
const (
	tAccount  = "123456789012"
	tRole     = "arn:aws:iam::123456789012:role/Connect-Agent"
	tAdmin    = "arn:aws:iam::123456789012:role/Admin"
	tProvider = "arn:aws:iam::123456789012:saml-provider/Okta"
	tIssuer   = "http://www.okta.com/exkabc123def456ghi7"
	tACS      = "https://eu-west-2.signin.aws.amazon.com/saml"
	tInstance = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	tARN      = "arn:aws:connect:eu-west-2:123456789012:instance/" + tInstance
	tRelay    = "https://eu-west-2.console.aws.amazon.com/connect/federate/" + tInstance
	tUser     = "maria.lopez"
	tCenter   = "https://eu-west-2.signin.aws.amazon.com/platform/saml/acs/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
)

var tIssued = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func word(v string) evidence.Text {
	return evidence.Text{Value: v, Present: true, At: evidence.Spot{In: evidence.InResponse, Path: v}}
}

func instant(t time.Time) evidence.Instant {
	return evidence.Instant{Text: word(t.Format("2006-01-02T15:04:05.000Z")), Time: t}
}

func attribute(name claims.Name, values ...string) evidence.Attribute {
	at := evidence.Attribute{Name: word(name.Full())}
	for _, v := range values {
		at.Values = append(at.Values, evidence.Value{Text: word(v)})
	}
	return at
}

// key is the key pair of testdata that signs, and the one that does not.
var key = sync.OnceValues(func() (*rsa.PrivateKey, [2]evidence.Certificate) {
	read := func(name string) []byte {
		b, err := os.ReadFile("../testdata/keys/" + name)
		if err != nil {
			panic(err)
		}
		return b
	}
	block, _ := pem.Decode(read("idp-a.key"))
	k, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	return k, [2]evidence.Certificate{certificate.FromPEM(read("idp-a.crt"))[0], certificate.FromPEM(read("other.crt"))[0]}
})

// signed is the value of the signature over the words below, made once.
var signed = sync.OnceValue(func() []byte {
	k, _ := key()
	sum := sha256.Sum256([]byte("<SignedInfo/>"))
	v, err := rsa.SignPKCS1v15(rand.Reader, k, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return v
})

// captured is a sign-in as a HAR shows it, without a word of AWS's answer and
// with no lookup made.
func captured() evidence.Case {
	har := evidence.Spot{In: evidence.InHAR, Path: "/log/entries/3"}
	c := evidence.Case{Source: "okta.har", Now: tIssued.Add(time.Hour), AsOf: evidence.AsOf{At: tIssued.Add(2 * time.Second), Source: evidence.AsOfCapture}}
	c.Capture = evidence.Have(evidence.Capture{
		Form: evidence.FormHAR, Entry: 3,
		Posted:     &evidence.Post{URL: tACS, Entry: 3, At: har, Method: "POST", SentAt: tIssued.Add(time.Second), Message: "SAMLResponse"},
		RelayState: evidence.Have(evidence.Text{Value: tRelay, Present: true, At: har}, "HAR"),
		Clock:      evidence.Clock{Started: tIssued.Add(time.Second), AWS: tIssued.Add(2 * time.Second)},
	}, "okta.har")
	at := evidence.Spot{In: evidence.InResponse, Path: "/Response", Start: 0, End: 9000, Line: 1}
	inner := evidence.Spot{In: evidence.InResponse, Path: "/Response/Assertion", Start: 400, End: 8900, Line: 3}
	_, crts := key()
	digest := []byte("0123456789abcdef0123456789abcdef")
	c.Response = evidence.Have(evidence.Response{
		EncodedLen: 12000, XML: make([]byte, 9000), Sent: make([]byte, 9000), Encoding: "UTF-8", Version: "2.0", At: at, ID: word("id987"),
		Issuer: word(tIssuer), Destination: word(tACS), IssueInstant: instant(tIssued),
		Status: evidence.Status{Code: word("urn:oasis:names:tc:SAML:2.0:status:Success")},
		Assertions: []evidence.Assertion{{
			At: inner, Direct: true, ID: word("id123"), Version: word("2.0"), Issuer: word(tIssuer), IssueInstant: instant(tIssued),
			Subject: &evidence.Subject{NameID: word(tUser), Format: word("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
				Confirmations: []evidence.Confirmation{{Method: word("urn:oasis:names:tc:SAML:2.0:cm:bearer"), HasData: true, Recipient: word(tACS), NotOnOrAfter: instant(tIssued.Add(5 * time.Minute))}}},
			NotBefore: instant(tIssued.Add(-5 * time.Minute)), NotOnOrAfter: instant(tIssued.Add(5 * time.Minute)),
			Audiences: [][]evidence.Text{{word("urn:amazon:webservices")}}, AttributeStatements: 1,
			Attributes: []evidence.Attribute{attribute(claims.Role, tRole+","+tProvider), attribute(claims.RoleSessionName, tUser), attribute(claims.SessionDuration, "28800")},
		}},
		Signatures: []evidence.Signature{{
			At: evidence.Spot{In: evidence.InResponse, Path: "/Response/Assertion/Signature", Start: 420, End: 490}, Over: "assertion", Parent: inner, ParentID: "id123",
			Method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Canonical: "http://www.w3.org/2001/10/xml-exc-c14n#",
			References: []evidence.Reference{{URI: "#id123", Covers: "assertion", CoversAt: inner, CoversID: "id123",
				Transforms:   []string{"http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#"},
				DigestMethod: "http://www.w3.org/2001/04/xmlenc#sha256", Declared: digest, Computed: digest, Match: true}},
			SignedInfo: []byte("<SignedInfo/>"), Value: signed(), Certificates: crts[:1],
		}},
	}, "okta.har")
	return c
}

// trust is a trust policy that admits the provider at an endpoint.
func trust(aud string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + tProvider +
		`"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"` + aud + `"}}}]}`
}

func role(arn, policy string) evidence.Role {
	return evidence.Role{ARN: arn, Name: "R", ID: "AROAEXAMPLEEXAMPLE123", MaxSession: 12 * time.Hour, Full: true, Trust: policy}
}

// lookups are what AWS says of a sign-in with which nothing is wrong.
func lookups() evidence.Live {
	_, crts := key()
	user := evidence.User{ID: "u-1", Username: tUser, Instance: tInstance}
	instance := evidence.Instance{ID: tInstance, ARN: tARN, Alias: "northwind", Region: "eu-west-2", Account: tAccount, IdentityType: "SAML", Status: "ACTIVE"}
	return evidence.Live{
		Provider: evidence.Have(evidence.Provider{ARN: tProvider, UUID: "SAMLSPABCDEFGHIJ0123", Full: true,
			Metadata: evidence.Metadata{Entities: []evidence.Entity{{ID: word(tIssuer), Signing: crts[:1], IDPDescriptor: true}}}}, "iam:GetSAMLProvider"),
		Providers:   evidence.Have([]evidence.ProviderName{{ARN: tProvider}}, "iam:ListSAMLProviders"),
		Roles:       evidence.Have([]evidence.Role{role(tRole, trust(tACS))}, "iam:GetRole"),
		Permissions: evidence.Have([]evidence.Policy{permission(tARN + "/user/${aws:userid}")}, "iam:GetRolePolicy"),
		Instance:    evidence.Have(instance, "connect:DescribeInstance"),
		Instances:   evidence.Have([]evidence.Instance{instance}, "connect:ListInstances"),
		Exact:       evidence.Have([]evidence.User{user}, "connect:SearchUsers"),
		Users:       evidence.Have([]evidence.User{user}, "connect:ListUsers"),
		Trail: evidence.Have([]evidence.TrailEvent{{ID: "e-1", Name: "AssumeRoleWithSAML", Source: "sts.amazonaws.com", Time: tIssued.Add(2 * time.Second),
			RoleARN: tRole, ProviderARN: tProvider, SessionName: tUser, AssertionID: "id123"}}, "cloudtrail:LookupEvents"),
		Changes: evidence.Have([]evidence.TrailEvent{}, "cloudtrail:LookupEvents"),
	}
}

func permission(resource string) evidence.Policy {
	return evidence.Policy{Name: "Federate", Kind: evidence.Inline,
		Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"` + resource + `"}]}`}
}

// looked is the sign-in with every lookup made, after edit.
func looked(edit func(*evidence.Case)) evidence.Case {
	c := captured().With(lookups())
	if edit != nil {
		edit(&c)
	}
	return c
}

func first(c *evidence.Case) *evidence.Assertion { return &c.Response.Value.Assertions[0] }

// set gives an attribute of the assertion these values.
func set(c *evidence.Case, name claims.Name, values ...string) {
	a := first(c)
	for i := range a.Attributes {
		if a.Attributes[i].Name.Value == name.Full() {
			a.Attributes[i] = attribute(name, values...)
			return
		}
	}
	a.Attributes = append(a.Attributes, attribute(name, values...))
}

// answered lets the capture show an error of AWS.
func answered(c *evidence.Case, id, text string) {
	c.Capture.Value.Outcome = evidence.OutcomeRefused
	c.Capture.Value.Observed = &evidence.Observed{ID: id, Text: text, Where: evidence.Spot{In: evidence.InPage}}
}

// answeredBy is [answered] by a party's page.
func answeredBy(c *evidence.Case, party, id, text string) {
	answered(c, id, text)
	c.Capture.Value.Observed.Party = party
}
