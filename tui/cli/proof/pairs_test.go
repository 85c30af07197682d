package proof

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/samlens/awsx/emulator/idp"
)

// faults are the mutations that break the sign-in at a hop of its own. Left
// out are those that take more along: what is encrypted hides other faults,
// and the CloudTrail event that tells the agent's address tells that AWS
// passed over earlier ones.
func faults(t testing.TB) (out []mutation) {
	t.Helper()
	_, by := promised(t)
	for _, m := range mutations() {
		p := by[m.rule]
		if m.severity == "" && m.state == "" && p.severity == "error" && p.hop != "any" && p.hop != "capture" && !strings.HasPrefix(m.rule, "idc-") &&
			!strings.HasPrefix(m.rule, "encryption-") && m.rule != "user-ip-blocked" {
			m.hop = p.hop
			out = append(out, m)
		}
	}
	return out
}

// TestTwoFaultsAtOnce breaks the sign-in in two places: there is one cause,
// the one that comes first, and the other is a warning behind it or folded.
func TestTwoFaultsAtOnce(t *testing.T) {
	t.Parallel()
	all := faults(t)
	rapid.Check(t, func(r *rapid.T) {
		for range 12 {
			a, b := rapid.SampledFrom(all).Draw(r, "one"), rapid.SampledFrom(all).Draw(r, "other")
			s, p := healthy(t), &probe{TB: t}
			a.change(p, s)
			b.change(p, s)
			if a.rule == b.rule || !p.makes(s) {
				continue // the one changed what the other would change
			}
			c := s.check(t).last()
			if got := c.errors(); c.Verdict.State != "broken" || len(got) != 1 {
				r.Errorf("%s and %s: %s with the errors %q", a.rule, b.rule, c.Verdict.State, got)
			}
			c.wellFormed(t)
			first := min(slices.Index(hops, a.hop), slices.Index(hops, b.hop))
			if at := slices.Index(hops, c.Verdict.Hop); at > first && c.Verdict.Rule != a.rule && c.Verdict.Rule != b.rule {
				r.Errorf("%s at %s and %s at %s: the cause is %s at %s", a.rule, a.hop, b.rule, b.hop, c.Verdict.Rule, c.Verdict.Hop)
			}
		}
	})
}

// A probe is a test that may fail.
type probe struct {
	testing.TB
	failed bool
}

// makes reports whether the sign-in's edits find what they change.
func (p *probe) makes(s *signIn) (ok bool) {
	defer func() { ok = recover() == nil && !p.failed }()
	s.document(p)
	return true
}

func (p *probe) Helper()               {}
func (p *probe) Fatalf(string, ...any) { p.failed = true }
func (p *probe) Fatal(...any)          { p.failed = true }

// predicted is the text that check says AWS shows for the cause.
func predicted(t testing.TB, o outcome) string {
	t.Helper()
	var r struct {
		Captures []struct {
			Verdict struct {
				Predicted *string `json:"predicted_error"`
			}
		}
	}
	if err := json.Unmarshal([]byte(o.out), &r); err != nil {
		t.Fatal(err)
	}
	if n := len(r.Captures); n > 0 && r.Captures[n-1].Verdict.Predicted != nil {
		return *r.Captures[n-1].Verdict.Predicted
	}
	return ""
}

// TestThePredictedErrorIsExplained lets AWS show what was predicted: the cause
// stays what it was, and it is not called unexplained.
func TestThePredictedErrorIsExplained(t *testing.T) {
	t.Parallel()
	n := 0
	for _, m := range faults(t) {
		s := healthy(t)
		m.change(t, s)
		o := s.check(t)
		text := predicted(t, o)
		if text == "" || strings.Contains(text, "*") {
			continue
		}
		n++
		t.Run(m.rule+" "+m.name, func(t *testing.T) {
			t.Parallel()
			s := healthy(t)
			m.change(t, s)
			page := idp.Page{Status: 403, Body: "<html><body><h1>Error</h1><p>" + html.EscapeString(text) + "</p></body></html>"}
			if slices.Index(hops, m.hop) <= slices.Index(hops, "trust") {
				page.URL = s.visit.Answer.URL
				s.visit.Answer = page
			} else {
				page.URL = s.visit.RelayState
				s.visit.Answer.Status, s.visit.Answer.Location = 302, s.visit.RelayState
				s.visit.Then = []idp.Page{page}
			}
			got := s.check(t)
			if c := got.last(); c.Verdict.Rule != m.rule || c.Verdict.Hop != o.last().Verdict.Hop || len(c.errors()) != 1 || got.code != 1 {
				t.Errorf("AWS said %q: %+v, errors %q", text, c.Verdict, c.errors())
			}
			got.last().wellFormed(t)
		})
	}
	if n < 25 {
		t.Errorf("only %d errors are predicted", n)
	}
}

// TestWhatAWSSaidDecides: where two faults are there and AWS's answer tells of
// the later one, that is the cause; and a fault that AWS passed over hides
// none that it did not.
func TestWhatAWSSaidDecides(t *testing.T) {
	t.Parallel()
	refused := func(s *signIn, text string) {
		s.visit.Answer.Status, s.visit.Answer.Body = 403, "<html><body><p>"+html.EscapeString(text)+"</p></body></html>"
	}
	connect := func(s *signIn, text string) {
		s.visit.Answer.Status, s.visit.Answer.Location = 302, federateURL
		s.visit.Then = []idp.Page{{URL: federateURL, Status: 302, Location: "https://" + alias + ".my.connect.aws/ccp-v2"},
			{URL: "https://" + alias + ".my.connect.aws/ccp-v2", Status: 403, Body: "<html><body><p>" + html.EscapeString(text) + "</p></body></html>"}}
	}
	const (
		denied    = "Not authorized to perform sts:AssumeRoleWithSAML (service: AWSSecurityTokenService; status code: 403; error code: AccessDenied)"
		onboarded = "Access Denied. Your account has been authenticated, but has not been onboarded to this application."
	)
	for _, x := range []struct {
		name, want string
		change     func(*signIn)
	}{
		{"the certificate rotated and the trust policy is of old", "trust-condition", func(s *signIn) {
			s.metadata = metadataOf(issuer, keyOf(t, "idp-a-next").Certificate)
			s.trust = trustOf(providerARN, "sts:AssumeRoleWithSAML", globalACS)
			refused(s, denied)
		}},
		{"an audience AWS took, and a user in capitals", "user-case-mismatch", func(s *signIn) {
			s.response.Audience = "https://crm.partner.example"
			s.response.SessionName = "Maria.Lopez@northwind.example"
			connect(s, onboarded)
		}},
		{"two assertions that AWS took, and a user in capitals", "user-case-mismatch", func(s *signIn) {
			s.response.Signed = idp.Nothing
			s.response.SessionName = "Maria.Lopez@northwind.example"
			s.signed = append(s.signed, func(doc string) string {
				return assertionText.ReplaceAllStringFunc(doc, func(a string) string {
					return seal(t, a, s.key) + seal(t, strings.ReplaceAll(a, assertionID, assertionID+"2"), s.key)
				})
			})
			connect(s, onboarded)
		}},
		{"a Recipient elsewhere, and a condition on the issuer", "recipient-not-aws", func(s *signIn) {
			s.response.Recipient, s.response.Destination = "https://crm.partner.example/sso/acs", regionalACS
			first(s.trust)["Condition"].(object)["StringEquals"].(object)["SAML:iss"] = "https://another.example"
		}},
		{"nothing wrong, and refused", "answer-refused", func(s *signIn) { refused(s, denied) }},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s := healthy(t)
			x.change(s)
			o := s.check(t)
			c := o.last()
			if c.Verdict.Rule != x.want || len(c.errors()) != 1 || o.code != 1 {
				t.Errorf("%+v, errors %q, want %s", c.Verdict, c.errors(), x.want)
				for _, f := range c.Findings {
					t.Logf("%s %s: %s", f.Severity, f.Rule, f.Summary)
				}
			}
			c.wellFormed(t)
		})
	}
}
