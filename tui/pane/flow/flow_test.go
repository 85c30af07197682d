package flow

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

// walk is a sign-in from the portal to Connect's refusal.
func walk(t testing.TB) diag.Diagnosis {
	d := tuitest.Rotated(t)
	c := &d.Case.Capture.Value
	at := tuitest.Monday
	c.Exchanges = []evidence.Exchange{
		{Entry: 38, At: at.Add(-2 * time.Second), Took: 80 * time.Millisecond, Method: "GET", URL: "https://portal.northwind.example/", Status: 200, MIME: "text/html"},
		{Entry: 39, At: at.Add(-time.Second), Took: 25 * time.Millisecond, Method: "GET", URL: "https://northwind.okta.com/app/aws/exk1/sso/saml?SAMLRequest=x", Status: 302, Redirect: "https://northwind.okta.com/login", Party: "idp", SAML: "SAMLRequest"},
		{Entry: 40, At: at.Add(-400 * time.Millisecond), Took: 300 * time.Millisecond, Method: "POST", URL: "https://northwind.okta.com/login", Status: 200, MIME: "text/html", Party: "idp"},
		{Entry: 41, At: at, Took: 310 * time.Millisecond, Method: "POST", URL: "https://signin.aws.amazon.com/saml", Status: 400, MIME: "text/html", Party: "aws-signin", SAML: "SAMLResponse",
			Date: at, Text: "Amazon Web Services Sign-In\nResponse signature invalid (Service: AWSSecurityTokenService)", ResponseBody: "<html>\n<body>\x1b[2J\u202eResponse signature invalid</body>"},
		{Entry: 42, Method: "GET", URL: "\x1b]0;x\x07not a url %zz", Status: 0},
	}
	c.Clock = evidence.Clock{Skew: -93 * time.Second, SkewKnown: true}
	return d
}

func shown(t testing.TB, d diag.Diagnosis) *Pane {
	t.Helper()
	p := New().(*Pane)
	p.Resize(120, 31)
	tuitest.Show(p, d)
	tuitest.Tell(p, pane.Focused{On: true})
	return p
}

func TestFrames(t *testing.T) {
	bare := tuitest.Unknown(t)
	for name, c := range map[string]struct {
		d    diag.Diagnosis
		msgs []tea.Msg
	}{"way": {walk(t), nil}, "answer": {walk(t), []tea.Msg{keys.Open}}, "bare": {bare, nil}} {
		p := shown(t, c.d)
		tuitest.Tell(p, c.msgs...)
		for _, s := range tuitest.Sizes {
			tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, s[0], s[1]), tuitest.Draw(t, p, s[0], s[1]))
		}
	}
}

// TestAnswer: the pane opens on what AWS answered, finds it again, and leads
// from the response that was posted to the assertion.
func TestAnswer(t *testing.T) {
	p := shown(t, walk(t))
	on := func(want int) {
		t.Helper()
		if h, _ := p.grid.At(); h.Entry != want {
			t.Errorf("on entry %d, want %d", h.Entry, want)
		}
	}
	on(41)
	tuitest.Tell(p, keys.Top)
	on(38)
	tuitest.Tell(p, keys.ToAnswer)
	on(41)
	if !p.Point(evidence.Spot{In: evidence.InHAR, Path: "/log/entries/39/request/url"}) {
		t.Error("does not know entry 39")
	}
	on(39)
	if p.Point(evidence.Spot{In: evidence.InHAR, Path: "/log/entries/7"}) || p.Point(evidence.Spot{In: evidence.InTrust}) {
		t.Error("claims to show what it does not")
	}
	if !p.Point(evidence.Spot{In: evidence.InPage}) {
		t.Error("does not know the page")
	}
	on(41)
	tuitest.Tell(p, keys.Open)
	if text := p.Text(); strings.ContainsAny(text, "\x1b\u202e") || !strings.Contains(text, "WHAT THE PERSON SAW") {
		t.Errorf("shows %q", text)
	}
	if p.Find("SAMLResponse").Of == 0 {
		t.Error("does not find what the request carries")
	}
	if asked := tuitest.Tell(p, keys.Open); len(asked) != 1 || asked[0].(pane.Goto).Spot.In != evidence.InResponse {
		t.Errorf("asked %v", asked)
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) != 0 || p.full != nil {
		t.Error("esc does not close the answer")
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) != 1 || asked[0] != (pane.Pass{Action: keys.Cancel}) {
		t.Errorf("asked %v", asked)
	}
	// A new diagnosis of the same capture moves nothing.
	tuitest.Tell(p, keys.Top)
	tuitest.Show(p, diag.Diagnosis{Case: evidence.Case{Capture: evidence.Have(p.c, "x")}})
	on(38)
}

func TestSweep(t *testing.T) {
	for _, d := range []diag.Diagnosis{walk(t), tuitest.Hostile(t), tuitest.Unknown(t), {}} {
		p := shown(t, d)
		tuitest.Sweep(t, p)
		tuitest.Tell(p, keys.Open)
		tuitest.Sweep(t, p)
	}
}

func TestWander(t *testing.T) {
	for seed, d := range []diag.Diagnosis{walk(t), tuitest.Hostile(t), {}} {
		tuitest.Wander(t, shown(t, d), 1500, uint64(seed))
	}
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := walk(b)
			c := &d.Case.Capture.Value
			for len(c.Exchanges) < n {
				c.Exchanges = append(c.Exchanges, c.Exchanges[1])
			}
			p := shown(b, d)
			p.Resize(200, 60)
			b.ReportAllocs()
			for b.Loop() {
				p.View()
			}
		})
	}
}
