package emulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

func assume(t testing.TB, s *emulator.Server, response []byte, change func(*sts.AssumeRoleWithSAMLInput)) (*sts.AssumeRoleWithSAMLOutput, error) {
	t.Helper()
	in := &sts.AssumeRoleWithSAMLInput{RoleArn: aws.String(role), PrincipalArn: aws.String(provider), SAMLAssertion: aws.String(idp.Encode(response))}
	if change != nil {
		change(in)
	}
	return sts.NewFromConfig(config(s)).AssumeRoleWithSAML(context.Background(), in)
}

func trust(condition string) emulator.Document {
	return emulator.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + provider + `"},"Action":"sts:AssumeRoleWithSAML","Condition":` + condition + `}]}`)
}

// What AWS is known to answer to each kind of broken sign-in.
func TestAssumeRoleWithSAML(t *testing.T) {
	const denied = "AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML"
	type world = func(*emulator.World)
	type response = func(*idp.Response)
	for _, c := range []struct {
		name  string
		world world
		resp  response
		by    string
		bend  func([]byte) []byte
		ask   func(*sts.AssumeRoleWithSAMLInput)
		want  string // code: message; empty for success
	}{
		{name: "healthy"},
		{name: "response signed", resp: func(r *idp.Response) { r.Signed = idp.Whole }},
		{name: "both signed", resp: func(r *idp.Response) { r.Signed = idp.Both }},
		{name: "no KeyInfo", resp: func(r *idp.Response) { r.Bare = true }},
		{name: "SHA-1", resp: func(r *idp.Response) { r.Method = idp.RSASHA1 }},
		{name: "several certificates", world: func(w *emulator.World) { w.Providers[0].Metadata = metadata(t, "other", "expired", "idp-a") }},
		{name: "expired certificate", by: "expired", world: func(w *emulator.World) { w.Providers[0].Metadata = metadata(t, "expired") }},
		{name: "1024 bits", by: "weak", world: func(w *emulator.World) { w.Providers[0].Metadata = metadata(t, "weak") }},
		{name: "ECDSA", by: "ec", world: func(w *emulator.World) { w.Providers[0].Metadata = metadata(t, "ec") }},
		{name: "provider first", resp: func(r *idp.Response) { r.Roles = []string{provider + "," + role} }},
		{name: "encrypted", resp: func(r *idp.Response) { r.EncryptTo = key(t, "sp").Certificate }, world: withKey(t)},
		{name: "encrypted and whole signed", resp: func(r *idp.Response) { r.EncryptTo = key(t, "sp").Certificate; r.Signed = idp.Both }, world: withKey(t)},
		{name: "certificate rotated", by: "idp-a-next", want: "InvalidIdentityToken: Response signature invalid"},
		{name: "altered", bend: func(b []byte) []byte { return bytes.Replace(b, []byte("ana.souza@"), []byte("eve.souza@"), 1) }, want: "InvalidIdentityToken: Response signature invalid"},
		{name: "unsigned", resp: func(r *idp.Response) { r.Signed = idp.Nothing }, want: "InvalidIdentityToken: Response signature invalid"},
		{name: "no key for it", resp: func(r *idp.Response) { r.EncryptTo = key(t, "sp").Certificate }, want: "InvalidIdentityToken: no key opens the assertion"},
		{name: "two assertions", bend: twice, want: "InvalidIdentityToken: Responses must contain exactly one Assertion"},
		{name: "wrapped", bend: wrap, want: "InvalidIdentityToken: Response signature invalid"},
		{name: "no provider", world: func(w *emulator.World) { w.Providers[0].Name = "northwind2" }, want: "InvalidIdentityToken: Specified provider doesn't exist"},
		{name: "issuer", resp: func(r *idp.Response) { r.Issuer = issuer + "/" }, want: "InvalidIdentityToken: Issuer not present in specified provider"},
		{name: "issuer and key", resp: func(r *idp.Response) { r.Issuer = issuer + "/" }, by: "other", want: "InvalidIdentityToken: Issuer not present in specified provider"},
		{name: "not base64", ask: func(in *sts.AssumeRoleWithSAMLInput) { in.SAMLAssertion = aws.String("PHNhbWw%2B") }, want: "InvalidIdentityToken: Invalid base64 SAMLResponse"},
		{name: "not XML", bend: func(b []byte) []byte { return b[:len(b)/2] }, want: "InvalidIdentityToken: Invalid SAML response"},
		{name: "status", resp: func(r *idp.Response) { r.Status = "Responder" }, want: "IDPRejectedClaim: "},
		{name: "audience", resp: func(r *idp.Response) { r.Audience = "https://northwind.example" }, want: "InvalidIdentityToken: Response does not contain the required audience."},
		{name: "no audience", resp: func(r *idp.Response) { r.Audience = "-" }, want: "InvalidIdentityToken: Response does not contain the required audience."},
		{name: "no recipient", resp: func(r *idp.Response) { r.Recipient = "-" }, want: "InvalidIdentityToken: Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter"},
		{name: "recipient", resp: func(r *idp.Response) { r.Recipient = "https://us-west-2.signin.aws.amazon.com/saml" }, want: denied},
		{name: "late", resp: func(r *idp.Response) {
			r.IssueInstant = monday.Add(-5*time.Minute - time.Second)
			r.NotOnOrAfter = monday.Add(time.Hour)
		}, want: "ExpiredTokenException: Token must be redeemed within 5 minutes of issuance"},
		{name: "over", resp: func(r *idp.Response) { r.NotOnOrAfter = monday }, want: "ExpiredTokenException: Token must be redeemed within 5 minutes of issuance"},
		{name: "early", resp: func(r *idp.Response) { r.IssueInstant = monday.Add(5 * time.Minute) }, want: "ExpiredTokenException: Token must be redeemed within 5 minutes of issuance"},
		{name: "just in time", resp: func(r *idp.Response) { r.IssueInstant = monday.Add(-299 * time.Second) }},
		{name: "no session name", resp: func(r *idp.Response) { r.SessionName = "" }, want: "InvalidIdentityToken: RoleSessionName is required in AuthnResponse"},
		{name: "session name", resp: func(r *idp.Response) { r.SessionName = "Ana Souza" }, want: "InvalidIdentityToken: RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"},
		{name: "source identity", resp: func(r *idp.Response) { r.SourceIdentity = "aws:ana" }, want: "InvalidIdentityToken: Source Identity must match"},
		{name: "other pair", resp: func(r *idp.Response) { r.Roles = []string{role + "2," + provider} }, want: "InvalidIdentityToken: SAML Assertion doesn't contain the requested Role and Metadata in the attributes"},
		{name: "role gone", world: func(w *emulator.World) { w.Roles = nil }, want: denied},
		{name: "role in another case", world: func(w *emulator.World) { w.Roles[0].Name = "Agents" }, want: denied},
		{name: "no NameID", resp: func(r *idp.Response) { r.NameID = "" }, want: denied},
		{name: "principal", world: func(w *emulator.World) {
			w.Roles[0].Trust = emulator.Document(strings.ReplaceAll(string(w.Roles[0].Trust), "/northwind", "/contoso"))
		}, want: denied},
		{name: "tags without leave", world: func(w *emulator.World) { w.Roles[0].Trust = trust("{}") }, resp: func(r *idp.Response) { r.Tags = []idp.Tag{{Key: "team", Value: "a"}} }, want: denied},
		{name: "tags", resp: func(r *idp.Response) { r.Tags = []idp.Tag{{Key: "team", Value: "a"}} }},
		{name: "source identity without leave", resp: func(r *idp.Response) { r.SourceIdentity = "ana" }, want: denied},
		{name: "MFA asked", world: func(w *emulator.World) {
			w.Roles[0].Trust = trust(`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`)
		}, want: denied},
		{name: "keys of the assertion", world: func(w *emulator.World) {
			w.Roles[0].Trust = trust(`{"StringEquals":{"saml:ISS":"` + issuer + `","SAML:doc":"` + account + `/northwind","saml:sub_type":"persistent","sts:RoleSessionName":"ana.souza@northwind.example"},"StringLike":{"saml:aud":"https://signin.*/saml*"}}`)
		}},
		{name: "explicit deny", world: func(w *emulator.World) {
			w.Roles[0].Trust = emulator.Document(strings.Replace(string(w.Roles[0].Trust), `"Statement":[`, `"Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:*"},`, 1))
		}, want: denied},
		{name: "resource control policy", world: func(w *emulator.World) {
			w.Organization.Policies = append(w.Organization.Policies, emulator.OrganizationPolicy{ID: "p-rcp", Type: "RESOURCE_CONTROL_POLICY", Targets: []string{"r-nw01"}, Content: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-northwind1"}}}]}`})
		}, want: denied},
		{name: "region off", world: func(w *emulator.World) { w.STSDisabled = []string{"us-east-1"} }, want: "RegionDisabledException: STS is not activated in this region for account:111122223333"},
		{name: "duration", world: func(w *emulator.World) { w.Roles[0].MaxSessionDuration = 3600 }, ask: func(in *sts.AssumeRoleWithSAMLInput) { in.DurationSeconds = aws.Int32(7200) }, want: "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role."},
		{name: "swapped", ask: func(in *sts.AssumeRoleWithSAMLInput) { in.RoleArn, in.PrincipalArn = in.PrincipalArn, in.RoleArn }, want: "ValidationError: Request ARN is invalid"},
		{name: "empty", ask: func(in *sts.AssumeRoleWithSAMLInput) { in.RoleArn, in.PrincipalArn = aws.String(""), aws.String("") }, want: "ValidationError: 2 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint"},
		{name: "too large", bend: func(b []byte) []byte { return append(b, bytes.Repeat([]byte(" "), 80_000)...) }, want: "ValidationError: 1 validation error detected: Value at 'sAMLAssertion'"},
		// Encrypted assertions without the provider's mode are welcome; plain ones with it are not.
		{name: "encryption required", world: func(w *emulator.World) { withKey(t)(w); w.Providers[0].Encryption = "Required" }, want: "InvalidIdentityToken: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := northwind(t)
			if c.world != nil {
				c.world(&w)
			}
			r := ana()
			if c.resp != nil {
				c.resp(&r)
			}
			by := c.by
			if by == "" {
				by = "idp-a"
			}
			b := signed(t, r, by)
			if c.bend != nil {
				b = c.bend(b)
			}
			out, err := assume(t, start(t, w), b, c.ask)
			if got := brief(err); got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want)) {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			if err == nil && (*out.AssumedRoleUser.Arn != "arn:aws:sts::111122223333:assumed-role/agents/ana.souza@northwind.example" || *out.Audience != acs) {
				t.Errorf("%s, %s", *out.AssumedRoleUser.Arn, *out.Audience)
			}
		})
	}
}

func withKey(t *testing.T) func(*emulator.World) {
	t.Helper()
	return func(w *emulator.World) {
		w.Providers[0].Keys = []emulator.PrivateKey{{ID: "SAMLPKEXAMPLE0000000001", PEM: keyPEM(t, "sp")}}
	}
}

// twice repeats the assertion.
func twice(b []byte) []byte {
	i, j := bytes.Index(b, []byte("<saml2:Assertion")), bytes.Index(b, []byte("</saml2p:Response>"))
	return bytes.Join([][]byte{b[:j], b[i:j], b[j:]}, nil)
}

// wrap puts another assertion in the place of the signed one and hides that in
// an extension: the classical wrapping attack.
func wrap(b []byte) []byte {
	i, j := bytes.Index(b, []byte("<saml2:Assertion")), bytes.Index(b, []byte("</saml2p:Response>"))
	real := b[i:j]
	sig := real[bytes.Index(real, []byte("<ds:Signature")) : bytes.Index(real, []byte("</ds:Signature>"))+len("</ds:Signature>")]
	without := bytes.Replace(real, sig, nil, 1)
	evil := bytes.ReplaceAll(bytes.ReplaceAll(without, []byte(`ID="_a1"`), []byte(`ID="_evil"`)), []byte("ana.souza"), []byte("eve.souza"))
	holder := bytes.Join([][]byte{sig[:len(sig)-len("</ds:Signature>")], []byte("<ds:Object>"), without, []byte("</ds:Object></ds:Signature>")}, nil)
	at := bytes.Index(evil, []byte("</saml2:Issuer>")) + len("</saml2:Issuer>")
	return bytes.Join([][]byte{b[:i], evil[:at], holder, evil[at:], b[j:]}, nil)
}

// brief is an error as code and message.
func brief(err error) string {
	if err == nil {
		return ""
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return err.Error()
	}
	return api.ErrorCode() + ": " + api.ErrorMessage()
}

// A response with many groups has more elements than the signature library
// likes to walk.
func TestLargeResponsesVerify(t *testing.T) {
	for _, how := range []idp.Signed{idp.Assertion, idp.Whole, idp.Both} {
		r := ana()
		r.Signed = how
		groups := idp.Attribute{Name: "groups"}
		for i := range 1_200 {
			groups.Values = append(groups.Values, fmt.Sprint(i))
		}
		r.Attributes = []idp.Attribute{groups}
		if _, err := assume(t, start(t, northwind(t)), signed(t, r, "idp-a"), nil); err != nil {
			t.Errorf("signed %v: %v", how, err)
		}
	}
}

func TestAssumeLeavesAnEvent(t *testing.T) {
	s := start(t, northwind(t))
	r := ana()
	r.Tags = []idp.Tag{{Key: "team", Value: "a"}}
	if _, err := assume(t, s, signed(t, r, "idp-a"), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := assume(t, s, signed(t, ana(), "other"), nil); err == nil {
		t.Fatal("another's signature was taken")
	}
	trail := s.World().Trail
	if len(trail) != 3 {
		t.Fatalf("%d events", len(trail))
	}
	type event struct {
		ErrorCode, ErrorMessage, AWSRegion string
		UserIdentity                       map[string]string
		RequestParameters                  map[string]any
		ResponseElements                   map[string]any
	}
	var ok, bad event
	if err := errors.Join(json.Unmarshal([]byte(trail[1]), &ok), json.Unmarshal([]byte(trail[2]), &bad)); err != nil {
		t.Fatal(err)
	}
	if ok.ErrorCode != "" || ok.AWSRegion != "us-east-1" || ok.UserIdentity["userName"] != "ana" ||
		ok.RequestParameters["sAMLAssertionID"] != "_a1" || ok.RequestParameters["roleSessionName"] != "ana.souza@northwind.example" ||
		ok.ResponseElements["audience"] != acs || ok.ResponseElements["subjectType"] != "persistent" {
		t.Errorf("success: %+v", ok)
	}
	if bad.ErrorCode != "InvalidIdentityToken" || bad.ErrorMessage != "Response signature invalid" || bad.RequestParameters["roleArn"] != role {
		t.Errorf("failure: %+v", bad)
	}
}

// Two records of real accounts hold issuer, account, provider and what AWS made
// of them; one is checked here.
func TestNameQualifier(t *testing.T) {
	w := northwind(t)
	w.Account = "671568874969"
	w.Providers[0].Name = "SplunkcloudOkta"
	w.Providers[0].Metadata = strings.ReplaceAll(w.Providers[0].Metadata, issuer, "http://www.okta.com/exksfwc0mwQGJQoJ62p6")
	w.Roles = []emulator.Role{{Name: "r", Trust: `{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:*"}}`}}
	w.Organization = nil
	p := "arn:aws:iam::671568874969:saml-provider/SplunkcloudOkta"
	a := ana()
	a.Issuer, a.Roles, a.NameIDFormat = "http://www.okta.com/exksfwc0mwQGJQoJ62p6", []string{"arn:aws:iam::671568874969:role/r," + p}, idp.Unspecified
	out, err := assume(t, start(t, w), signed(t, a, "idp-a"), func(in *sts.AssumeRoleWithSAMLInput) {
		in.RoleArn, in.PrincipalArn = aws.String("arn:aws:iam::671568874969:role/r"), aws.String(p)
	})
	if err != nil {
		t.Fatal(err)
	}
	if *out.NameQualifier != "g4RD/xcF3dcnEghdegAhfaPo+ow=" || *out.SubjectType != "unspecified" {
		t.Errorf("%s %s", *out.NameQualifier, *out.SubjectType)
	}
}
