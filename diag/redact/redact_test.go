package redact

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
)

// response is a SAML response of somebody whose names are looked for in the
// copies.
const response = `<?xml version="1.0" encoding="UTF-8"?><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="2026-11-23T08:00:00Z" Destination="https://signin.aws.amazon.com/saml"><!-- made for jmiller --><saml:Issuer>https://idp.harbour.test/x</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_a1" Version="2.0" IssueInstant="2026-11-23T08:00:00Z"><saml:Issuer>https://idp.harbour.test/x</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#_a1"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>c2VjcmV0IGRpZ2VzdCB2YWx1ZSB0aGF0IGdvZXMhIQ==</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>c2VjcmV0IHNpZ25hdHVyZQ==</ds:SignatureValue></ds:Signature><saml:Subject><saml:NameID>Jane.Miller@harbour.test</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-11-23T08:05:00Z" Recipient="https://signin.aws.amazon.com/saml" Address="198.18.7.9"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="2026-11-23T07:59:00Z" NotOnOrAfter="2026-11-23T08:05:00Z"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="2026-11-23T08:00:00Z" SessionIndex="sess-93c1"/><saml:AttributeStatement><saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><saml:AttributeValue>arn:aws:iam::460913728815:role/Agents,arn:aws:iam::460913728815:saml-provider/Okta </saml:AttributeValue></saml:Attribute><saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><saml:AttributeValue>jmiller </saml:AttributeValue></saml:Attribute><saml:Attribute Name="department"><saml:AttributeValue>Claims Handling</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`

var encoded = base64.StdEncoding.EncodeToString([]byte(response))

// secrets are what must be in no copy, packed or not.
var secrets = []string{"miller", "Miller", "harbour", "460913728815", "198.18.7.9", "sess-93c1", "Claims", "c2VjcmV0", "hunter2", "s3ss10n", "tok-abc"}

func copyOf(t *testing.T, in string) string {
	t.Helper()
	out, err := copied(t, []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// harOf is an archive of the sign-in with everything around it that can leak.
func harOf(value string) string {
	form := "SAMLResponse=" + strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(value) + "&RelayState=https%3A%2F%2Feu-central-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F3b1f6c52-8d0e-4c47-9f2a-71c5e04d9b36"
	return fmt.Sprintf(`{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[{"title":"https://portal.harbour.test/u/jmiller"}],"entries":[
{"startedDateTime":"2026-11-23T08:00:00Z","time":1,"request":{"method":"POST","url":"https://idp.harbour.test/login?next=%%2F&sid=s3ss10n","headers":[{"value":"a=s3ss10n","name":"Cookie"},{"name":"Authorization","value":"Bearer tok-abc"},{"name":"X-Api-Key","value":"tok-abc"}],"cookies":[{"name":"sid","value":"s3ss10n"}],"queryString":[{"name":"sid","value":"s3ss10n"}],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"username=jmiller&password=hunter2","params":[{"name":"username","value":"jmiller"},{"name":"password","value":"hunter2"}]}},"response":{"status":200,"headers":[{"name":"Set-Cookie","value":"sid=s3ss10n; HttpOnly"}],"cookies":[],"content":{"mimeType":"text/html","text":"<html><script>var t='tok-abc'</script><p>Welcome, Jane Miller</p></html>"},"redirectURL":""}},
{"startedDateTime":"2026-11-23T08:00:01Z","time":1,"request":{"method":"POST","url":"https://signin.aws.amazon.com/saml","headers":[],"cookies":[],"queryString":[],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"%s"}},"response":{"status":400,"headers":[{"name":"Date","value":"Mon, 23 Nov 2026 08:00:02 GMT"}],"cookies":[],"content":{"mimeType":"text/html","text":"<html><body><div id=\"content\">Your request included an invalid SAML response. jmiller of 460913728815. To logout, click <a href=\"#\">here</a></div></body></html>"},"redirectURL":""}}]}}`, form)
}

func TestEveryFormLosesItsSecrets(t *testing.T) {
	wrapped := lines(encoded, "\n")
	for name, in := range map[string]string{
		"xml":         response,
		"base64":      encoded,
		"wrapped":     wrapped,
		"form":        "SAMLResponse=" + strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(encoded) + "&RelayState=x&code=tok-abc",
		"har":         harOf(encoded),
		"utf-16":      "\xff\xfe" + strings.Join(strings.SplitAfter(strings.ReplaceAll(harOf(encoded), "", "\x00"), "\x00")[1:], ""),
		"saml-tracer": fmt.Sprintf(`{"requests":[{"method":"POST","url":"https://signin.aws.amazon.com/saml","requestHeaders":[{"name":"Cookie","value":"s3ss10n"}],"post":[["SAMLResponse",%q],["csrf","tok-abc"]],"saml":%q,"protocol":"SAML-P","responseStatus":400,"responseHeaders":[]}],"timestamp":"2026-11-23T08:00:05Z"}`, encoded, response),
		"page":        `<html><body onload="document.forms[0].submit()"><p>Signing in Jane Miller</p><form method="post" action="https://signin.aws.amazon.com/saml"><input type="hidden" name="SAMLResponse" value="` + encoded + `"/><input type="hidden" name="csrf" value="tok-abc"/></form></body></html>`,
		"curl":        `curl 'https://signin.aws.amazon.com/saml' -H 'cookie: sid=s3ss10n' -b 'sid=s3ss10n' -u 'jmiller:hunter2' --data-raw 'SAMLResponse=` + strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(encoded) + `&password=hunter2'`,
		"mail":        "Hi,\nJane.Miller@harbour.test cannot sign in to 460913728815. Password: hunter2\nCookie: sid=s3ss10n\n\n" + wrapped + "\n\nRegards\n",
		"mail of xml": "Hi,\njmiller sent this:\n" + response + "\n",
		"cut xml":     response[:len(response)-40],
		"cut base64":  encoded[:len(encoded)-41],
	} {
		t.Run(name, func(t *testing.T) {
			out := copyOf(t, in)
			all := everything([]byte(out), diagnosed([]byte(out)))
			for _, s := range secrets {
				if strings.Contains(all, s) {
					t.Errorf("%q survives in\n%.3000s", s, all)
				}
			}
			if name != "utf-16" && copyOf(t, out) != out {
				t.Errorf("a copy of the copy is another one:\n%s\n%s", out, copyOf(t, out))
			}
		})
	}
}

// TestTheCopyIsJudged: what was wrong is wrong in the copy, at the same hop,
// and the person is the same one everywhere.
func TestTheCopyIsJudged(t *testing.T) {
	out := copyOf(t, harOf(encoded))
	d := diagnosed([]byte(out))
	if len(d) != 1 || d[0].Verdict.Rule != "role-whitespace" {
		t.Fatalf("the copy's verdict is %+v", d)
	}
	doc := string(d[0].Case.Response.Value.XML)
	for _, want := range []string{
		"user-1@company-1.example", "arn:aws:iam::111111111111:role/Agents,arn:aws:iam::111111111111:saml-provider/Okta ", "2026-11-23T08:05:00Z", `Recipient="https://signin.aws.amazon.com/saml"`,
		"https://idp.company-1.example/x", Marker,
	} {
		if !strings.Contains(strings.ToLower(doc), strings.ToLower(want)) {
			t.Errorf("the copy's response lacks %q:\n%s", want, doc)
		}
	}
	if !strings.Contains(out, "user-2 of 111111111111") || !strings.Contains(doc, "user-2 </saml:AttributeValue>") {
		t.Errorf("the session name has another pseudonym on AWS's page:\n%s", out)
	}
	if j := d[0].Signature(); j.State != "unsupported" {
		t.Errorf("the signature is %q, and cannot be judged", j.State)
	}
}

func TestPseudonymsKeepWhatIsWrong(t *testing.T) {
	n := NewNames()
	for _, c := range [][2]string{
		{"jdoe", "user-1"}, {"JDoe", "User-1"}, {"JDOE", "USER-1"}, {" jdoe ", " user-1 "}, {"jdoe\u00a0", "user-1\u00a0"}, {"jdoe@corp.test", "user-1@company-1.example"},
		{`CORP\jdoe`, `DOMAIN-1\user-1`}, {"asmith+x", "user+-2"}, {"user-1", "user-1"}, {"x", "u"}, {"", ""},
	} {
		if got := n.person(c[0]); got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
	if got := n.person(strings.Repeat("a", 70)); len(got) != 70 {
		t.Errorf("a name that is too long becomes one of %d characters", len(got))
	}
	if a, b := n.account("123456789012"), n.account("123456789012"); a != b || len(a) != 12 {
		t.Errorf("an account becomes %q and %q", a, b)
	}
}

func TestHostsKeepWhoseServiceTheyAre(t *testing.T) {
	n := NewNames()
	for in, want := range map[string]string{
		"https://signin.aws.amazon.com/saml":                            "https://signin.aws.amazon.com/saml",
		"https://harbour.okta.com/app/exk1":                             "https://tenant-1.okta.com/app/exk1",
		"https://harbour.my.connect.aws/ccp-v2":                         "https://tenant-1.my.connect.aws/ccp-v2",
		"https://sts.harbour.test/adfs/ls/":                             "https://sts.company-1.example/adfs/ls/",
		"https://me:hunter2@sts.harbour.test/x?token=abc#y":             "https://sts.company-1.example/x?token=" + Marker + "#y",
		"https://eu-west-1.console.aws.amazon.com/x?region=eu-w1":       "https://eu-west-1.console.aws.amazon.com/x?region=eu-w1",
		"https://sts.windows.net/8d6f1b52-6a3e-4a0b-9a77-0c5d1f2e3a4b/": "https://sts.windows.net/00000000-0000-4000-8000-000000000001/",
		"http://10.1.2.3:8080/":                                         "http://192.0.2.2:8080/",
	} {
		if got := n.url(in); got != want {
			t.Errorf("%s becomes %s, want %s", in, got, want)
		}
	}
}

// pictures is an archive with bodies of any size around the sign-in.
func pictures(megabytes int) io.ReadCloser {
	whole := harOf(encoded)
	head, tail, _ := strings.Cut(whole, `"entries":[`)
	entry := `{"startedDateTime":"2026-11-23T08:00:00Z","time":1,"request":{"method":"GET","url":"https://cdn.harbour.test/p.png","headers":[],"cookies":[],"queryString":[]},"response":{"status":200,"headers":[],"cookies":[],"content":{"mimeType":"image/png","encoding":"base64","text":"`
	body := io.LimitReader(repeating{}, int64(megabytes)<<20)
	return io.NopCloser(io.MultiReader(strings.NewReader(head+`"entries":[`+entry), body, strings.NewReader(`"},"redirectURL":""}},`+tail)))
}

// heap keeps what is written, and the most memory in use at any write.
type heap struct {
	out  bytes.Buffer
	most uint64
}

func (h *heap) Write(p []byte) (int, error) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.most = max(h.most, m.HeapInuse)
	return h.out.Write(p)
}

type repeating struct{}

func (repeating) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "iVBORw0KGgoAAAANSUhEUgAA"[i%24]
	}
	return len(p), nil
}

// TestMemoryDoesNotGrowWithTheFile copies a file with one body of 64 MB and
// watches that it is never in memory as a whole.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	var peak heap
	if err := NewNames().Copy(&peak, func() (io.ReadCloser, error) { return pictures(64), nil }, nil); err != nil {
		t.Fatal(err)
	}
	if peak.most > 48<<20 {
		t.Errorf("%d MB were in use", peak.most>>20)
	}
	sources, err := capture.Open("f", bytes.NewReader(peak.out.Bytes()))
	if err != nil || len(diag.Cases(sources[0], diag.Options{Now: now})) != 1 {
		t.Errorf("the copy is not read: %v", err)
	}
}

func FuzzCopy(f *testing.F) {
	for _, s := range []string{response, encoded, harOf(encoded), `{"requests":[]}`, "<form><input name=SAMLResponse value=x>", "curl -H 'cookie: a=b'", "{", "[1,", `{"log":{"entries":[{"a":"\ud800`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		_ = NewNames().Copy(&out, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(in)), nil }, nil) // it may refuse, and must not panic
		if strings.Contains(out.String(), "c2VjcmV0IHNpZ25hdHVyZQ") && len(in) > 2000 {
			t.Error("a signature's value survives")
		}
	})
}
