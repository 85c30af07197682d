package capture_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
)

// one opens an input that has to be one source.
func one(t *testing.T, in []byte) capture.Source {
	t.Helper()
	s, err := capture.Open("made", bytes.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if len(s) != 1 {
		t.Fatalf("%d sources", len(s))
	}
	return s[0]
}

// last opens an input and returns its last sign-in.
func last(t *testing.T, in []byte) capture.SignIn {
	t.Helper()
	s := one(t, in)
	if len(s.SignIns) == 0 {
		t.Fatal("no sign-in")
	}
	return s.SignIns[len(s.SignIns)-1]
}

func TestBrowsers(t *testing.T) {
	for _, c := range []struct {
		file, writer, url string
		entry             int
		outcome           evidence.Outcome
		observed, code    string
		skew              time.Duration
		role              string
		redeemed          time.Time
	}{
		{"chrome.har", "Chrome", acs, 0, evidence.OutcomeConnect, "", "", 0, "", posted},
		{"edge.har", "Chrome", acs, 3, evidence.OutcomeRefused, "RoleSessionName is required in AuthnResponse", "InvalidIdentityToken", 0, "", posted},
		{"firefox.har", "Firefox 148.0", acs, 3, evidence.OutcomeRefused, "Access Denied. Your account has been authenticated, but has not been onboarded to this application.", "", -7 * time.Minute, "", posted},
		{"safari.har", "Safari", regional, 3, evidence.OutcomeConnect, "", "", 0, "", posted},
		{"playwright.har", "Playwright", acs, 4, evidence.OutcomeConnect, "", "", 0, second, posted.Add(40 * time.Second)},
	} {
		t.Run(c.file, func(t *testing.T) {
			sources, err := capture.OpenPath(filepath.Join(folder, c.file))
			if err != nil || len(sources) != 1 || len(sources[0].SignIns) != 1 {
				t.Fatalf("%v, %+v", err, sources)
			}
			in := sources[0].SignIns[0]
			x := in.Capture
			if sources[0].Kind != capture.KindHAR || !strings.Contains(x.Writer, c.writer) || x.Posted == nil || x.Posted.URL != c.url || x.Entry != c.entry {
				t.Errorf("posted: %+v by %q, entry %d", x.Posted, x.Writer, x.Entry)
			}
			if in.Root.Name != "Response" || in.Root.Issuer != issuer || in.EncodedLen < 4000 || in.Decoded || in.Problem != nil {
				t.Errorf("document: %+v, %d characters, %+v", in.Root, in.EncodedLen, in.Problem)
			}
			if x.Outcome != c.outcome || x.PickedRole != c.role {
				t.Errorf("outcome %d (%s), role %q", x.Outcome, x.OutcomeWhy, x.PickedRole)
			}
			if o := x.Observed; (o == nil) != (c.observed == "") || o != nil && (o.Text != c.observed || o.Code != c.code || o.ID == "" || o.HTTPStatus < 400) {
				t.Errorf("observed %+v", o)
			}
			if x.RelayState.Value.Value != relay || x.RelayState.State != evidence.Known {
				t.Errorf("relay state %+v", x.RelayState)
			}
			if k := x.Clock; !k.Started.Equal(c.redeemed) || !k.AWS.Equal(c.redeemed) || k.AWSNearest || c.role == "" && (!k.SkewKnown || (k.Skew-c.skew).Abs() > 2*time.Second) {
				t.Errorf("clock %+v", k)
			}
			for i, e := range x.Exchanges {
				if i > 0 && e.At.Before(x.Exchanges[i-1].At) {
					t.Errorf("exchange %d is out of order", i)
				}
			}
		})
	}
}

// TestSecretsStayOut makes sure that nothing of an exchange can sign someone
// in: message, cookie, token.
func TestSecretsStayOut(t *testing.T) {
	for name, har := range made(t) {
		in := last(t, har)
		b, err := json.Marshal(struct {
			E []evidence.Exchange
			O *evidence.Observed
			W string
		}{in.Capture.Exchanges, in.Capture.Observed, in.Capture.OutcomeWhy})
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"n0T-f0r-y0u", "k3eP-0ut", idp.Encode(in.Document)[100:180]} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s: %.20q… is in the exchanges", name, secret)
			}
		}
	}
}

func TestParties(t *testing.T) {
	in := last(t, made(t)["chrome.har"])
	got := map[string]string{}
	for _, e := range in.Capture.Exchanges {
		got[strings.Split(e.URL, "/")[2]] = e.Party
	}
	for host, want := range map[string]string{"login.larkspur.example": "idp", "signin.aws.amazon.com": "aws-signin", "eu-west-2.console.aws.amazon.com": "aws-console", "larkspur-support.my.connect.aws": "connect", "home.larkspur.example": ""} {
		if p, ok := got[host]; p != want || !ok {
			t.Errorf("%s is %q, want %q", host, p, want)
		}
	}
}

// hops makes a recording of posts to several service providers.
func hops(t *testing.T, urls ...string) []byte {
	var hs []hit
	for i, u := range urls {
		doc := response(t, func(r *idp.Response) { r.ID = "_hop" + string(rune('a'+i)) })
		hs = append(hs, hit{time.Duration(i) * time.Second, 50, "POST", u, [][2]string{{"SAMLResponse", idp.Encode(doc)}}, 302, "text/html", "", "https://next.example/", 0})
	}
	return write("chrome", hs)
}

func TestSeveralHops(t *testing.T) {
	center := "https://us-east-1.signin.aws/platform/saml/acs/1a2b3c"
	other := "https://sp.other.example/acs"
	for _, c := range []struct {
		name    string
		urls    []string
		signins []string
		others  int
	}{
		{"through Identity Center", []string{center, acs}, []string{center, acs}, 0},
		{"another service beside", []string{other, acs, other}, []string{acs}, 2},
		{"two sign-ins", []string{acs, regional}, []string{acs, regional}, 0},
		{"another service only", []string{other, "https://third.example/acs"}, []string{"https://third.example/acs"}, 1},
		{"a host of AWS, a wrong path", []string{"https://signin.aws.amazon.com/saml2"}, []string{"https://signin.aws.amazon.com/saml2"}, 0},
		{"the provider's own address", []string{acs + "/acs/SAMLSPD9IMTW2LM46J042K"}, []string{acs + "/acs/SAMLSPD9IMTW2LM46J042K"}, 0},
		{"every partition", []string{"https://signin.amazonaws-us-gov.com/saml", "https://signin.amazonaws.cn/saml", "https://signin.aws.amazon.com/static/saml", "https://x.us-west-2.sign-in.connect.aws/saml?&instanceId=1"},
			[]string{"https://signin.amazonaws-us-gov.com/saml", "https://signin.amazonaws.cn/saml", "https://signin.aws.amazon.com/static/saml", "https://x.us-west-2.sign-in.connect.aws/saml?&instanceId=1"}, 0},
	} {
		s := one(t, hops(t, c.urls...))
		var got []string
		for _, in := range s.SignIns {
			got = append(got, in.Capture.Posted.URL)
		}
		if strings.Join(got, " ") != strings.Join(c.signins, " ") || len(s.Other) != c.others {
			t.Errorf("%s: sign-ins %q and %d others", c.name, got, len(s.Other))
		}
	}
}

func TestSentAgain(t *testing.T) {
	doc := [][2]string{{"SAMLResponse", idp.Encode(response(t, nil))}, {"RelayState", relay}}
	refusal := strings.Replace(missing, "RoleSessionName is required in AuthnResponse", "Response signature invalid", 1)
	hs := []hit{
		{0, 50, "POST", acs, doc, 400, "text/html", refusal, "", 0},
		{9 * time.Minute, 50, "POST", acs, doc, 400, "text/html", strings.Replace(missing, "RoleSessionName is required in AuthnResponse", "Token must be redeemed within 5 minutes of issuance", 1), "", 0},
	}
	s := one(t, write("chrome", hs))
	if len(s.SignIns) != 1 {
		t.Fatalf("%d sign-ins, want one", len(s.SignIns))
	}
	c := s.SignIns[0].Capture
	if c.Observed == nil || c.Observed.Text != "Response signature invalid" || !c.Clock.AWS.Equal(posted) {
		t.Errorf("the first answer tells: %+v at %v", c.Observed, c.Clock.AWS)
	}
}

// TestSentAfterSuccess goes back to the page that posts, long after it worked.
func TestSentAfterSuccess(t *testing.T) {
	doc := [][2]string{{"SAMLResponse", idp.Encode(response(t, nil))}, {"RelayState", relay}}
	late := strings.Replace(missing, "RoleSessionName is required in AuthnResponse", "Token must be redeemed within 5 minutes of issuance", 1)
	for after, want := range map[time.Duration]int{time.Second: 1, 9 * time.Minute: 2} {
		s := one(t, write("chrome", []hit{
			{0, 50, "POST", acs, doc, 302, "text/html", "", relay, 0},
			{after, 50, "POST", acs, doc, 400, "text/html", late, "", 0},
		}))
		if len(s.SignIns) != want {
			t.Fatalf("%s later: %d sign-ins, want %d", after, len(s.SignIns), want)
		}
		c := s.SignIns[want-1].Capture
		if want == 2 && (c.Observed == nil || c.Observed.ID != "token-redeemed" || !c.Clock.AWS.Equal(posted.Add(after))) {
			t.Errorf("%+v at %v", c.Observed, c.Clock.AWS)
		}
	}
}

// TestRefusedUnseen leaves bodies out, as Playwright does when asked to.
func TestRefusedUnseen(t *testing.T) {
	doc := [][2]string{{"SAMLResponse", idp.Encode(response(t, nil))}, {"RelayState", relay}}
	in := instance + "/auth/sign-in?token=x"
	post, on := hit{0, 50, "POST", acs, doc, 302, "text/html", "", relay, 0}, hit{time.Second, 5, "GET", relay, nil, 302, "text/html", "", in, 0}
	for _, c := range []struct {
		name    string
		hits    []hit
		party   string
		outcome evidence.Outcome
	}{
		{"AWS sign-in", []hit{{0, 50, "POST", acs, doc, 403, "", "", "", 0}}, evidence.PartySignIn, evidence.OutcomeRefused},
		{"the console", []hit{post, {time.Second, 5, "GET", relay, nil, 403, "text/html", "", "", 0}}, evidence.PartyConsole, evidence.OutcomeRefused},
		{"Connect", []hit{post, on, {2 * time.Second, 5, "GET", in, nil, 403, "text/html", "", "", 0}}, evidence.PartyConnect, evidence.OutcomeRefused},
		{"a call in the page", []hit{post, on, {2 * time.Second, 5, "GET", instance + "/ccp-v2", nil, 200, "text/html", "", "", 0}, {3 * time.Second, 5, "GET", instance + "/connect/api/agent", nil, 403, "application/json", "", "", 0}}, "", evidence.OutcomeConnect},
		{"a page where the session should begin", []hit{post, on, {2 * time.Second, 5, "GET", in, nil, 200, "text/html", "<p>Zugriff verweigert</p>", "", 0}}, "", evidence.OutcomeRedirect},
	} {
		x := last(t, write("chrome", c.hits)).Capture
		if x.Outcome != c.outcome || (x.Observed == nil) != (c.party == "") {
			t.Errorf("%s: outcome %d (%s), %+v", c.name, x.Outcome, x.OutcomeWhy, x.Observed)
			continue
		}
		if o := x.Observed; o != nil && (o.Party != c.party || o.ID != "" || o.HTTPStatus != 403 || !o.Unseen || !strings.Contains(o.Text, "not recorded")) {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
}

// TestAnswers tries what is an error page of AWS and what is not.
func TestAnswers(t *testing.T) {
	doc := [][2]string{{"SAMLResponse", idp.Encode(response(t, nil))}}
	page := func(s string) string { return "<html><body>" + s + "</body></html>" }
	for _, c := range []struct {
		name   string
		after  hit
		text   string
		status int
	}{
		{"entities", hit{time.Second, 1, "GET", instance + "/x", nil, 403, "text/html", page("<p>Access Denied. Your account has been authenticated, but has not been onboarded to this application&#46;</p>"), "", 0}, "Access Denied. Your account has been authenticated, but has not been onboarded to this application.", 403},
		{"lower-case suffix", hit{time.Second, 1, "GET", acs, nil, 200, "text/html", page("<p>Response signature invalid (service: awssecuritytokenservice; status code: 400; error code: InvalidIdentityToken)</p>"), "", 0}, "Response signature invalid", 400},
		{"its own words", hit{time.Second, 1, "GET", acs, nil, 500, "text/html", page("<h1>Sorry</h1><p>Something broke on our side</p>"), "", 0}, "Sorry Something broke on our side", 500},
		{"another host", hit{time.Second, 1, "GET", "https://blog.example/", nil, 403, "text/html", page("<p>Response signature invalid</p>"), "", 0}, "", 0},
		{"a look-alike host", hit{time.Second, 1, "GET", "https://signin.aws.amazon.com.evil.example/saml", nil, 403, "text/html", page("<p>Response signature invalid</p>"), "", 0}, "", 0},
		{"a script", hit{time.Second, 1, "GET", instance + "/app.js", nil, 200, "application/javascript", `var e = "Response signature invalid"`, "", 0}, "", 0},
		{"text in a script", hit{time.Second, 1, "GET", instance + "/ccp-v2", nil, 200, "text/html", page(`<h1>Contact Control Panel</h1><script>e("Response signature invalid")</script>`), "", 0}, "", 0},
		{"JSON", hit{time.Second, 1, "GET", instance + "/api/agent", nil, 403, "application/json", `{"message":"Response signature invalid"}`, "", 0}, "", 0},
		{"a missing picture", hit{time.Second, 1, "GET", instance + "/favicon.ico", nil, 404, "text/html", page("<h1>Not Found</h1>"), "", 0}, "", 0},
		{"terminal escapes", hit{time.Second, 1, "GET", acs, nil, 500, "text/html", page("<p>a\x1b]0;x\x07b\u202ec</p>"), "", 0}, "a·]0;x·b·c", 500},
	} {
		hs := []hit{{0, 50, "POST", acs, doc, 302, "text/html", "", "https://next.example/", 0}, c.after}
		o := last(t, write("chrome", hs)).Capture.Observed
		if (o == nil) != (c.text == "") || o != nil && (o.Text != c.text || o.HTTPStatus != c.status) {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
}

func TestRoleOfThePage(t *testing.T) {
	doc := [][2]string{{"SAMLResponse", idp.Encode(response(t, nil))}}
	body := "<html><body><p>Access denied, Please contact your AWS account administrator for assistance.</p><p>Role: arn:aws:sts::222233334444:assumed-role/LarkspurAgents/rosa</p></body></html>"
	hs := []hit{{0, 50, "POST", acs, doc, 302, "text/html", "", relay, 0}, {time.Second, 5, "GET", relay, nil, 403, "text/html", body, "", 0}}
	o := last(t, write("chrome", hs)).Capture.Observed
	if o == nil || o.RoleARN != "arn:aws:sts::222233334444:assumed-role/LarkspurAgents/rosa" || o.Party != evidence.PartyConsole {
		t.Errorf("%+v", o)
	}
}

// TestNearestClock leaves the answer to the POST without a Date.
func TestNearestClock(t *testing.T) {
	var log object
	if err := json.Unmarshal(made(t)["safari.har"], &log); err != nil {
		t.Fatal(err)
	}
	entries := log["log"].(object)["entries"].([]any)
	entries[3].(object)["response"].(object)["headers"] = []any{}
	b, _ := json.Marshal(log)
	k := last(t, b).Capture.Clock
	if !k.AWSNearest || !k.AWS.Equal(posted) { // 100 ms later, in whole seconds the same
		t.Errorf("%+v", k)
	}
}

// change edits the POST of chrome.har.
func change(t *testing.T, f func(post object, entry object)) []byte {
	t.Helper()
	var log object
	if err := json.Unmarshal(made(t)["edge.har"], &log); err != nil {
		t.Fatal(err)
	}
	e := log["log"].(object)["entries"].([]any)[3].(object)
	f(e["request"].(object)["postData"].(object), e)
	b, err := json.Marshal(log)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPostData(t *testing.T) {
	whole := last(t, made(t)["edge.har"]).Document
	for name, f := range map[string]func(p, e object){
		"params only, raw":  func(p, _ object) { delete(p, "text") },
		"text only":         func(p, _ object) { delete(p, "params") },
		"taken of the page": func(p, e object) { delete(e["request"].(object), "postData") },
		"masked, of the page": func(p, _ object) {
			delete(p, "params")
			p["text"] = "SAMLResponse=[SAMLResponse redacted]&RelayState=x"
		},
	} {
		in := last(t, change(t, f))
		if !bytes.Equal(in.Document, whole) {
			t.Errorf("%s: %+v", name, in.Problem)
		}
		if strings.HasSuffix(name, "page") != (in.From != "") {
			t.Errorf("%s: taken from %q", name, in.From)
		}
		if in.Capture.Posted == nil || in.Capture.Posted.URL != acs || in.Capture.Observed == nil {
			t.Errorf("%s: the POST is lost: %+v", name, in.Capture.Posted)
		}
	}
}

func TestSanitised(t *testing.T) {
	for _, mask := range []string{"REDACTED", "[SAMLResponse redacted]", "********", "<masked>", "xxxxxxxx", capture.Marker, "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"} {
		hs := []hit{{0, 50, "POST", acs, [][2]string{{"SAMLResponse", mask}, {"RelayState", relay}}, 400, "text/html", missing, "", 0}}
		in := last(t, write("firefox", hs))
		if in.Problem == nil || in.Problem.Kind != capture.Sanitised || in.Capture.Sanitised == "" || in.Document != nil || in.Capture.Observed == nil {
			t.Errorf("%s: %+v", mask, in.Problem)
		}
	}
}

func TestNoResponse(t *testing.T) {
	ok := "<html><body><p>Hello</p></body></html>"
	get := func(u string, status int, body string) hit {
		return hit{0, 5, "GET", u, nil, status, "text/html", body, "", 0}
	}
	for _, c := range []struct {
		name, writer string
		hits         []hit
		says         []string
		direct       bool
	}{
		{"nothing recorded", "chrome", nil, []string{"no requests", "Preserve log"}, false},
		{"began too late", "firefox", []hit{get("https://eu-west-2.console.aws.amazon.com/console/home", 200, ok)}, []string{"1 request to 1 host", "began after the sign-in", "Persist Logs"}, false},
		{"direct visit", "chrome", []hit{get(instance+"/ccp-v2", 401, "<html><body><h1>Session expired</h1></body></html>")}, []string{"without the IdP", "Session expired", "portal tile"}, true},
		{"only a request", "safari", []hit{{0, 5, "POST", sso, [][2]string{{"SAMLRequest", idp.Encode([]byte("<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>"))}}, 200, "text/html", ok, "", 0}}, []string{"1 SAML request", "Preserve Log"}, false},
	} {
		_, err := capture.Open("x.har", bytes.NewReader(write(c.writer, c.hits)))
		var e *capture.Error
		if !errors.As(err, &e) || e.Kind != capture.ErrNoSAML || e.SignIn == nil || e.SignIn.Capture.Found == "" {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %q does not say %q", c.name, err, s)
			}
		}
		if (e.SignIn.Capture.Direct != nil) != c.direct {
			t.Errorf("%s: direct visit %+v", c.name, e.SignIn.Capture.Direct)
		}
	}
}

func TestTruncated(t *testing.T) {
	har := made(t)["edge.har"]
	in := last(t, har[:len(har)-20])
	if in.Document == nil || len(in.Capture.Repairs) != 1 || !strings.Contains(in.Capture.Repairs[0].What, "breaks off at byte") {
		t.Errorf("%+v", in.Capture.Repairs)
	}
	_, err := capture.Open("x", bytes.NewReader(har[:200]))
	if err == nil || !strings.Contains(err.Error(), "breaks off at byte 200") {
		t.Errorf("cut before the first request: %v", err)
	}
}

// TestPacked reads one capture through every way of packing it.
func TestPacked(t *testing.T) {
	har := made(t)["edge.har"]
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write(har)
	w.Close()
	archive := func(files map[string][]byte) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for n, c := range files {
			f, _ := z.Create(n)
			f.Write(c)
		}
		z.Close()
		return b.Bytes()
	}
	beside := change(t, func(p, e object) {
		p["_file"], e["response"].(object)["content"].(object)["_file"] = "post.dat", "page.html"
		delete(p, "text")
		delete(p, "params")
		delete(e["response"].(object)["content"].(object), "text")
	})
	text := "SAMLResponse=" + strings.ReplaceAll(idp.Encode(last(t, har).Document), "+", "%2B") + "&RelayState=x"
	packed := map[string][]byte{
		"gzip":                 gz.Bytes(),
		"zip":                  archive(map[string][]byte{"a/x.har": har, "__MACOSX/x.har": {0}, "notes.txt": []byte("hello")}),
		"gzip in zip":          archive(map[string][]byte{"x.har.gz": gz.Bytes()}),
		"bodies beside, zip":   archive(map[string][]byte{"har.har": beside, "post.dat": []byte(text), "page.html": []byte(missing)}),
		"two captures in one":  archive(map[string][]byte{"a.har": har, "b.har": made(t)["edge.har"]}),
		"a value in a zip":     archive(map[string][]byte{"v.txt": []byte(idp.Encode(last(t, har).Document))}),
		"an unrelated zip too": nil,
	}
	for name, b := range packed {
		if b == nil {
			_, err := capture.Open("z.zip", bytes.NewReader(archive(map[string][]byte{"a.txt": []byte("hello")})))
			if _, ok := errors.AsType[*capture.Error](err); !ok {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		s, err := capture.Open("z", struct{ *bytes.Buffer }{bytes.NewBuffer(b)})
		if err != nil || len(s) == 0 || len(s[0].SignIns) != 1 || !bytes.Equal(s[0].SignIns[0].Document, last(t, har).Document) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "bodies beside, zip" && s[0].SignIns[0].Capture.Observed == nil {
			t.Errorf("%s: the page beside was not read", name)
		}
		if name == "two captures in one" && len(s) != 2 {
			t.Errorf("%s: %d sources", name, len(s))
		}
	}
	dir := t.TempDir()
	for n, b := range map[string][]byte{"x.har": beside, "post.dat": []byte(text), "page.html": []byte(missing)} {
		if err := os.WriteFile(filepath.Join(dir, n), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := capture.OpenPath(filepath.Join(dir, "x.har"))
	if err != nil || s[0].SignIns[0].Capture.Observed == nil {
		t.Errorf("bodies beside, in a folder: %v", err)
	}
	if s, err = capture.OpenPath(dir); err != nil || len(s) == 0 {
		t.Errorf("a folder: %v, %d sources", err, len(s))
	}
}
