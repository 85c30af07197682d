package emulator_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

var update = flag.Bool("update", false, "rewrite the example world")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	issuer   = "https://sso.northwind.example/idp"
	account  = "111122223333"
	provider = "arn:aws:iam::111122223333:saml-provider/northwind"
	role     = "arn:aws:iam::111122223333:role/connect/agents"
	instance = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
	acs      = "https://signin.aws.amazon.com/saml"
)

// monday is when the tests sign in.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func key(t testing.TB, name string) idp.Key {
	t.Helper()
	dir := filepath.Join("..", "..", "testdata", "keys")
	k, err := os.ReadFile(filepath.Join(dir, name+".key"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := os.ReadFile(filepath.Join(dir, name+".crt"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := idp.ReadKey(k, c)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func metadata(t testing.TB, keys ...string) string {
	t.Helper()
	var certs []*x509.Certificate
	for _, name := range keys {
		certs = append(certs, key(t, name).Certificate)
	}
	return idp.Metadata(issuer, "https://sso.northwind.example/app/amazon-connect/sso/saml", certs...)
}

// northwind is a healthy account: what testdata/worlds/northwind.json holds.
func northwind(t testing.TB) emulator.World {
	t.Helper()
	return emulator.World{
		Account: account, Region: "us-east-1", Now: monday,
		Providers: []emulator.Provider{{Name: "northwind", UUID: "SAMLSPNORTHWIND0EXAMPLE", Metadata: metadata(t, "idp-a"), CreateDate: time.Date(2024, 4, 2, 8, 0, 0, 0, time.UTC)}},
		Roles: []emulator.Role{{
			Name: "agents", Path: "/connect/", ID: "AROAEXAMPLENORTHWIND1", MaxSessionDuration: 43200,
			Description: "Agents of the contact center, by way of the identity provider",
			Trust:       `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + provider + `"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],"Condition":{"StringEquals":{"SAML:aud":"` + acs + `"}}}]}`,
			Inline: []emulator.InlinePolicy{{Name: "federate", Document: `{"Version":"2012-10-17","Statement":[{"Sid":"Federate","Effect":"Allow","Action":"connect:GetFederationToken","Resource":"arn:aws:connect:us-east-1:111122223333:instance/` +
				instance + `/user/${aws:userid}"}]}`}},
			Attached: []string{"arn:aws:iam::111122223333:policy/agents-read"},
			Boundary: "arn:aws:iam::111122223333:policy/boundary",
			LastUsed: time.Date(2026, 11, 20, 17, 55, 0, 0, time.UTC), LastUsedRegion: "us-east-1",
		}},
		Policies: []emulator.Policy{
			{ARN: "arn:aws:iam::111122223333:policy/agents-read", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["connect:Describe*","connect:List*"],"Resource":"*"}]}`},
			{ARN: "arn:aws:iam::111122223333:policy/boundary", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:*","Resource":"*"}]}`},
		},
		Instances: []emulator.Instance{{
			ID: instance, Alias: "northwind", Created: time.Date(2024, 2, 20, 9, 30, 0, 0, time.UTC),
			Users: []emulator.User{
				{Username: "ana.souza@northwind.example", FirstName: "Ana", LastName: "Souza"},
				{Username: "Ben.Okafor@northwind.example", FirstName: "Ben", LastName: "Okafor"},
				{Username: "chloe.martin@northwind.example", FirstName: "Chloé", LastName: "Martin"},
				{Username: "dmitri.volkov", FirstName: "Dmitri", LastName: "Volkov"},
				{Username: "supervisor@northwind.example", FirstName: "Sam", LastName: "Lee", SecurityProfiles: []string{"a1b2c3d4-0000-4000-8000-00000000adm1"}},
			},
			Profiles: []emulator.AuthenticationProfile{{ID: "0c5f2f6e-7f5f-4a0e-9a53-1d6f0a0b0c01", Name: "Default Authentication Profile", Default: true, MaxSession: 720}},
		}},
		Organization: &emulator.Organization{
			ID: "o-northwind1", ManagementAccount: "444455556666", ManagementEmail: "aws@northwind.example", Delegated: true,
			Root: emulator.Unit{ID: "r-nw01", Units: []emulator.Unit{{ID: "ou-nw01-contact0", Name: "Contact Center", Accounts: []emulator.Account{{ID: account, Name: "contact-center", Email: "cc@northwind.example"}}}}},
			Policies: []emulator.OrganizationPolicy{
				{ID: "p-FullAWSAccess", Name: "FullAWSAccess", AWSManaged: true, Targets: []string{"r-nw01", "ou-nw01-contact0", account}, Content: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`},
				{ID: "p-regions0", Name: "deny-other-regions", Targets: []string{"ou-nw01-contact0"}, Content: `{"Version":"2012-10-17","Statement":[{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","sts:*","organizations:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1","us-west-2"]}}}]}`},
			},
		},
		Analyzers: []emulator.Analyzer{{Name: "account", Findings: []emulator.AnalyzerFinding{{
			ID: "f0f0c0de-0000-4000-8000-000000000001", Resource: role, Principal: map[string]string{"Federated": provider}, Action: []string{"sts:AssumeRoleWithSAML"}, Condition: map[string]string{"SAML:aud": acs},
			At: time.Date(2024, 4, 2, 9, 0, 0, 0, time.UTC),
		}}}},
		Regions: []emulator.RegionStatus{{"us-east-1", "ENABLED_BY_DEFAULT"}, {"us-west-2", "ENABLED_BY_DEFAULT"}, {"af-south-1", "DISABLED"}},
		Trail: []emulator.Document{
			`{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::111122223333:user/admin","accountId":"111122223333","userName":"admin"},"eventTime":"2026-11-20T16:00:00Z","eventSource":"iam.amazonaws.com","eventName":"UpdateAssumeRolePolicy","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7","userAgent":"console.amazonaws.com","requestParameters":{"roleName":"agents"},"responseElements":null,"requestID":"5b6a7c8d-0000-4000-8000-000000000001","eventID":"5b6a7c8d-0000-4000-8000-0000000000e1","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}`,
		},
	}
}

// The example world is the healthy account above, so that what documents the
// format is also what the tests run on.
func TestExampleWorldIsTheOneTested(t *testing.T) {
	path := filepath.Join("..", "..", "testdata", "worlds", "northwind.json")
	var want bytes.Buffer
	if err := emulator.Save(&want, northwind(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want.Bytes()) {
		t.Error("testdata/worlds/northwind.json is not the world of this test; run it with -update")
	}
	w, err := emulator.Load(bytes.NewReader(have))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := emulator.Save(&again, w); err != nil {
		t.Fatal(err)
	}
	if again.String() != want.String() {
		t.Error("reading and writing the world changes it")
	}
}

func TestLoadRefusesWhatNoWorldHas(t *testing.T) {
	for in, want := range map[string]string{
		`{"Acount":"111122223333"}`: "Acount", `{"Account":"123"}`: "twelve digits", `{"Faults":[{}]}`: "names no operation",
		`{"Trail":[{"eventName":"x"}]}`: "trail event 0", `{`: "EOF", `{"Lag":"soon"}`: "duration",
	} {
		if _, err := emulator.Load(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it to speak of %q", in, err, want)
		}
	}
}

func start(t testing.TB, w emulator.World) *emulator.Server {
	t.Helper()
	s, err := emulator.Start(context.Background(), w, emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ana is a sign-in that works.
func ana() idp.Response {
	return idp.Response{
		ID: "_r1", AssertionID: "_a1", Issuer: issuer, NameID: "ana", SessionName: "ana.souza@northwind.example",
		Roles: []string{role + "," + provider}, IssueInstant: monday.Add(-5 * time.Second), SessionDuration: "28800",
	}
}

func signed(t testing.TB, r idp.Response, by string) []byte {
	t.Helper()
	b, err := r.Sign(key(t, by))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
