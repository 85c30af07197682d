package policies

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

const (
	role     = "arn:aws:iam::123456789012:role/ConnectAgents"
	provider = "arn:aws:iam::123456789012:saml-provider/Okta"
)

func trust(principal, aud string) string {
	return `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Console",
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::123456789012:root"
      },
      "Action": "sts:AssumeRole"
    },
    {
      "Sid": "Agents",
      "Effect": "Allow",
      "Principal": {
        "Federated": "` + principal + `"
      },
      "Action": [
        "sts:AssumeRoleWithSAML",
        "sts:TagSession"
      ],
      "Condition": {
        "StringEquals": {
          "SAML:aud": "` + aud + `"
        }
      }
    }
  ]
}`
}

func permissions(instance string) []evidence.Policy {
	return []evidence.Policy{
		{Name: "ReadOnly", Kind: evidence.Managed, Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}`},
		{Name: "Connect", Kind: evidence.Inline, Source: "iam:GetRolePolicy", Document: `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "connect:GetFederationToken",
    "Resource": "arn:aws:connect:eu-central-1:123456789012:instance/` + instance + `/user/${aws:userid}"
  }
}`},
	}
}

const here = "11111111-2222-3333-4444-555555555555"

func with(t testing.TB, doc, instance string) diag.Diagnosis {
	d := tuitest.Rotated(t)
	l := &d.Case.Live
	l.Instance.Value.ARN, l.Instance.Value.Region = "arn:aws:connect:eu-central-1:123456789012:instance/"+here, "eu-central-1"
	l.Roles = evidence.Have([]evidence.Role{{ARN: role, Name: "ConnectAgents", ID: "AROAEXAMPLEEXAMPLEEX", Trust: doc, Full: true}}, "iam:GetRole")
	l.Permissions = evidence.Have(permissions(instance), "iam:ListAttachedRolePolicies")
	l.Guardrails = evidence.Have([]evidence.Guardrail{{Name: "Everything", Kind: "SCP", Target: "r-1", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`}}, "organizations")
	return d
}

func refused(t testing.TB) diag.Diagnosis {
	before := trust(provider, "https://eu-central-1.signin.aws.amazon.com/saml")
	d := with(t, before, "other")
	after := trust(provider, "https://signin.aws.amazon.com/saml")
	d.Findings = []rule.Finding{{
		Rule: &rule.Rule{ID: "trust-condition"}, At: evidence.Spot{In: evidence.InTrust, Path: role},
		Fixes: []rule.Fix{{Title: "Mend it", Change: &rule.Change{Name: "trust-policy.json", Before: before, After: after}}},
	}}
	return d
}

// perimeter is a sign-in that an RCP of the organization denies, as the usual
// data perimeter without an exception does.
func perimeter(t testing.TB) diag.Diagnosis {
	d := with(t, trust(provider, "https://signin.aws.amazon.com/saml"), here)
	d.Case.Live.Guardrails.Value = append(d.Case.Live.Guardrails.Value, evidence.Guardrail{Name: "Perimeter", Kind: "RCP", Target: "r-1", Document: `{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "OurOrganizationAlone",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sts:*",
    "Resource": "*",
    "Condition": {
      "StringNotEqualsIfExists": {
        "aws:PrincipalOrgID": "o-exampleorgid"
      }
    }
  }
}`})
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
	}{
		"refused":  {refused(t), []tea.Msg{keys.ToReason}},
		"change":   {refused(t), []tea.Msg{keys.Proposed}},
		"rcp":      {perimeter(t), []tea.Msg{keys.Right, keys.Right, keys.Right, keys.Right, keys.ToReason}},
		"resource": {refused(t), []tea.Msg{keys.Right, keys.Right}},
		"admitted": {with(t, trust(provider, "https://signin.aws.amazon.com/saml"), here), []tea.Msg{keys.ToReason}},
		"bare":     {bare, nil},
	} {
		p := shown(t, c.d)
		tuitest.Tell(p, c.msgs...)
		for _, s := range tuitest.Sizes {
			tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, s[0], s[1]), tuitest.Draw(t, p, s[0], s[1]))
		}
	}
}

// TestDecided holds what is lit to what the judge says, in the document that
// is shown.
func TestDecided(t *testing.T) {
	p := shown(t, refused(t))
	x := p.doc()
	at, allows, ok := x.decided()
	if x.in != evidence.InTrust || !ok || allows || at.Sid != "Agents" || x.verdict.Outcome != policy.ImplicitDeny {
		t.Fatalf("%s: %v %v %v %s", x.title, at, allows, ok, x.verdict.Outcome)
	}
	spot := p.Spot()
	if got := x.text[spot.Start:spot.End]; !strings.Contains(got, "SAML:aud") {
		t.Errorf("the cursor is on %q", got)
	}
	view := tuitest.Draw(t, p, 120, 31)
	for _, want := range []string{"✗ no: nothing allows it", "statement Agents: its condition does not hold · SAML:aud", "▲ this sign-in has https://signin.aws.amazon.com/saml"} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is not on the screen:\n%s", want, view)
		}
	}
	p = shown(t, with(t, trust(provider, "https://signin.aws.amazon.com/saml"), here))
	if at, allows, ok := p.doc().decided(); !ok || !allows || at.Sid != "Agents" || len(p.doc().met()) != 1 {
		t.Errorf("admitted: %v %v %v, %d conditions", at, allows, ok, len(p.doc().met()))
	}
	for i, x := range p.docs {
		if _, allows, ok := x.decided(); x.name == "Connect" && (!ok || !allows) || x.name == "ReadOnly" && ok {
			t.Errorf("document %d, %s: %v %v", i, x.name, allows, ok)
		}
	}
}

func TestPoint(t *testing.T) {
	p := shown(t, refused(t))
	n := strings.Index(p.docs[0].text, `"sts:TagSession"`)
	if !p.Point(evidence.Spot{In: evidence.InTrust, Path: role, Start: n, End: n + 3}) {
		t.Fatal("does not know the trust policy")
	}
	if s := p.Spot(); s.Start > n || s.End <= n {
		t.Errorf("on %v, wanted byte %d", s, n)
	}
	if !p.Point(evidence.Spot{In: evidence.InPermissions, Path: "Connect"}) || p.doc().name != "Connect" {
		t.Errorf("on %s", p.doc().name)
	}
	if p.Point(evidence.Spot{In: evidence.InResponse}) {
		t.Error("claims to show a response")
	}
	tuitest.Tell(p, keys.ToReason, keys.Proposed)
	if text, what := p.Copy(); what != "trust-policy.json" || !strings.Contains(text, `"https://signin.aws.amazon.com/saml"`) {
		t.Errorf("copies %s %q", what, text)
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) > 0 || p.diff {
		t.Error("esc does not close the difference")
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) != 1 {
		t.Errorf("asked %v", asked)
	}
}

func TestSweep(t *testing.T) {
	odd := refused(t)
	odd.Case.Live.Roles.Value[0].Trust = "%7B not json \x1b[2J"
	for _, d := range []diag.Diagnosis{refused(t), odd, tuitest.Hostile(t), {}} {
		p := shown(t, d)
		for range 4 {
			tuitest.Sweep(t, p)
			tuitest.Tell(p, keys.Right)
		}
	}
}

func TestWander(t *testing.T) {
	for seed, d := range []diag.Diagnosis{refused(t), tuitest.Hostile(t), {}} {
		tuitest.Wander(t, shown(t, d), 1500, uint64(seed))
	}
}

func BenchmarkView(b *testing.B) {
	p := shown(b, refused(b))
	p.Resize(200, 60)
	b.ReportAllocs()
	for b.Loop() {
		p.View()
	}
}
