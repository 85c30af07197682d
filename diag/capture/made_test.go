package capture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
)

var update = flag.Bool("update", false, "write testdata/captures anew")

// Larkspur Support is a contact centre that does not exist.
const (
	folder   = "../../testdata/captures"
	issuer   = "https://login.larkspur.example/idp"
	portal   = "https://home.larkspur.example/apps"
	sso      = "https://login.larkspur.example/sso/saml/connect"
	acs      = "https://signin.aws.amazon.com/saml"
	regional = "https://eu-west-2.signin.aws.amazon.com/saml"
	relay    = "https://eu-west-2.console.aws.amazon.com/connect/federate/0b9d3c52-77aa-4e0f-9d41-1c6e7a2f5b10"
	instance = "https://larkspur-support.my.connect.aws"
	role     = "arn:aws:iam::222233334444:role/connect/LarkspurAgents"
	provider = "arn:aws:iam::222233334444:saml-provider/larkspur"
	second   = "arn:aws:iam::222233334444:role/connect/LarkspurLeads"
)

// posted is when the sign-ins of the captures were posted.
var posted = time.Date(2027, 2, 9, 14, 30, 5, 0, time.UTC)

// response is a signed response of Larkspur's IdP; change may alter it first.
func response(t testing.TB, change func(*idp.Response)) []byte {
	t.Helper()
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("../../testdata/keys", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	key, err := idp.ReadKey(read("other.key"), read("other.crt"))
	if err != nil {
		t.Fatal(err)
	}
	r := idp.Response{ID: "_r7f20", AssertionID: "_a7f20", Issuer: issuer, NameID: "rosa.lindqvist@larkspur.example", SessionName: "rosa.lindqvist@larkspur.example",
		Roles: []string{role + "," + provider}, SessionDuration: "28800", IssueInstant: posted.Add(-2 * time.Second), Signed: idp.Assertion}
	if change != nil {
		change(&r)
	}
	out, err := r.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A hit is one request of a capture that is made, and its answer.
type hit struct {
	after    time.Duration // since posted
	took     float64       // milliseconds
	method   string
	url      string
	form     [][2]string // decoded
	status   int
	mime     string
	body     string
	location string
	skew     time.Duration // of the server's clock
}

type object = map[string]any

// write makes an archive as a program writes it.
func write(writer string, hits []hit) []byte {
	creator := object{"name": "WebInspector", "version": "537.36"}
	log := object{"version": "1.2", "creator": creator, "pages": []any{}}
	switch writer {
	case "firefox":
		log["creator"] = object{"name": "Firefox", "version": "148.0"}
		log["browser"] = object{"name": "Firefox", "version": "148.0"}
	case "safari":
		log["creator"] = object{"name": "WebKit Web Inspector", "version": "1.0"}
	case "playwright":
		log["creator"] = object{"name": "Playwright", "version": "1.58.0"}
		log["browser"] = object{"name": "chromium", "version": "145.0.7632.6"}
	}
	entries := []any{}
	for _, h := range hits {
		entries = append(entries, h.entry(writer))
	}
	log["entries"] = entries
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(object{"log": log}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func (h hit) entry(writer string) object {
	at := posted.Add(h.after)
	q := object{"method": h.method, "url": h.url, "httpVersion": "h2", "cookies": []any{}, "queryString": []any{}, "headersSize": -1, "bodySize": 0,
		"headers": []any{object{"name": "Accept", "value": "text/html"}, object{"name": "Cookie", "value": "sid=k3eP-0ut"}}}
	if h.form != nil {
		var pairs []string
		var params []any
		for _, f := range h.form {
			raw := url.QueryEscape(f[1])
			pairs = append(pairs, f[0]+"="+raw)
			if writer != "chrome" && writer != "edge" {
				raw = f[1]
			}
			params = append(params, object{"name": f[0], "value": raw})
		}
		text := strings.Join(pairs, "&")
		data := object{"mimeType": "application/x-www-form-urlencoded", "text": text, "params": params}
		if writer == "firefox" {
			data["text"] = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n" + text
		}
		q["postData"] = data
		q["headers"] = append(q["headers"].([]any), object{"name": "Origin", "value": "https://login.larkspur.example"})
	}
	content := object{"size": len(h.body), "mimeType": h.mime, "text": h.body}
	if writer == "safari" {
		content["text"], content["encoding"] = base64.StdEncoding.EncodeToString([]byte(h.body)), "base64"
	}
	headers := []any{object{"name": "Date", "value": at.Add(h.skew).Format("Mon, 02 Jan 2006 15:04:05 GMT")}, object{"name": "Content-Type", "value": h.mime}}
	if h.location != "" {
		headers = append(headers, object{"name": "Location", "value": h.location})
	}
	return object{"startedDateTime": at.Format("2006-01-02T15:04:05.000Z"), "time": h.took, "request": q, "cache": object{}, "timings": object{"send": 0, "wait": h.took, "receive": 0},
		"response": object{"status": h.status, "statusText": "", "httpVersion": "h2", "cookies": []any{}, "headers": headers, "content": content, "redirectURL": h.location, "headersSize": -1, "bodySize": -1}}
}

func form(action, value, relay string) string {
	return `<!doctype html><html><head><title>Working…</title></head><body onload="document.forms[0].submit()"><form method="post" action="` + action +
		`"><input type="hidden" name="SAMLResponse" value="` + strings.ReplaceAll(value, "+", "&#x2b;") + `"/><input type="hidden" name="RelayState" value="` + relay + `"/></form></body></html>`
}

const onboard = `<!doctype html><html><head><title>Amazon Connect</title><script>var t = "Session expired"</script></head><body><div><h2>Access denied</h2><p>Access Denied. Your account has been authenticated, but&nbsp;has not been onboarded to this application.</p></div></body></html>`

const missing = `<html><head><title>Amazon Web Services Sign-In</title></head><body><h1>Sign in error</h1><p>RoleSessionName is required in AuthnResponse (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken; Request ID: 7d1f6b0e-0000-4000-8000-00000000002a; Proxy: null). Please try again.</p></body></html>`

const picker = `<html><head><title>Amazon Web Services Sign-In</title></head><body><form action="/saml" method="post"><p>Select a role:</p><input type="radio" name="roleIndex" value="` + role + `"/><label>LarkspurAgents</label><input type="radio" name="roleIndex" value="` + second + `"/><label>LarkspurLeads</label></form></body></html>`

// made are the captures of testdata/captures.
func made(t testing.TB) map[string][]byte {
	t.Helper()
	ms := time.Millisecond
	before := func(action string, doc []byte, skew time.Duration) []hit {
		return []hit{
			{-900 * ms, 30, "GET", portal, nil, 200, "text/html", "<html><body><h1>Larkspur home</h1></body></html>", "", 0},
			{-880 * ms, 5, "GET", "https://home.larkspur.example/app.css", nil, 200, "text/css", "p{}", "", 0},
			{-200 * ms, 100, "GET", sso, nil, 200, "text/html; charset=utf-8", form(action, idp.Encode(doc), relay), "", skew},
		}
	}
	post := func(url string, doc []byte, status int, body, location string, more ...[2]string) hit {
		fields := append([][2]string{{"SAMLResponse", idp.Encode(doc)}, {"RelayState", relay}}, more...)
		return hit{0, 80, "POST", url, fields, status, "text/html", body, location, 0}
	}
	after := []hit{
		{100 * ms, 40, "GET", relay, nil, 302, "text/html", "", instance + "/auth/sign-in?destination=%2Fccp-v2&token=n0T-f0r-y0u", 0},
		{150 * ms, 20, "GET", instance + "/auth/sign-in?destination=%2Fccp-v2&token=n0T-f0r-y0u", nil, 302, "text/html", "", instance + "/ccp-v2", 0},
		{180 * ms, 60, "GET", instance + "/ccp-v2", nil, 200, "text/html", "<html><body><h1>Contact Control Panel</h1></body></html>", "", 0},
	}
	denied := append(append([]hit{}, after[:1]...), hit{150 * ms, 20, "GET", instance + "/auth/sign-in?destination=%2Fccp-v2&token=n0T-f0r-y0u", nil, 403, "text/html", onboard, "", 0})
	good := response(t, nil)
	global := append(append(before(acs, good, 0), post(acs, good, 302, "", relay)), after...)
	// DevTools writes the newest page first.
	shuffled := append(append([]hit{}, global[3:]...), global[:3]...)
	far := response(t, func(r *idp.Response) { r.Recipient = regional })
	nameless := response(t, func(r *idp.Response) { r.SessionName = "" })
	two := response(t, func(r *idp.Response) { r.Roles = append(r.Roles, second+","+provider) })
	chosen := post(acs, two, 302, "", relay, [2]string{"roleIndex", second})
	chosen.after = 40 * time.Second
	picked := append(before(acs, two, 0), post(acs, two, 200, picker, ""), chosen)
	for _, h := range after {
		h.after += 40 * time.Second
		picked = append(picked, h)
	}
	return map[string][]byte{
		"chrome.har":     write("chrome", shuffled),
		"firefox.har":    write("firefox", append(append(before(acs, good, -7*time.Minute), post(acs, good, 302, "", relay)), denied...)),
		"safari.har":     write("safari", append(append(before(regional, far, 0), post(regional, far, 302, "", relay)), after...)),
		"edge.har":       write("edge", append(before(acs, nameless, 0), post(acs, nameless, 400, missing, ""))),
		"playwright.har": write("playwright", picked),
	}
}

// TestMade keeps testdata/captures what the generator makes.
func TestMade(t *testing.T) {
	for name, want := range made(t) {
		p := filepath.Join(folder, name)
		if *update {
			if err := os.WriteFile(p, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes; run go test with -update", name)
		}
		if len(got) > 60<<10 {
			t.Errorf("%s has %d bytes", name, len(got))
		}
	}
}
