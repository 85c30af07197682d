package tuitest

import (
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
	"example.com/samlens/diag"
	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	product "example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/saml"
)

// Monday is when the sign-ins of these cases happen.
var Monday = time.Date(2026, 11, 23, 8, 2, 11, 0, time.UTC)

const (
	account  = "123456789012"
	provider = "arn:aws:iam::" + account + ":saml-provider/Okta"
	role     = "arn:aws:iam::" + account + ":role/ConnectAgents"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	b, err := os.ReadFile(filepath.Join(filepath.Dir(here), "..", "..", "testdata", "keys", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func key(t testing.TB, name string) idp.Key {
	t.Helper()
	k, err := idp.ReadKey(read(t, name+".key"), read(t, name+".crt"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func cert(t testing.TB, name, origin string, in evidence.Doc, n int) evidence.Certificate {
	t.Helper()
	b, _ := pem.Decode(read(t, name+".crt"))
	path := fmt.Sprintf("/EntityDescriptor/IDPSSODescriptor/KeyDescriptor[%d]/KeyInfo/X509Data/X509Certificate", n)
	return certificate.FromDER(b.Bytes, origin, "signing", evidence.Spot{In: in, Path: path})
}

// signIn is a sign-in of the session name, signed with a key, that the
// capture shows to the end.
func signIn(t testing.TB, name, signer string, more ...idp.Attribute) evidence.Case {
	t.Helper()
	doc, err := idp.Response{
		ID: "_r1", AssertionID: "_a1", Issuer: "http://www.okta.com/exk1northwind", Destination: "https://signin.aws.amazon.com/saml",
		NameID: "j.doe@northwind.example", SessionName: name, Roles: []string{role + "," + provider}, SessionDuration: "28800",
		Tags: []idp.Tag{{Key: "Team", Value: "Returns"}}, Attributes: more,
		IssueInstant: Monday.Add(-2 * time.Second), Signed: idp.Both,
	}.Sign(key(t, signer))
	if err != nil {
		t.Fatal(err)
	}
	r, err := saml.Parse(doc, saml.Options{EncodedLen: len(idp.Encode(doc))})
	if err != nil {
		t.Fatal(err)
	}
	return evidence.Case{
		Source: "monday.har", Now: Monday.Add(20 * time.Minute), AsOf: evidence.AsOf{At: Monday, Source: evidence.AsOfCapture},
		Response: evidence.Have(r, "monday.har"),
		Capture: evidence.Have(evidence.Capture{
			Form: evidence.FormHAR, Writer: "Chrome DevTools", Entry: 41, Outcome: evidence.OutcomeRefused,
			Posted: &evidence.Post{URL: "https://signin.aws.amazon.com/saml", Entry: 41, Method: "POST", SentAt: Monday, Message: "SAMLResponse"},
			Exchanges: []evidence.Exchange{
				{Entry: 40, At: Monday.Add(-time.Second), Took: 400 * time.Millisecond, Method: "GET", URL: "https://northwind.okta.com/app/aws/sso/saml", Status: 200, MIME: "text/html", Party: "idp"},
				{Entry: 41, At: Monday, Took: 310 * time.Millisecond, Method: "POST", URL: "https://signin.aws.amazon.com/saml", Status: 400, MIME: "text/html", Party: "aws-signin", SAML: "SAMLResponse", Text: "Response signature invalid"},
			},
		}, "monday.har"),
	}
}

func links(states string, why ...string) []chain.Link {
	kinds := map[byte]chain.State{'v': chain.Verified, 'f': chain.Failed, 'i': chain.Inferred, 'u': chain.Unchecked, 'p': chain.Unreached, 'w': chain.Unreached, 'r': chain.Unreached, 'n': chain.NotApplicable}
	out := make([]chain.Link, len(states))
	for i, h := range evidence.Hops() {
		out[i] = chain.Link{Hop: h, State: kinds[states[i]]}
		if i < len(why) {
			out[i].Why = why[i]
		}
		switch states[i] {
		case 'p':
			out[i].Known = "would pass"
		case 'w':
			out[i].Known = "would fail: user-case-mismatch"
		}
	}
	return out
}

// Rotated is the morning after a certificate rotation: broken at the
// provider, with a user's name that would fail behind it, and AWS's answers
// in.
func Rotated(t testing.TB) diag.Diagnosis {
	t.Helper()
	c := signIn(t, "JDoe@northwind.example", "idp-a-next",
		idp.Attribute{Name: "email", Values: []string{"j.doe@northwind.example"}}, idp.Attribute{Name: "groups", Values: []string{"Agents", "Returns\u00a0EMEA"}})
	c.Capture.Value.Observed = &evidence.Observed{Text: "Response signature invalid", ID: "signature-invalid", HTTPStatus: 400, Entry: 41}
	next, old := cert(t, "idp-a-next", "idp-metadata", evidence.InIdPMetadata, 1), cert(t, "idp-a", "iam", evidence.InMetadata, 1)
	c.Live = evidence.Live{
		Identity:    evidence.Have(evidence.Identity{Account: account, Region: "eu-central-1", Partition: "aws"}, "sts:GetCallerIdentity"),
		Provider:    evidence.Have(evidence.Provider{ARN: provider, Full: true, Metadata: evidence.Metadata{Entities: []evidence.Entity{{Signing: []evidence.Certificate{old}}}}}, "iam:GetSAMLProvider"),
		IdPMetadata: evidence.Have(evidence.Metadata{Source: "okta.xml", Entities: []evidence.Entity{{Signing: []evidence.Certificate{next}}}}, "okta.xml"),
		Users:       evidence.Have(Users(12480), "connect:ListUsers"),
		Trail:       evidence.Have(Trail(512), "cloudtrail:LookupEvents"),
		Instance:    evidence.Have(evidence.Instance{ID: "11111111-2222-3333-4444-555555555555", Alias: "contact-eu", IdentityType: "SAML", Status: "ACTIVE"}, "connect:DescribeInstance"),
	}
	a, _ := c.Response.Value.First()
	return diag.Diagnosis{
		Case: c, ForConnect: evidence.Have(true, "relay state"),
		Verdict: chain.Verdict{
			State: chain.Broken, Hop: evidence.HopProvider, Rule: rotated.ID, Seen: true, Predicted: "Response signature invalid",
			Summary: "Okta signs with a certificate that IAM does not hold; it was rolled over on Saturday",
		},
		Chain: links("vvvvfpprwu", "the SAML response was read", "the IdP answered Success", "posted to signin.aws.amazon.com/saml", "role ConnectAgents",
			"no certificate of the provider verifies the signature", "", "", "", "", "a session's end is not in a capture of its beginning"),
		Findings: []rule.Finding{
			{
				Rule: rotated, Severity: rule.Error, Summary: "Okta signs with a certificate that IAM does not hold", At: c.Response.Value.Signatures[0].Certificates[0].At,
				Evidence: []rule.Exhibit{
					{What: "signed with", At: c.Response.Value.Signatures[0].Certificates[0].At, Saw: next.SHA256, Want: old.SHA256},
					{What: "IAM holds", At: old.At, Saw: "valid 2024-04-01 to 2034-03-30"},
				},
				Also:  []evidence.Spot{old.At},
				Fixes: fixes,
			},
			{
				Rule: caseMismatch, Severity: rule.Warning, After: rotated.ID, Summary: "Connect has jdoe@northwind.example, the assertion says JDoe@northwind.example",
				At:       nameSpot(a),
				Evidence: []rule.Exhibit{{What: "role session name", At: nameSpot(a), Saw: "JDoe@northwind.example", Want: "jdoe@northwind.example"}},
			},
			{Rule: global, Severity: rule.Info, Summary: "Posted to the global endpoint; a regional one is recommended for Connect", At: evidence.Spot{In: evidence.InHAR, Path: "/log/entries/41"}},
		},
	}
}

func nameSpot(a evidence.Assertion) evidence.Spot {
	for _, at := range a.Attributes {
		if at.Name.Value == "https://aws.amazon.com/SAML/Attributes/RoleSessionName" && len(at.Values) > 0 {
			return at.Values[0].At
		}
	}
	return a.At
}

var (
	rotated = &rule.Rule{
		ID: "certificate-rotated", Title: "IAM does not hold the signing certificate", Hop: evidence.HopProvider, Severity: rule.Error,
		Why:      "AWS checks the signature with the certificates of the provider's metadata alone. The one that comes with the response is not looked at.",
		Inferred: "that AWS tries every signing certificate of the metadata",
		Refs:     []string{"https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html"},
	}
	caseMismatch = &rule.Rule{ID: "user-case-mismatch", Title: "The session name differs from the user in case", Hop: evidence.HopUser, Severity: rule.Error, Why: "Connect compares with case."}
	global       = &rule.Rule{ID: "acs-global", Title: "Posted to the global endpoint", Hop: evidence.HopPost, Severity: rule.Info, Why: "A regional endpoint survives an outage of us-east-1."}
	fixes        = []rule.Fix{
		{
			Title: "Upload the IdP's new metadata to IAM", Who: rule.AWSAdmin,
			Steps: []string{"Save Okta's current metadata as metadata.xml", "Compare its fingerprint with the one that Okta shows"},
			Commands: []rule.Command{
				rule.AWS("iam", "get-saml-provider", "--saml-provider-arn", provider, "--query", "SAMLMetadataDocument", "--output", "text").To("backup.xml"),
				rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", provider, "--saml-metadata-document", "file://metadata.xml"),
			},
			Undo:        []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", provider, "--saml-metadata-document", "file://backup.xml")},
			Change:      &rule.Change{Name: "metadata.xml", Before: "<a>\n  <b>old</b>\n</a>\n", After: "<a>\n  <b>new</b>\n</a>\n"},
			Consequence: "the whole metadata document is replaced, for every role that trusts this provider",
			Terraform:   "resource \"aws_iam_saml_provider\" \"okta\" {\n\tname = \"Okta\"\n}\n",
		},
		{Title: "Roll Okta back to the old certificate", Who: rule.IdPAdmin, Setting: product.SigningCertificate},
	}
)

// Healthy is a sign-in that works.
func Healthy(t testing.TB) diag.Diagnosis {
	t.Helper()
	c := signIn(t, "jdoe", "idp-a")
	c.Capture.Value.Outcome = evidence.OutcomeConnect
	return diag.Diagnosis{
		Case: c, Verdict: chain.Verdict{State: chain.Healthy, Summary: "Nothing is broken: every hop of this sign-in holds"},
		Chain: links("vvvvvvvviv", "the SAML response was read", "the IdP answered Success", "posted to signin.aws.amazon.com/saml", "role ConnectAgents",
			"the signature verifies with a certificate that IAM holds", "session name, audience and times hold", "the trust policy admits it", "the role may federate", "Connect showed its application", "no end is seen"),
	}
}

// Unknown is a bare response without any evidence of AWS.
func Unknown(t testing.TB) diag.Diagnosis {
	t.Helper()
	c := signIn(t, "jdoe", "idp-a")
	c.Capture.Value = evidence.Capture{Form: evidence.FormBase64, Entry: -1}
	d := diag.Diagnosis{
		Case: c, Verdict: chain.Verdict{State: chain.Unknown, Summary: "Nothing is broken as far as can be seen, but IAM's metadata and the Connect users are not known"},
		Chain: links("vvnviuuuun", "the SAML response was read", "the IdP answered Success", "a bare response does not show where it was posted", "role ConnectAgents", "the signature is intact; IAM's certificates are not known"),
	}
	d.Chain[6].Missing, d.Chain[8].Missing = evidence.NeedRoles, evidence.NeedUsers
	d.Chain[6].Why, d.Chain[8].Why = "the trust policy is not known", "the Connect users are not known"
	return d
}

// Hostile is a sign-in whose every value tries to take the terminal over.
func Hostile(t testing.TB) diag.Diagnosis {
	t.Helper()
	const evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u200b\u2066 \u00a0e\u0301\u0301\u0301\u0301\u0301\u0301\U000e0041👩\u200d👩\u200d👧 日本\r\n\t\xff end "
	d := Rotated(t)
	d.Case.Source = evil
	r := d.Case.Response.Value
	r.Assertions = append([]evidence.Assertion(nil), r.Assertions...)
	a := &r.Assertions[0]
	a.Attributes = append([]evidence.Attribute(nil), a.Attributes...)
	for i := range a.Attributes {
		at := &a.Attributes[i]
		at.Name.Value += evil
		at.Values = append([]evidence.Value(nil), at.Values...)
		for j := range at.Values {
			at.Values[j].Value = evil
		}
	}
	a.Issuer.Value = evil
	d.Case.Response.Value = r
	d.Verdict.Summary, d.Verdict.Predicted, d.Verdict.Disagreement = evil, evil, evil
	d.Findings = append([]rule.Finding(nil), d.Findings...)
	for i := range d.Findings {
		f := &d.Findings[i]
		f.Summary = evil
		f.Evidence = []rule.Exhibit{{What: evil, Saw: evil, Want: "x" + evil, At: f.At}}
		f.Fixes = []rule.Fix{{Title: evil, Steps: []string{evil}, Commands: []rule.Command{rule.AWS(evil)}, Consequence: evil, Terraform: evil, Change: &rule.Change{Name: evil, Before: evil, After: "a" + evil}}}
		f.Also = []evidence.Spot{{In: evidence.InTrust, Path: evil}}
	}
	for i := range d.Chain {
		d.Chain[i].Why = evil
	}
	d.Case.Live.Users = evidence.Have([]evidence.User{{ID: "1", Username: evil, Email: evil, RoutingProfile: evil}, {ID: "2", Username: "b"}}, evil)
	d.Case.Live.Trail = evidence.Have([]evidence.TrailEvent{{ID: evil, Name: evil, ErrorCode: evil, ErrorMessage: evil, Failed: true, SessionName: evil, SourceIP: evil, UserAgent: evil, Time: Monday, Raw: []byte(evil)}}, evil)
	return d
}

// Users are n Connect users.
func Users(n int) []evidence.User {
	out := make([]evidence.User, n)
	for i := range out {
		out[i] = evidence.User{ID: fmt.Sprintf("u-%d", i), Username: fmt.Sprintf("agent%05d@northwind.example", i)}
	}
	if n > 0 {
		out[n/2].Username = "jdoe@northwind.example"
	}
	return out
}

// Trail are n sign-in events up to Monday morning, newest first: successes,
// then nothing but failures.
func Trail(n int) []evidence.TrailEvent {
	out := make([]evidence.TrailEvent, n)
	for i := range out {
		e := evidence.TrailEvent{
			ID: fmt.Sprintf("e-%d", i), Name: "AssumeRoleWithSAML", Source: "sts.amazonaws.com", Time: Monday.Add(-time.Duration(i) * 20 * time.Second),
			Region: "eu-central-1", SessionName: fmt.Sprintf("agent%05d@northwind.example", i%97), SourceIP: "203.0.113.7", RoleARN: role, ProviderARN: provider,
		}
		if i < n*2/3 {
			e.Failed, e.ErrorCode, e.ErrorMessage = true, "InvalidIdentityToken", "Response signature invalid"
		}
		e.Raw = []byte(`{"eventID":"` + e.ID + `"}`)
		out[i] = e
	}
	return out
}
