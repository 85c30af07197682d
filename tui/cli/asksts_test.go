package cli_test

import (
	"strings"
	"testing"
	"time"
)

func TestAWSsOwnAnswerStandsBesideThePrediction(t *testing.T) {
	for _, x := range []struct {
		incident, predicted, says string
		accepted                  bool
	}{
		{"healthy", "accepted", "AWS STS took this assertion (as predicted)", true},
		{"capitals", "accepted", "AWS STS took this assertion (as predicted)", true},
		{"monday", "refused", "AWS STS refused this assertion: InvalidIdentityToken", false},
	} {
		t.Run(x.incident, func(t *testing.T) {
			b := newBench(t)
			har, r := b.incident(x.incident)
			b.fresh(r)
			args := []string{"check", har, "--live", "--endpoint-url", r.Server.URL(), "--ask-sts", "--yes"}
			_, out, told := b.run(append(args, "--format", "json")...)
			cs := parsed(t, out).Captures
			a, _ := cs[len(cs)-1]["sts_answer"].(map[string]any)
			if a == nil || a["asked"] != true || a["accepted"] != x.accepted || a["predicted"] != x.predicted || a["agrees"] != true {
				t.Errorf("%v; %s", a, told)
			}
			if _, text, _ := b.run(args...); !strings.Contains(text, x.says) {
				t.Errorf("the report does not say %q:\n%s", x.says, text)
			}
			if strings.Contains(out, "SessionToken") {
				t.Error("credentials are in the report")
			}
		})
	}
}

func TestSTSIsAskedOnlyWithConsent(t *testing.T) {
	b := newBench(t)
	har, r := b.incident("healthy")
	b.fresh(r)
	args := []string{"check", har, "--live", "--endpoint-url", r.Server.URL(), "--ask-sts"}
	asked := func() (n int) {
		for _, c := range r.Server.Calls() {
			if strings.HasSuffix(c.Op, "AssumeRoleWithSAML") {
				n++
			}
		}
		return n
	}
	before := asked()
	if code, _, told := b.run(args...); code != 2 || !strings.Contains(told, "--yes") {
		t.Errorf("without a terminal: exit %d, %s", code, told)
	}
	if code, _, told := b.run("check", har, "--ask-sts", "--yes"); code != 2 || !strings.Contains(told, "--live") {
		t.Errorf("without --live: exit %d, %s", code, told)
	}
	if code, _, told := b.run(append(args, "--yes", "--offline")...); code != 2 || !strings.Contains(told, "--offline") {
		t.Errorf("offline: exit %d, %s", code, told)
	}
	b.answers, b.in = true, "no\n"
	if _, out, told := b.run(args...); !strings.Contains(out, "not asked: you said no") || !strings.Contains(told, "[y/N]") {
		t.Errorf("said no: %s\n%s", told, out)
	}
	if n := asked(); n != before {
		t.Errorf("%d calls were made without consent", n-before)
	}
	b.in = "y\n"
	if _, out, told := b.run(args...); !strings.Contains(out, "AWS STS took this assertion") {
		t.Errorf("said yes: %s\n%s", told, out)
	}
	if n := asked(); n != before+1 {
		t.Errorf("%d calls were made with consent once", n-before)
	}
}

func TestAnOldAssertionIsNotSent(t *testing.T) {
	b := newBench(t)
	har, r := b.incident("healthy")
	b.fresh(r)
	b.now = b.now.Add(3 * time.Hour)
	_, out, _ := b.run("check", har, "--live", "--endpoint-url", r.Server.URL(), "--ask-sts", "--yes")
	if !strings.Contains(out, "was not asked: the assertion was issued 3 hours ago") {
		t.Errorf("not refused with its reason:\n%s", out)
	}
}
