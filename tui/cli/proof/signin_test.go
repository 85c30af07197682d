package proof

import (
	"crypto/x509"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"example.com/samlens/awsx/emulator/idp"
)

// The contact centre of the proof: Northwind, in Frankfurt.
const (
	account     = "210987654321"
	region      = "eu-central-1"
	instance    = "5d2c8a10-7f3e-4b69-a1c4-90e8b7d6f523"
	alias       = "northwind-care"
	issuer      = "http://www.okta.com/exk7c2p9w4Zr1VbQy5d6"
	roleName    = "CareAgents"
	roleARN     = "arn:aws:iam::" + account + ":role/" + roleName
	providerARN = "arn:aws:iam::" + account + ":saml-provider/Okta"
	uuid        = "SAMLSPNORTHWINDCARE2026"
	instanceARN = "arn:aws:connect:" + region + ":" + account + ":instance/" + instance
	agent       = "maria.lopez@northwind.example"
	regionalACS = "https://" + region + ".signin.aws.amazon.com/saml"
	globalACS   = "https://signin.aws.amazon.com/saml"
	federateURL = "https://" + region + ".console.aws.amazon.com/connect/federate/" + instance
	responseID  = "id41836201947562839104756201"
	assertionID = "id41836201947562840593817264"
)

// morning is when the sign-in was posted.
var morning = time.Date(2026, 11, 23, 8, 2, 11, 0, time.UTC)

// An object is JSON as the AWS CLI prints it.
type object = map[string]any

// A signIn is everything that a mutation can change: what the identity
// provider sends, how the browser wrote it down, and what AWS holds.
type signIn struct {
	now      time.Time // when somebody looks
	response idp.Response
	key      idp.Key
	// assertion edits the assertion before it is signed, signed the document
	// after.
	assertion, signed []func(string) string
	visit             idp.Visit
	har               []func(object)        // edits of the capture
	dress             func([]byte) []byte   // replaces the HAR by another form of the response
	raw               func(h []byte) []byte // edits of the capture's bytes
	// AWS: the members of the answers.
	metadata                 string // IAM's document
	provider, role, instance object // members beside the documents
	trust, permission        object
	providers                []string
	users                    []object
	extra                    map[string]any // files of an evidence folder: JSON, or text
	args                     []string
	without                  []string // flags whose evidence is left out
}

var keyFiles = sync.OnceValues(func() (map[string]idp.Key, error) {
	out := map[string]idp.Key{}
	for _, name := range []string{"idp-a", "idp-a-next", "other", "weak", "expired", "ec", "sp"} {
		k, err := os.ReadFile("../../../testdata/keys/" + name + ".key")
		if err != nil {
			return nil, err
		}
		c, err := os.ReadFile("../../../testdata/keys/" + name + ".crt")
		if err != nil {
			return nil, err
		}
		if out[name], err = idp.ReadKey(k, c); err != nil {
			return nil, err
		}
	}
	return out, nil
})

func keyOf(t testing.TB, name string) idp.Key {
	t.Helper()
	all, err := keyFiles()
	if err != nil {
		t.Fatal(err)
	}
	return all[name]
}

func metadataOf(entity string, certificates ...*x509.Certificate) string {
	return idp.Metadata(entity, "https://northwind.okta.com/app/amazon_aws/exk7c2p9w4Zr1VbQy5d6/sso/saml", certificates...)
}

// healthy is the sign-in that everything starts from.
func healthy(t testing.TB) *signIn {
	t.Helper()
	k := keyOf(t, "idp-a")
	return &signIn{
		now: morning.Add(40 * time.Minute), key: k,
		response: idp.Response{
			ID: responseID, AssertionID: assertionID, Issuer: issuer, NameID: agent, NameIDFormat: idp.Unspecified, SessionName: agent,
			Roles: []string{roleARN + "," + providerARN}, SessionDuration: "28800", IssueInstant: morning.Add(-time.Second), Recipient: regionalACS,
		},
		visit: idp.Visit{
			At: morning, Portal: "https://northwind.okta.com/app/UserHome", RelayState: federateURL,
			SSO: "https://northwind.okta.com/app/amazon_aws/exk7c2p9w4Zr1VbQy5d6/sso/saml", Answer: idp.Page{URL: regionalACS, Status: 200},
		},
		metadata: metadataOf(issuer, k.Certificate),
		provider: object{"SAMLProviderUUID": uuid, "CreateDate": "2024-02-12T09:00:00+00:00", "ValidUntil": "2124-02-12T09:00:00+00:00"},
		role: object{
			"Path": "/", "RoleName": roleName, "RoleId": "AROANORTHWINDCAREAGENT", "Arn": roleARN,
			"CreateDate": "2024-02-12T09:00:00+00:00", "MaxSessionDuration": 43200,
		},
		instance: object{
			"Id": instance, "Arn": instanceARN, "IdentityManagementType": "SAML", "InstanceAlias": alias,
			"CreatedTime": "2024-02-12T09:00:00+00:00", "InstanceStatus": "ACTIVE", "InstanceAccessUrl": "https://" + alias + ".my.connect.aws",
		},
		trust:      trustOf(providerARN, "sts:AssumeRoleWithSAML", regionalACS),
		permission: permissionOn(instanceARN + "/user/${aws:userid}"),
		providers:  []string{providerARN, "arn:aws:iam::" + account + ":saml-provider/PartnerPortal"},
		users:      usersOf(agent, "tom.baker@northwind.example", "ines.costa@northwind.example", "yuki.tanaka@northwind.example"),
		extra:      map[string]any{},
	}
}

func trustOf(federated any, action any, audience ...string) object {
	return object{"Version": "2012-10-17", "Statement": []any{object{
		"Effect": "Allow", "Principal": object{"Federated": federated}, "Action": action,
		"Condition": object{"StringEquals": object{"SAML:aud": audience}},
	}}}
}

func permissionOn(resource string) object {
	return object{"Version": "2012-10-17", "Statement": []any{object{"Effect": "Allow", "Action": "connect:GetFederationToken", "Resource": resource}}}
}

// first is a policy's first statement, to be changed.
func first(policy object) object { return policy["Statement"].([]any)[0].(object) }

func usersOf(names ...string) []object {
	var out []object
	for i, n := range names {
		id := "0000000" + string(rune('a'+i%26)) + "-5b1d-4c0e-9f2a-0123456789ab"
		out = append(out, object{"Id": id, "Arn": instanceARN + "/agent/" + id, "Username": n, "LastModifiedTime": "2026-01-05T09:00:00+00:00"})
	}
	return out
}

// edit changes the assertion before it is signed; it fails the test where
// there is nothing to change.
func (s *signIn) edit(t testing.TB, old, text string) {
	s.assertion = append(s.assertion, replace(t, old, text))
}

// tamper changes the document after it was signed.
func (s *signIn) tamper(t testing.TB, old, text string) {
	s.signed = append(s.signed, replace(t, old, text))
}

func replace(t testing.TB, old, text string) func(string) string {
	return func(doc string) string {
		t.Helper()
		if !strings.Contains(doc, old) {
			t.Fatalf("the document has no %q to be changed", old)
		}
		return strings.Replace(doc, old, text, 1)
	}
}

// attribute adds an attribute of AWS's, or another if the name is a whole one.
func (s *signIn) attribute(name string, values ...string) {
	if !strings.Contains(name, ":/") {
		name = idp.AWS + name
	}
	s.response.Attributes = append(s.response.Attributes, idp.Attribute{Name: name, Values: values})
}

// post sends the response to another address, made out to it, and lets the
// role be assumed from there.
func (s *signIn) post(address string) {
	s.response.Recipient, s.visit.Answer.URL = address, address
	s.trust = trustOf(providerARN, "sts:AssumeRoleWithSAML", address)
}

var assertionText = regexp.MustCompile(`(?s)<saml2:Assertion .*</saml2:Assertion>`)

// document is the response as it is posted.
func (s *signIn) document(t testing.TB) []byte {
	t.Helper()
	r := s.response
	var doc string
	if len(s.assertion) == 0 {
		b, err := r.Sign(s.key)
		if err != nil {
			t.Fatal(err)
		}
		doc = string(b)
	} else {
		what := r.Signed
		r.Signed = idp.Nothing
		b, err := r.Sign(s.key)
		if err != nil {
			t.Fatal(err)
		}
		doc = assertionText.ReplaceAllStringFunc(string(b), func(a string) string {
			for _, e := range s.assertion {
				a = e(a)
			}
			if what == idp.Nothing {
				return a
			}
			return seal(t, a, s.key)
		})
	}
	for _, e := range s.signed {
		doc = e(doc)
	}
	return []byte(doc)
}

var issuerEnd = regexp.MustCompile(`</([A-Za-z0-9]+:)?Issuer>`)

// seal signs an element that stands by itself, with a library that is not the
// program's own verifier.
func seal(t testing.TB, element string, k idp.Key) string {
	t.Helper()
	ctx, err := dsig.NewSigningContext(k.Signer, [][]byte{k.Certificate.Raw})
	if err != nil {
		t.Fatal(err)
	}
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	doc := etree.NewDocument()
	if err := doc.ReadFromString(element); err != nil {
		t.Fatalf("%v in %s", err, element)
	}
	signature, err := ctx.ConstructSignature(doc.Root(), true)
	if err != nil {
		t.Fatal(err)
	}
	out := etree.NewDocument()
	out.SetRoot(signature)
	text, err := out.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	at := strings.IndexByte(element, '>') + 1
	if i := issuerEnd.FindStringIndex(element); i != nil {
		at = i[1]
	}
	return element[:at] + text + element[at:]
}

// capture is the file that the agent sends.
func (s *signIn) capture(t testing.TB) []byte {
	t.Helper()
	doc := s.document(t)
	if s.dress != nil {
		return s.dress(doc)
	}
	v := s.visit
	v.Response = doc
	b, err := idp.HAR(v)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.har) > 0 {
		var h object
		if err := json.Unmarshal(b, &h); err != nil {
			t.Fatal(err)
		}
		for _, e := range s.har {
			e(h)
		}
		b = encode(t, h)
	}
	if s.raw != nil {
		b = s.raw(b)
	}
	return b
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "    ")
	if err != nil {
		t.Fatal(err)
	}
	return b
}
