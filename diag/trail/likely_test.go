package trail

import (
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

func text(s string) evidence.Text { return evidence.Text{Value: s, Present: true} }

// refused is a sign-in that AWS refused at noon, as its capture shows it.
func refused() evidence.Case {
	const role, provider = "arn:aws:iam::218455601337:role/Agents", "arn:aws:iam::218455601337:saml-provider/Okta"
	at := func(name, v string) evidence.Attribute {
		return evidence.Attribute{Name: text("https://aws.amazon.com/SAML/Attributes/" + name), Values: []evidence.Value{{Text: text(v)}}}
	}
	a := evidence.Assertion{
		Direct: true, ID: text("_assertion"), Subject: &evidence.Subject{NameID: text("jdoe@northwind.example")},
		Attributes: []evidence.Attribute{at("Role", role+","+provider), at("RoleSessionName", "jdoe")},
	}
	c := evidence.Case{Response: evidence.Have(evidence.Response{ID: text("_response"), Assertions: []evidence.Assertion{a}}, "capture")}
	cp := evidence.Capture{Observed: &evidence.Observed{Code: "InvalidIdentityToken", RequestID: "r-1"}}
	cp.Clock.AWS = noon
	c.Capture = evidence.Have(cp, "capture")
	return c
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// TestLikely: one refused event that fits is the sign-in's own as far as can be
// told; one that fits in less, or two of them, are not.
func TestLikely(t *testing.T) {
	fit := evidence.TrailEvent{
		ID: "own", Name: "AssumeRoleWithSAML", Failed: true, ErrorCode: "InvalidIdentityToken", Time: noon.Add(time.Second),
		RoleARN: "arn:aws:iam::218455601337:role/Agents", ProviderARN: "arn:aws:iam::218455601337:saml-provider/Okta",
	}
	other := func(f func(*evidence.TrailEvent)) evidence.TrailEvent { e := fit; e.ID = "other"; f(&e); return e }
	for name, tt := range map[string]struct {
		events []evidence.TrailEvent
		want   string
	}{
		"alone":               {[]evidence.TrailEvent{fit}, "own"},
		"none":                {nil, ""},
		"twice in two files":  {[]evidence.TrailEvent{fit, fit}, "own"},
		"two that fit":        {[]evidence.TrailEvent{fit, other(func(*evidence.TrailEvent) {})}, ""},
		"somebody else's":     {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.SessionName = "asmith" })}, ""},
		"by session name":     {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.SessionName = "asmith" }), fit}, "own"},
		"by NameID":           {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.NameID = "jdoe@northwind.example" })}, "other"},
		"too late":            {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.Time = noon.Add(time.Minute) })}, ""},
		"another role":        {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.RoleARN += "2" })}, ""},
		"another provider":    {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.ProviderARN += "2" })}, ""},
		"of no role":          {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.RoleARN, e.ProviderARN = "", "" })}, ""},
		"another error":       {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.ErrorCode = "AccessDenied" })}, ""},
		"one that worked":     {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.Failed, e.ErrorCode = false, "" })}, ""},
		"another assertion's": {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.AssertionID = "_x" })}, ""},
		"another call":        {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.Name = "GetFederationToken" })}, ""},
		"by AWS's request ID": {[]evidence.TrailEvent{other(func(e *evidence.TrailEvent) { e.Time, e.RequestID = noon.Add(time.Hour), "r-1" })}, "other"},
		"its own is named":    {[]evidence.TrailEvent{fit, other(func(e *evidence.TrailEvent) { e.AssertionID = "_assertion" })}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := refused()
			c.Live.Trail = evidence.Have(tt.events, "test")
			got := ""
			if e := Likely(c); e != nil {
				got = e.ID
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if Likely(evidence.Case{}) != nil {
		t.Error("an event of nothing")
	}
}
