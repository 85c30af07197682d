package idp

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func key(t testing.TB, name string) Key {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "testdata", "keys")
	k, err := os.ReadFile(filepath.Join(dir, name+".key"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := os.ReadFile(filepath.Join(dir, name+".crt"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := ReadKey(k, c)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func ana(how Signed) Response {
	return Response{
		Issuer: "https://sso.northwind.example/idp", NameID: "ana", SessionName: "ana.souza@northwind.example", IssueInstant: monday, Signed: how,
		Roles:      []string{"arn:aws:iam::111122223333:role/agents,arn:aws:iam::111122223333:saml-provider/northwind"},
		Attributes: []Attribute{{Name: "displayName", Values: []string{`Ana "<&> Souza`}}},
	}
}

func sign(t testing.TB, r Response, k Key) []byte {
	t.Helper()
	b, err := r.Sign(k)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEqualInputGivesEqualBytes(t *testing.T) {
	k := key(t, "idp-a")
	if a, b := sign(t, ana(Both), k), sign(t, ana(Both), k); !bytes.Equal(a, b) {
		t.Errorf("%s\n%s", a, b)
	}
}

// What is signed here is a signature to others too.
func TestXMLSec1Agrees(t *testing.T) {
	tool, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not installed")
	}
	for name, r := range map[string]Response{"idp-a": ana(Assertion), "idp-a-next": ana(Whole), "other": ana(Both), "ec": ana(Assertion), "expired": {Issuer: "i", Method: RSASHA512}} {
		file := filepath.Join(t.TempDir(), "response.xml")
		if err := os.WriteFile(file, sign(t, r, key(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
		what := "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"
		if r.Signed == Whole || r.Signed == Both {
			what = "urn:oasis:names:tc:SAML:2.0:protocol:Response"
		}
		cert := filepath.Join("..", "..", "..", "testdata", "keys", name+".crt")
		// The first signature is the outermost: a response's where it is signed.
		out, err := exec.Command(tool, "--verify", "--pubkey-cert-pem", cert, "--enabled-key-data", "rsa", "--id-attr:ID", what,
			"--node-xpath", "(//*[local-name()='Signature'])[1]", file).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v %s", name, err, out)
		}
	}
}

func TestHAR(t *testing.T) {
	response := sign(t, ana(Assertion), key(t, "idp-a"))
	relay := "https://us-east-1.console.aws.amazon.com/connect/federate/6f0c?destination=%2Fccp-v2"
	visit := Visit{
		At: monday, Response: response, RelayState: relay, Skew: 2 * time.Second,
		Answer: Page{Location: relay, RequestID: "r-1", Cookies: []string{"aws-creds=secret"}},
		Then:   []Page{{URL: relay, Body: "<p>Access denied</p>", Status: 403}},
	}
	for _, browser := range []Browser{Chrome, Firefox, Safari, Playwright} {
		visit.Browser = browser
		b, err := HAR(visit)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Log struct {
				Creator, Browser named
				Entries          []entry
			}
		}
		if err := json.Unmarshal(b, &file); err != nil {
			t.Fatal(err)
		}
		if file.Log.Creator != creators[browser] || len(file.Log.Entries) != 5 {
			t.Fatalf("%v: %d entries", file.Log.Creator, len(file.Log.Entries))
		}
		posted := file.Log.Entries[3]
		p := posted.Request.Post
		text := p.Text
		if browser == Playwright {
			if text != "" || len(p.Params) != 2 {
				t.Errorf("Playwright: %.40s", text)
			}
			text = url.Values{"SAMLResponse": {p.Params[0].Value}, "RelayState": {p.Params[1].Value}}.Encode()
		}
		form, err := url.ParseQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := base64.StdEncoding.DecodeString(form.Get("SAMLResponse")); !bytes.Equal(got, response) || form.Get("RelayState") != relay {
			t.Errorf("%v: another response than was signed", file.Log.Creator)
		}
		if raw := strings.Contains(string(b), `"value": "https%3A%2F%2Fus-east-1`); raw != (browser == Chrome) {
			t.Errorf("%v: parameters undecoded: %v", file.Log.Creator, raw)
		}
		if cookies := strings.Contains(string(b), "aws-creds"); cookies == (browser == Chrome) {
			t.Errorf("%v: cookies kept: %v", file.Log.Creator, cookies)
		}
		date := ""
		for _, h := range posted.Response.Headers {
			if strings.EqualFold(h.Name, "Date") {
				date = h.Value
			}
		}
		if date != "Mon, 23 Nov 2026 09:00:02 GMT" || posted.Response.Status != 302 || posted.Response.Redirect != relay {
			t.Errorf("%v: answered %s, %d %s", file.Log.Creator, date, posted.Response.Status, posted.Response.Redirect)
		}
	}
}

func TestReadKeyRefuses(t *testing.T) {
	if _, err := ReadKey([]byte("no"), nil); err == nil {
		t.Error("no PEM was taken")
	}
}
