package diag

import (
	"fmt"
	"strings"
	"testing"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

// states writes the chain's states, one letter a hop: v, f, i, u(nchecked), r
// (not reached), n(ot applicable).
func states(d Diagnosis) string {
	letters := map[chain.State]string{chain.Verified: "v", chain.Failed: "f", chain.Inferred: "i", chain.Unchecked: "u", chain.Unreached: "r", chain.NotApplicable: "n"}
	var b strings.Builder
	for _, l := range d.Chain {
		b.WriteString(letters[l.State])
	}
	return b.String()
}

func TestChain(t *testing.T) {
	bare := func(c *evidence.Case) {
		c.Capture.Value.Posted, c.Capture.Value.RelayState = nil, evidence.Fact[evidence.Text]{}
	}
	none := func(c *evidence.Case) { c.Live = evidence.Live{} }
	shut := func(c *evidence.Case) {
		c.Response.Value.Encrypted = []evidence.Encrypted{{At: first(c).At}}
		c.Response.Value.Assertions, c.Response.Value.Signatures, c.Live.Trail = nil, nil, evidence.Fact[[]evidence.TrailEvent]{}
	}
	quiet := func(c *evidence.Case) { c.Live.Trail = evidence.Have([]evidence.TrailEvent{}, "x") }
	opened := func(c *evidence.Case) {
		c.Capture.Value.Outcome = evidence.OutcomeConnect
	}
	for _, x := range []struct {
		why   string
		edits []func(*evidence.Case)
		// states of capture idp post signin provider sts trust federate user session
		states  string
		verdict chain.Overall
		// says are parts of a hop's why: "hop: text".
		says []string
	}{
		{why: "everything looked up", states: "vvvvvvvvvu", verdict: chain.Healthy, says: []string{
			"signin: role Connect-Agent", "provider: which IAM holds", "sts: as of 2026-03-02 09:00:02Z", "user: Connect has a user maria.lopez"}},
		{why: "the capture alone", edits: []func(*evidence.Case){none}, states: "vvvvuvuuuu", verdict: chain.Unknown, says: []string{
			"provider: the signature is sound by the certificate in it", "trust: was not looked up", "user: was not looked up"}},
		{why: "the capture alone, and it went well", edits: []func(*evidence.Case){none, opened}, states: "vvvviviiiu", verdict: chain.Healthy, says: []string{
			"trust: the capture shows Amazon Connect opening"}},
		{why: "AWS let it in, and no more is recorded", edits: []func(*evidence.Case){none, func(c *evidence.Case) { c.Capture.Value.Outcome = evidence.OutcomeRedirect }},
			states: "vvvviviuuu", verdict: chain.Unknown},
		{why: "a bare response", edits: []func(*evidence.Case){bare, none, func(c *evidence.Case) { c.AsOf = evidence.AsOf{Source: evidence.AsOfNone} }},
			states: "vvivuuuuuu", verdict: chain.Unknown, says: []string{"sts: --as-of tells", "post: where it was posted is not in this capture"}},
		{why: "a bare response with all lookups", edits: []func(*evidence.Case){bare}, states: "vvivvvvvvu", verdict: chain.Healthy},
		{why: "a bare assertion", edits: []func(*evidence.Case){bare, func(c *evidence.Case) { c.Response.Value.BareAssertion = true }}, states: "viivvvvvvu", verdict: chain.Healthy},
		{why: "matched by likeness", edits: []func(*evidence.Case){func(c *evidence.Case) {
			c.Live.Provider.Inferred, c.Live.Roles.Inferred, c.Live.Permissions.Inferred = true, true, true
		}}, states: "vvvviviivu", verdict: chain.Healthy},
		{why: "encrypted, no key", edits: []func(*evidence.Case){shut}, states: "vvvuuuuuuu", verdict: chain.Unknown, says: []string{"signin: --key opens it", "trust: --key opens it"}},
		{why: "encrypted, and it went well", edits: []func(*evidence.Case){shut, opened}, states: "vvviiiiiiu", verdict: chain.Healthy},
		{why: "to IAM Identity Center", edits: []func(*evidence.Case){none, func(c *evidence.Case) {
			c.Capture.Value.Posted.URL, c.Response.Value.Destination = tCenter, word(tCenter)
			first(c).Subject.Confirmations[0].Recipient = word(tCenter)
			first(c).Subject.NameID, first(c).Subject.Format = word("maria@example.com"), word("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")
		}}, states: "vvvvnnnnnn", verdict: chain.Healthy, says: []string{"provider: IAM Identity Center is the service provider", "signin: the NameID can be read"}},
		{why: "not meant for Connect", edits: []func(*evidence.Case){none, func(c *evidence.Case) { c.Capture.Value.RelayState = evidence.None[evidence.Text]("HAR") }},
			states: "vvvvuvunnn", verdict: chain.Unknown, says: []string{"user: nothing in the capture names Amazon Connect"}},
		{why: "several roles, one admits", edits: []func(*evidence.Case){func(c *evidence.Case) {
			set(c, claims.Role, tAdmin+","+tProvider, tRole+","+tProvider)
			c.Live.Roles.Value = append(c.Live.Roles.Value, role(tAdmin, trust("https://x")))
			c.Live.Trail = evidence.Have([]evidence.TrailEvent{}, "x")
		}}, states: "vvvvvvvvvu", verdict: chain.Healthy, says: []string{"signin: 2 role pairs"}},
		{why: "several roles, none admits", edits: []func(*evidence.Case){func(c *evidence.Case) {
			set(c, claims.Role, tAdmin+","+tProvider, tRole+","+tProvider)
			c.Live.Roles.Value = []evidence.Role{role(tRole, trust("https://x")), role(tAdmin, trust("https://x"))}
			c.Live.Trail = evidence.Have([]evidence.TrailEvent{}, "x")
		}}, states: "vvvvvvfrrr", verdict: chain.Broken},
		{why: "broken in the middle", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) { set(c, claims.RoleSessionName, "Maria Lopez") }},
			states: "vvvvvfrrrr", verdict: chain.Broken, says: []string{"trust: not reached: it broke at sts"}},
		{why: "a role that was not given", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) { c.Live.Roles.Value[0].ARN = tAdmin }},
			states: "vvvvvvuivu", verdict: chain.Unknown, says: []string{"trust: of another role"}},
		{why: "a role that was not given, and STS took it", edits: []func(*evidence.Case){func(c *evidence.Case) { c.Live.Roles.Value[0].ARN = tAdmin }},
			states: "vvvvvviivu", verdict: chain.Healthy, says: []string{"trust: CloudTrail shows STS accepting this assertion"}},
		{why: "not allowed to look", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) {
			c.Live.Roles = evidence.Fact[[]evidence.Role]{State: evidence.Denied, Source: "iam:GetRole"}
		}}, states: "vvvvvvuivu", verdict: chain.Unknown, says: []string{"trust: iam:GetRole is denied"}},
		{why: "the users in part", edits: []func(*evidence.Case){func(c *evidence.Case) {
			c.Live.Exact = evidence.Fact[[]evidence.User]{}
			c.Live.Users = evidence.Fact[[]evidence.User]{State: evidence.Partial, Value: []evidence.User{{Username: "jon"}}}
		}}, states: "vvvvvvvvuu", verdict: chain.Unknown, says: []string{"user: not among the first 1 users"}},
		{why: "the users of another instance", edits: []func(*evidence.Case){func(c *evidence.Case) {
			c.Live.Exact = evidence.Fact[[]evidence.User]{}
			c.Live.Users.Value = []evidence.User{{Username: tUser, Instance: "99999999-4b5a-6978-8796-a5b4c3d2e1f0"}}
		}}, states: "vvvvvvvvuu", verdict: chain.Unknown, says: []string{"user: of another instance"}},
		{why: "an address that is not known", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) {
			c.Live.Roles.Value[0].Trust = strings.Replace(trust(tACS), `"StringEquals"`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals"`, 1)
		}}, states: "vvvvvvuvvu", verdict: chain.Unknown, says: []string{"trust: aws:SourceIp"}},
		{why: "no response", edits: []func(*evidence.Case){none, bare, func(c *evidence.Case) { c.Response = evidence.Fact[evidence.Response]{State: evidence.Absent} }},
			states: "frrrrrrrrr", verdict: chain.Broken},
	} {
		d := Diagnose(looked(func(c *evidence.Case) {
			for _, e := range x.edits {
				e(c)
			}
		}))
		if want := strings.ReplaceAll(x.states, " ", ""); states(d) != want || d.Verdict.State != x.verdict {
			t.Errorf("%s: %s %s, want %s %s\n%s", x.why, states(d), d.Verdict.State, want, x.verdict, strings.Join(whys(d), "\n"))
		}
		for _, s := range x.says {
			hop, text, _ := strings.Cut(s, ": ")
			found := false
			for _, w := range whys(d) {
				found = found || strings.HasPrefix(w, hop+" ") && strings.Contains(w, text)
			}
			if !found {
				t.Errorf("%s: %q is not said:\n%s", x.why, s, strings.Join(whys(d), "\n"))
			}
		}
		for _, l := range d.Chain {
			if l.Why == "" {
				t.Errorf("%s: %s is %s and does not say why", x.why, l.Hop, l.State)
			}
		}
	}
}

func whys(d Diagnosis) []string {
	var out []string
	for _, l := range d.Chain {
		out = append(out, fmt.Sprintf("%s %s: %s", l.Hop, l.State, l.Why))
	}
	return out
}

// TestKnown: what would become of the hops behind the break.
func TestKnown(t *testing.T) {
	d := Diagnose(looked(func(c *evidence.Case) {
		set(c, claims.RoleSessionName, "Maria Lopez")
		c.Live.Trail = evidence.Have([]evidence.TrailEvent{}, "x")
		c.Live.Permissions.Value = []evidence.Policy{permission(strings.Replace(tARN, "eu-west-2", "us-east-1", 1) + "/*")}
	}))
	for h, want := range map[evidence.Hop]string{evidence.HopTrust: "would pass", evidence.HopFederate: "would fail: federation-resource-mismatch", evidence.HopSession: ""} {
		if l := d.Link(h); l.State != chain.Unreached || l.Known != want {
			t.Errorf("%s: %s, known %q, want %q", h, l.State, l.Known, want)
		}
	}
	if got := d.Link(evidence.Hop(99)); got.State != chain.Unchecked {
		t.Errorf("a hop that does not exist: %+v", got)
	}
	if f, ok := d.Cause(); !ok || f.ID() != "session-name-invalid" {
		t.Errorf("the cause: %v %v", f.ID(), ok)
	}
}

func TestVerdictSays(t *testing.T) {
	for _, x := range []struct {
		why       string
		edit      func(*evidence.Case)
		summary   string
		predicted string
		seen      bool
		disagrees string
	}{
		{"healthy", nil, "Nothing is broken", "", false, ""},
		{"unknown", func(c *evidence.Case) { c.Live = evidence.Live{} }, "not everything could be judged: provider, trust, federate, user", "", false, ""},
		{"stale", func(c *evidence.Case) {
			c.Capture.Value.Outcome = evidence.OutcomeConnect
			c.Live.Roles.Value[0].Trust = trust("https://x")
		}, "went through", "", false, ""},
		{"predicted", func(c *evidence.Case) {
			c.Live.Roles.Value[0].Trust = trust("https://x")
			c.Live.Trail = evidence.Fact[[]evidence.TrailEvent]{}
		}, "SAML:aud", denied + " (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied)", false, ""},
		{"predicted and seen", func(c *evidence.Case) {
			c.Live.Roles.Value[0].Trust = trust("https://x")
			answered(c, "not-authorized-saml", denied)
			c.Live.Trail = evidence.Fact[[]evidence.TrailEvent]{}
		}, "SAML:aud", denied, true, ""},
		{"another of its texts", func(c *evidence.Case) {
			c.Live.Roles.Value[0].Trust = trust("https://x")
			answered(c, "access-denied", "Access denied")
			c.Live.Trail = evidence.Fact[[]evidence.TrailEvent]{}
		}, "SAML:aud", "Access denied", true, ""},
		{"another text", func(c *evidence.Case) {
			set(c, claims.RoleSessionName, "Maria Lopez")
			answered(c, "not-authorized-saml", denied)
			c.Live.Trail = evidence.Fact[[]evidence.TrailEvent]{}
		}, "Maria Lopez", "RoleSessionName in AuthnResponse must match", false, "AWS said “" + denied + "”, which session-name-invalid does not explain"},
		{"unexplained", func(c *evidence.Case) { answered(c, "not-authorized-saml", denied) }, "nothing in the evidence given explains it", denied, true, ""},
	} {
		v := Diagnose(looked(x.edit)).Verdict
		if !strings.Contains(v.Summary, x.summary) || !strings.HasPrefix(v.Predicted, x.predicted) || v.Seen != x.seen || !strings.HasPrefix(v.Disagreement, x.disagrees) || (v.Disagreement == "") != (x.disagrees == "") {
			t.Errorf("%s: %+v", x.why, v)
		}
	}
}
