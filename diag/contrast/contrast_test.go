package contrast

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
)

// response is a sign-in's response with room for what differs.
const response = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID-R" Version="2.0" IssueInstant="AT" Destination="https://signin.aws.amazon.com/saml"><Issuer>https://idp.example/x</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="ID-A" Version="2.0" IssueInstant="AT"><Issuer>https://idp.example/x</Issuer><Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">WHO</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="AT" Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject><Conditions NotBefore="AT" NotOnOrAfter="AT"><AudienceRestriction><Audience>urn:amazon:webservices</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><AttributeValue>arn:aws:iam::111122223333:role/ROLE,arn:aws:iam::111122223333:saml-provider/P</AttributeValue></Attribute><Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><AttributeValue>WHO</AttributeValue></Attribute></AttributeStatement></Assertion></samlp:Response>`

func signIn(t *testing.T, replace ...string) diag.Diagnosis {
	t.Helper()
	sources, err := capture.Open("x.xml", strings.NewReader(strings.NewReplacer(append(replace, "ROLE", "Agents", "WHO", "alice", "AT", "2026-11-23T08:00:00Z", "ID-", "_1")...).Replace(response)))
	if err != nil {
		t.Fatal(err)
	}
	cs := diag.Cases(sources[0], diag.Options{Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
	return diag.Diagnose(cs[0])
}

func different(c Contrast) (out []string) {
	for _, a := range c.Different {
		out = append(out, a.Name)
	}
	return out
}

func TestWhatDoesNotMatterIsLeftOut(t *testing.T) {
	c := Of(signIn(t), signIn(t, "WHO", "bob", "AT", "2026-11-25T09:30:00Z", "ID-", "_2"))
	if d := different(c); len(d) > 0 {
		t.Errorf("two people at two times differ in %v", d)
	}
	if len(c.Alike) < 10 {
		t.Errorf("only %v are compared", c.Alike)
	}
}

func TestWhatMattersIsTold(t *testing.T) {
	for want, replace := range map[string][]string{
		"session name's form": {"WHO", "Bob"},
		"roles":               {"ROLE", "Admins"},
		"recipient":           {`Recipient="https://signin.aws.amazon.com/saml"`, `Recipient="https://eu-west-1.signin.aws.amazon.com/saml"`},
		"audience":            {"urn:amazon:webservices", "https://other.example"},
		"issuer":              {"https://idp.example/x", "https://idp.example/y"},
		"NameID format":       {":persistent", ":transient"},
		"valid for":           {`NotBefore="AT"`, `NotBefore="2026-11-23T07:00:00Z"`},
		"destination":         {`Destination="https://signin.aws.amazon.com/saml"`, ""},
		"attributes":          {"SAML/Attributes/RoleSessionName", "SAML/Attributes/RolesessionName"},
	} {
		if d := different(Of(signIn(t), signIn(t, replace...))); !slices.Contains(d, want) {
			t.Errorf("changing %q differs in %v, want %q", replace[0], d, want)
		}
	}
}

func TestTheBrokenHopSuspectsWhatItReads(t *testing.T) {
	good, bad := signIn(t), signIn(t, `SAML/Attributes/Role"`, `SAML/Attributes/Duty"`)
	c := Of(good, bad)
	if bad.Verdict.Hop != evidence.HopSignIn {
		t.Fatalf("the bad one breaks at %s", bad.Verdict.Hop)
	}
	var names []string
	for _, a := range c.Suspects() {
		names = append(names, a.Name)
	}
	if !slices.Contains(names, "roles") || !slices.Contains(names, "attributes") {
		t.Errorf("suspects are %v", names)
	}
	good.Verdict = chain.Verdict{State: chain.Healthy}
	if s := Of(bad, good).Sentence(); !strings.Contains(s, "give the good one first") {
		t.Errorf("given the wrong way round it says %q", s)
	}
	if len(Of(good, good).Suspects()) > 0 {
		t.Error("a sign-in that is not broken has suspects")
	}
}
