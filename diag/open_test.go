package diag

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

func TestAsOf(t *testing.T) {
	aws, browser, flag := tIssued.Add(2*time.Second), tIssued.Add(time.Minute), tIssued.Add(3*time.Hour)
	for _, x := range []struct {
		why       string
		clock     evidence.Clock
		now, flag time.Time
		edit      func(*evidence.Case)
		want      evidence.AsOf
	}{
		{why: "AWS's own Date", clock: evidence.Clock{AWS: aws, Started: browser}, want: evidence.AsOf{At: aws, Source: evidence.AsOfCapture}},
		{why: "the browser's clock", clock: evidence.Clock{Started: browser}, want: evidence.AsOf{At: browser, Source: evidence.AsOfCapture}},
		{why: "the flag", clock: evidence.Clock{AWS: aws}, flag: flag, want: evidence.AsOf{At: flag, Source: evidence.AsOfFlag, Disagrees: aws}},
		{why: "the flag agrees", clock: evidence.Clock{AWS: aws}, flag: aws.Add(30 * time.Second), want: evidence.AsOf{At: aws.Add(30 * time.Second), Source: evidence.AsOfFlag}},
		{why: "the flag alone", flag: flag, want: evidence.AsOf{At: flag, Source: evidence.AsOfFlag}},
		{why: "still valid now", now: tIssued.Add(4 * time.Minute), want: evidence.AsOf{At: tIssued.Add(4 * time.Minute), Source: evidence.AsOfNow}},
		{why: "now is too late", now: tIssued.Add(5 * time.Minute), want: evidence.AsOf{Source: evidence.AsOfNone}},
		{why: "now is past its own limit", now: tIssued.Add(2 * time.Minute), edit: func(c *evidence.Case) { first(c).NotOnOrAfter = instant(tIssued.Add(time.Minute)) }, want: evidence.AsOf{Source: evidence.AsOfNone}},
		{why: "now is past the confirmation's", now: tIssued.Add(2 * time.Minute), edit: func(c *evidence.Case) {
			first(c).Subject.Confirmations[0].NotOnOrAfter = instant(tIssued.Add(time.Minute))
		}, want: evidence.AsOf{Source: evidence.AsOfNone}},
		{why: "now is long before", now: tIssued.Add(-time.Hour), want: evidence.AsOf{Source: evidence.AsOfNone}},
		{why: "no time to go by", now: tIssued, edit: func(c *evidence.Case) { first(c).IssueInstant = evidence.Instant{} }, want: evidence.AsOf{Source: evidence.AsOfNone}},
		{why: "no response", now: tIssued, edit: func(c *evidence.Case) { c.Response.State = evidence.Failed }, want: evidence.AsOf{Source: evidence.AsOfNone}},
	} {
		c := captured()
		c.Capture.Value.Clock, c.Now = x.clock, x.now
		if x.edit != nil {
			x.edit(&c)
		}
		if got := AsOf(c, x.flag); got != x.want {
			t.Errorf("%s: %+v", x.why, got)
		}
	}
}

// xml is a small response, unsigned.
const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="r1" Version="2.0" IssueInstant="2026-03-02T09:00:00Z"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="a1" Version="2.0" IssueInstant="2026-03-02T09:00:00Z"><Issuer>http://www.okta.com/exkabc123def456ghi7</Issuer></Assertion></samlp:Response>`

// cases opens a text as a file of a capture and makes cases of it.
func cases(t *testing.T, text string, o Options) []evidence.Case {
	t.Helper()
	sources, err := capture.Open("pasted.txt", strings.NewReader(text))
	if err != nil {
		c, ok := Nothing(err, o)
		if !ok {
			t.Fatalf("%q: %v", clip(text), err)
		}
		return []evidence.Case{c}
	}
	var out []evidence.Case
	for _, s := range sources {
		if s.Err != nil {
			c, ok := Nothing(s.Err, o)
			if !ok {
				t.Fatalf("%q: %v", clip(text), s.Err)
			}
			out = append(out, c)
		}
		out = append(out, Cases(s, o)...)
	}
	return out
}

func clip(s string) string { return s[:min(len(s), 40)] }

func TestCases(t *testing.T) {
	pack := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, x := range []struct {
		why, text string
		state     evidence.State
		rule      string // the root cause
	}{
		{"a bare value", pack(xml), evidence.Known, "role-missing"},
		{"decoded XML", xml, evidence.Known, "role-missing"},
		{"XML that breaks off", pack(xml[:len(xml)-30]), evidence.Failed, "malformed-xml"},
		{"a request", pack(strings.ReplaceAll(xml, "samlp:Response", "samlp:AuthnRequest")), evidence.Absent, "not-saml2"},
		{"a HAR without SAML", `{"log":{"version":"1.2","creator":{"name":"WebInspector"},"entries":[{"startedDateTime":"2026-03-02T09:00:00Z","request":{"method":"GET","url":"https://example.com/"},"response":{"status":200}}]}}`,
			evidence.Absent, "no-saml-response"},
	} {
		cs := cases(t, x.text, Options{Now: tIssued.Add(time.Hour)})
		if len(cs) != 1 {
			t.Errorf("%s: %d cases", x.why, len(cs))
			continue
		}
		d := Diagnose(cs[0])
		if cs[0].Response.State != x.state || d.Verdict.Rule != x.rule {
			t.Errorf("%s: the response is %s, verdict %+v", x.why, cs[0].Response.State, d.Verdict)
		}
	}
	// What the options say gets into every case.
	asked := false
	c := cases(t, pack(xml), Options{Now: tIssued, AsOf: tIssued.Add(time.Second), Asked: evidence.Asked{Region: "eu-west-2"},
		Evidence: func(c evidence.Case) evidence.Live {
			asked = c.Response.State == evidence.Known
			return lookups()
		}})[0]
	if !asked || c.Live.Roles.State != evidence.Known || c.AsOf.Source != evidence.AsOfFlag || c.Asked.Region != "eu-west-2" || c.Now != tIssued {
		t.Errorf("asked %v, %+v", asked, c.AsOf)
	}
	if _, ok := Nothing(fmt.Errorf("no such file"), Options{}); ok {
		t.Error("a case of a file that is not there")
	}
}

func TestDocument(t *testing.T) {
	_, crts := key()
	metadata := `<?xml version="1.0" encoding="UTF-8"?><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + tIssuer + `">` +
		`<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>` +
		base64.StdEncoding.EncodeToString(crts[0].DER) + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor>` +
		`<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>`
	output, err := json.Marshal(map[string]string{"SAMLMetadataDocument": "\ufeff" + metadata})
	if err != nil {
		t.Fatal(err)
	}
	var events []string
	for i := range 12 {
		failed := ""
		if i >= 6 {
			failed = `"errorCode":"InvalidIdentityToken","errorMessage":"Response signature invalid",`
		}
		events = append(events, fmt.Sprintf(`{"eventID":"e%d","eventName":"AssumeRoleWithSAML","eventSource":"sts.amazonaws.com","eventTime":"2026-03-02T09:%02d:00Z",%s"requestParameters":{"principalArn":%q,"roleArn":%q,"roleSessionName":"u%d"}}`,
			i, i, failed, tProvider, tRole, i))
	}
	for _, x := range []struct {
		why   string
		s     capture.Source
		rules []string
		err   string
	}{
		{why: "sound metadata", s: capture.Source{Kind: capture.KindMetadata, Document: []byte(metadata)}},
		{why: "a byte order mark", s: capture.Source{Kind: capture.KindMetadata, Document: []byte("\ufeff" + metadata)}, rules: []string{"metadata-unparseable"}},
		{why: "no XML", s: capture.Source{Kind: capture.KindMetadata, Document: []byte(metadata[:200])}, rules: []string{"metadata-unparseable"}},
		{why: "get-saml-provider's output", s: capture.Source{Kind: capture.KindProvider, Document: output}, rules: []string{"metadata-unparseable"}},
		{why: "output without a document", s: capture.Source{Name: "p.json", Kind: capture.KindProvider, Document: []byte(`{}`)}, err: "p.json: it looks like"},
		{why: "CloudTrail", s: capture.Source{Name: "t.json", Kind: capture.KindTrail, Document: []byte(`{"Records":[` + strings.Join(events, ",") + `]}`)}, rules: []string{"trail-outage"}},
		{why: "a role", s: capture.Source{Name: "r.json", Kind: capture.KindRole}, err: "give it beside a capture with --role"},
		{why: "something else", s: capture.Source{Name: "x.json", Kind: capture.Kind("")}, err: "no known evidence"},
	} {
		fs, err := Document(x.s, Options{Now: tIssued})
		var got []string
		for _, f := range fs {
			if f.Severity == rule.Error && !slices.Contains(got, f.ID()) {
				got = append(got, f.ID())
			}
		}
		if !slices.Equal(got, x.rules) || (err == nil) != (x.err == "") || err != nil && !strings.Contains(err.Error(), x.err) {
			t.Errorf("%s: %v, %v", x.why, got, err)
		}
	}
}

func TestViews(t *testing.T) {
	d := Diagnose(looked(nil))
	if d.IdP() != idp.Okta || d.ServiceProvider() != endpoint.Sign {
		t.Errorf("%s to %s", d.IdP(), d.ServiceProvider())
	}
	if j := d.Signature(); j.State != xmldsig.Valid || j.VerifiedBy == "" {
		t.Errorf("%+v", j)
	}
	if j := Diagnose(evidence.Case{}).Signature(); j.State != xmldsig.Unchecked || j.Signed != "none" {
		t.Errorf("of nothing: %+v", j)
	}
	if got := strings.Join(Wanted(d, evidence.NeedRoles|evidence.NeedProvider|evidence.NeedTime), "\n"); !strings.Contains(got, "--role") ||
		!strings.Contains(got, "Connect-Agent") || !strings.Contains(got, tProvider) || !strings.Contains(got, "--as-of") {
		t.Error(got)
	}
	if got := Steps(rule.Fix{Setting: idp.Role, Steps: []string{"for this sign-in"}}, idp.Okta); len(got) < 3 || got[1] != "for this sign-in" {
		t.Errorf("%q", got)
	}
	if v := Diagnose(evidence.Case{}).Verdict; v.State == chain.Healthy {
		t.Errorf("nothing at all: %+v", v)
	}
}

// TestForConnect: what a sign-in is meant for.
func TestForConnect(t *testing.T) {
	bare := func(c *evidence.Case) {
		c.Capture.Value.Posted, c.Capture.Value.RelayState = nil, evidence.Fact[evidence.Text]{}
	}
	plain := func(c *evidence.Case) { c.Capture.Value.RelayState = evidence.None[evidence.Text]("HAR") }
	for _, x := range []struct {
		why   string
		edits []func(*evidence.Case)
		want  evidence.Fact[bool]
	}{
		{"the relay state", nil, evidence.Fact[bool]{Value: true, State: evidence.Known}},
		{"nothing tells", []func(*evidence.Case){bare}, evidence.Fact[bool]{}},
		{"another", []func(*evidence.Case){plain}, evidence.Fact[bool]{State: evidence.Known}},
		{"an instance was given", []func(*evidence.Case){bare, func(c *evidence.Case) { c.Asked.InstanceID = tInstance }}, evidence.Fact[bool]{Value: true, State: evidence.Known}},
		{"the role names it", []func(*evidence.Case){bare, func(c *evidence.Case) { c.Live.Permissions = lookups().Permissions }}, evidence.Fact[bool]{Value: true, State: evidence.Known}},
		{"a wildcard does not", []func(*evidence.Case){plain, func(c *evidence.Case) {
			c.Live.Permissions = evidence.Have([]evidence.Policy{{Document: `{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`}}, "x")
		}}, evidence.Fact[bool]{State: evidence.Known}},
		{"a later address", []func(*evidence.Case){plain, func(c *evidence.Case) {
			c.Capture.Value.Exchanges = []evidence.Exchange{{At: tIssued.Add(time.Minute), URL: tRelay}}
		}}, evidence.Fact[bool]{Value: true, State: evidence.Known}},
		{"an earlier one does not", []func(*evidence.Case){plain, func(c *evidence.Case) {
			c.Capture.Value.Exchanges = []evidence.Exchange{{At: tIssued.Add(-time.Minute), URL: tRelay}}
		}}, evidence.Fact[bool]{State: evidence.Known}},
		{"the answers show it", []func(*evidence.Case){plain, func(c *evidence.Case) { c.Capture.Value.Outcome = evidence.OutcomeConnect }}, evidence.Fact[bool]{Value: true, State: evidence.Known}},
	} {
		c := captured()
		for _, e := range x.edits {
			e(&c)
		}
		got := Diagnose(c).ForConnect
		if got.State != x.want.State || got.Value != x.want.Value || got.Why == "" {
			t.Errorf("%s: %+v", x.why, got)
		}
	}
}
