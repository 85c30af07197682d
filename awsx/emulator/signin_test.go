package emulator_test

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

const relay = "https://us-east-1.console.aws.amazon.com/connect/federate/" + instance

// browse posts a form as a browser does and follows where it leads.
func browse(t *testing.T, s *emulator.Server, path string, form url.Values) (where, page string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, s.URL()+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.Request.URL.Path, html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(b), " "))
}

func TestSignInPage(t *testing.T) {
	const invalid = "Your request included an invalid SAML response. To logout, click here."
	for _, c := range []struct {
		name  string
		world func(*emulator.World)
		resp  func(*idp.Response)
		by    string
		path  string
		relay string
		raw   string
		where string
		want  string
	}{
		{name: "in", where: "/connect/home/" + instance, want: "Signed in as ana.souza@northwind.example"},
		{name: "no relay state", relay: "-", where: "/console/home", want: "Signed in as arn:aws:sts::111122223333:assumed-role/agents/"},
		{name: "other region", relay: strings.Replace(relay, "us-east-1", "us-west-2", 1), where: "/connect/federate/" + instance, want: "Access denied, Please contact your AWS account administrator for assistance."},
		{name: "no role", resp: func(r *idp.Response) { r.Roles = nil }, want: invalid},
		{name: "quoted role", resp: func(r *idp.Response) { r.Roles = []string{`"admins"`} }, want: invalid},
		{name: "session duration", resp: func(r *idp.Response) { r.SessionDuration = "50000" }, want: invalid},
		{name: "nothing", raw: " ", want: invalid},
		{name: "rubbish", raw: "PHg%2B", want: invalid},
		{name: "unknown address", path: "/saml/acs/SAMLSPUNKNOWN", want: invalid},
		{name: "own address", path: "/saml/acs/SAMLSPNORTHWIND0EXAMPLE", where: "/connect/home/" + instance, want: "Signed in"},
		{name: "encrypted to own address", path: "/saml/acs/SAMLSPNORTHWIND0EXAMPLE", world: withKey(t), resp: func(r *idp.Response) { r.EncryptTo = key(t, "sp").Certificate }, where: "/connect/home/" + instance, want: "Signed in"},
		{name: "encrypted to nobody", world: withKey(t), resp: func(r *idp.Response) { r.EncryptTo = key(t, "sp").Certificate }, want: invalid},
		{name: "rotated", by: "idp-a-next", want: "Response signature invalid (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken; Request ID: 00000000-0000-4000-8000-000000000001; Proxy: null)"},
		{name: "issuer", resp: func(r *idp.Response) { r.Issuer += "x" }, want: "Failed to assume role: Issuer not present in specified provider (Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: AuthSamlInvalidSamlResponseException; Request ID: "},
		{name: "trust", world: func(w *emulator.World) { w.Roles = nil }, want: "Not authorized to perform sts:AssumeRoleWithSAML (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: "},
		{name: "MaxSessionDuration does not bind here", world: func(w *emulator.World) { w.Roles[0].MaxSessionDuration = 3600 }, where: "/connect/home/" + instance, want: "Signed in"},
		{name: "fault", world: func(w *emulator.World) {
			w.Faults = []emulator.Fault{{Op: "sts:AssumeRoleWithSAML", Code: "throttled"}}
		}, want: "Rate exceeded (Service: AWSSecurityTokenService; Status Code: 400; Error Code: Throttling; Request ID: "},
		{name: "not onboarded", resp: func(r *idp.Response) { r.SessionName = "ANA.SOUZA@northwind.example" }, where: "/connect/federate/" + instance, want: "Access Denied. Your account has been authenticated, but has not been onboarded to this application."},
		{name: "no permission", world: func(w *emulator.World) { w.Roles[0].Inline = nil }, where: "/connect/federate/" + instance, want: "Access denied, Please contact your AWS account administrator for assistance."},
		{name: "bound", world: func(w *emulator.World) { w.Instances[0].Users[0].BoundRole = "x" }, where: "/connect/federate/" + instance, want: "Bad Request. The request was not valid and could not be processed."},
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
			by, path, to, where := or(c.by, "idp-a"), or(c.path, "/saml"), or(c.relay, relay), or(c.where, or(c.path, "/saml"))
			form := url.Values{"SAMLResponse": {or(c.raw, idp.Encode(signed(t, r, by)))}}
			if to != "-" {
				form.Set("RelayState", to)
			}
			if got, page := browse(t, start(t, w), path, form); got != where || !strings.Contains(page, c.want) {
				t.Errorf("at %s, want %s\n%s\nlacks %s", got, where, page, c.want)
			}
		})
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func TestRolePicker(t *testing.T) {
	w := northwind(t)
	second := w.Roles[0]
	second.Name = "supervisors"
	w.Roles = append(w.Roles, second)
	s := start(t, w)
	r := ana()
	r.Roles = append(r.Roles, strings.Replace(role, "agents", "supervisors", 1)+","+provider)
	form := url.Values{"SAMLResponse": {idp.Encode(signed(t, r, "idp-a"))}}
	if _, page := browse(t, s, "/saml", form); !strings.Contains(page, "Select a role:") || !strings.Contains(page, "role/connect/supervisors") || !strings.Contains(page, role) {
		t.Errorf("no choice: %s", page)
	}
	form.Set("RelayState", `"><script>alert(1)</script>`)
	if _, page := browse(t, s, "/saml", form); strings.Contains(page, "alert") {
		t.Errorf("the relay state left its attribute: %s", page)
	}
	form.Del("RelayState")
	form.Set("roleIndex", strings.Replace(role, "agents", "supervisors", 1))
	if _, page := browse(t, s, "/saml", form); !strings.Contains(page, "assumed-role/supervisors/") {
		t.Errorf("not the chosen one: %s", page)
	}
}

func TestConnectWithoutSignIn(t *testing.T) {
	s := start(t, northwind(t))
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, s.URL()+"/connect/federate/"+instance, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); !strings.Contains(string(b), "Session Expired") {
		t.Errorf("%s", b)
	}
}

// A sign-in can be played through the server and written as a capture.
func TestPlay(t *testing.T) {
	s := start(t, northwind(t))
	const home = "https://northwind.my.connect.aws/ccp-v2"
	play := func(r idp.Response, by string) idp.Visit {
		v, err := idp.Play(context.Background(), s.URL(), home, idp.Visit{At: monday, Response: signed(t, r, by), RelayState: relay})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := play(ana(), "idp-a")
	if v.Answer.Status != http.StatusFound || v.Answer.Location != relay || len(v.Then) != 2 || v.Then[0].URL != relay || v.Then[0].Location != home || v.Then[1].URL != home || v.Then[1].Status != http.StatusOK {
		t.Errorf("%+v", v.Then)
	}
	b, err := idp.HAR(v)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "127.0.0.1") {
		t.Error("the capture names the stand-in")
	}
	stranger := ana()
	stranger.SessionName = "nobody"
	if v := play(stranger, "idp-a"); len(v.Then) != 1 || !strings.Contains(v.Then[0].Body, "has not been onboarded") {
		t.Errorf("%+v", v.Then)
	}
	if v := play(ana(), "other"); len(v.Then) != 0 || !strings.Contains(v.Answer.Body, "Response signature invalid") {
		t.Errorf("%+v", v.Answer)
	}
}

// GovCloud has its own names for everything.
func TestGovCloud(t *testing.T) {
	gov := func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "arn:aws:", "arn:aws-us-gov:"), "us-east-1", "us-gov-west-1")
	}
	w := northwind(t)
	w.Partition, w.Region, w.Organization, w.Roles[0].Boundary = "aws-us-gov", "us-gov-west-1", nil, ""
	w.Roles[0].Trust = emulator.Document(strings.ReplaceAll(gov(string(w.Roles[0].Trust)), acs, "https://signin.amazonaws-us-gov.com/saml"))
	w.Roles[0].Inline[0].Document = emulator.Document(gov(string(w.Roles[0].Inline[0].Document)))
	r := ana()
	r.Roles[0], r.Recipient, r.Audience = gov(r.Roles[0]), "https://signin.amazonaws-us-gov.com/saml", "urn:amazon:webservices:govcloud"
	form := url.Values{"SAMLResponse": {idp.Encode(signed(t, r, "idp-a"))}, "RelayState": {"https://console.amazonaws-us-gov.com/connect/federate/" + instance}}
	s := start(t, w)
	if where, page := browse(t, s, "/saml", form); where != "/connect/home/"+instance {
		t.Errorf("at %s: %s", where, page)
	}
	if trail := s.World().Trail; !strings.Contains(string(trail[1]), `"awsRegion":"us-gov-west-1"`) {
		t.Errorf("%s", trail[1])
	}
}
