package proof

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A mutation is one change of the healthy sign-in.
type mutation struct {
	rule string
	// name tells two changes for one rule apart.
	name   string
	change func(testing.TB, *signIn)
	// also are findings that rightly come along; none of them is an error.
	also []string
	// state is the verdict where it is not what the rule's severity says:
	// broken for an error, healthy for all else.
	state string
	// hop and severity are set where the rule's own do not hold.
	hop, severity string
}

// A promise is one line of the contract's list of rules.
type promise struct{ hop, severity string }

// promised are the contract's rules.
func promised(t testing.TB) (ids []string, by map[string]promise) {
	t.Helper()
	b, err := os.ReadFile("../../../testdata/proof/rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	by = map[string]promise{}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] != "#" {
			ids = append(ids, f[2])
			by[f[2]] = promise{f[0], f[1]}
		}
	}
	return ids, by
}

func mutations() []mutation {
	return slices.Concat(captureMutations(), idpMutations(), postMutations(), signInMutations(), providerMutations(),
		metadataMutations(), stsMutations(), timeMutations(), trustMutations(), federateMutations(), userMutations(), otherMutations())
}

// unmade are the rules for which no mutation of this sign-in is made, and why.
var unmade = map[string]string{
	"no-saml-response": "a capture without a response has no sign-in to judge: it is an input that could not be used (TestNothingToJudge)",
}

// TestNothingToJudge: a capture without a response says what it is instead.
func TestNothingToJudge(t *testing.T) {
	t.Parallel()
	s := healthy(t)
	s.har = append(s.har, func(har object) {
		log := har["log"].(object)
		log["entries"] = log["entries"].([]any)[:2]
	})
	o := s.check(t)
	if o.code != 2 || len(o.report.Captures) > 0 || len(o.report.Errors) != 1 || o.report.Errors[0].Kind != "no-response" || o.err == "" {
		t.Errorf("exit %d %+v %q", o.code, o.report, o.err)
	}
}

func TestTheHealthySignInIsHealthy(t *testing.T) {
	t.Parallel()
	o := healthy(t).check(t)
	if c := o.last(); o.code != 0 || c.Verdict.State != "healthy" || len(c.Findings) > 0 || o.err != "" {
		t.Errorf("exit %d, %+v, %s %+v %s", o.code, c.Verdict, c.states(), c.Findings, o.err)
	}
}

// TestEveryRuleHasAMutation lists the rules that nothing here breaks.
func TestEveryRuleHasAMutation(t *testing.T) {
	t.Parallel()
	made := map[string]bool{}
	for _, m := range mutations() {
		made[m.rule] = true
	}
	ids, _ := promised(t)
	for _, id := range ids {
		switch why, excused := unmade[id]; {
		case made[id] && excused:
			t.Errorf("%s has a mutation and an excuse", id)
		case !made[id] && excused:
			t.Logf("%s has no mutation: %s", id, why)
		case !made[id]:
			t.Errorf("%s has no mutation", id)
		}
	}
	for id := range made {
		if !slices.Contains(ids, id) {
			t.Errorf("%s is no rule of the contract", id)
		}
	}
}

// TestMutations breaks the healthy sign-in in one place at a time: that place
// is the verdict, and nothing else is.
func TestMutations(t *testing.T) {
	t.Parallel()
	_, by := promised(t)
	for _, m := range mutations() {
		name := m.rule
		if m.name != "" {
			name += "/" + m.name
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := healthy(t)
			m.change(t, s)
			want := by[m.rule]
			if m.hop != "" {
				want.hop = m.hop
			}
			if m.severity != "" {
				want.severity = m.severity
			}
			m.judge(t, want, s.check(t))
		})
	}
}

var hops = []string{"capture", "idp", "post", "signin", "provider", "sts", "trust", "federate", "user", "session"}

// judge holds an outcome against what the contract promises.
func (m mutation) judge(t *testing.T, want promise, o outcome) {
	t.Helper()
	c := o.last()
	defer func() {
		if t.Failed() {
			t.Logf("exit %d %+v\n%s", o.code, c.Verdict, c.states())
			for _, f := range c.Findings {
				t.Logf("%s %s at %s: %s", f.Severity, f.Rule, f.Hop, f.Summary)
			}
			t.Logf("errors %+v stderr %q", o.report.Errors, o.err)
		}
	}()
	state := m.state
	if state == "" {
		state = map[bool]string{true: "broken", false: "healthy"}[want.severity == "error"]
	}
	if len(o.report.Errors) > 0 || o.err != "" {
		t.Error("an input could not be used")
	}
	if c.Verdict.State != state {
		t.Errorf("the verdict is %s, want %s", c.Verdict.State, state)
	}
	if code := map[string]int{"broken": 1, "healthy": 0, "unknown": 3}[state]; o.code != code {
		t.Errorf("exit code %d, want %d", o.code, code)
	}
	f, ok := c.finding(m.rule)
	switch {
	case !ok:
		t.Fatalf("%s did not fire", m.rule)
	case f.Severity != want.severity:
		t.Errorf("%s is %s, want %s", m.rule, f.Severity, want.severity)
	case want.hop != "any" && f.Hop != want.hop:
		t.Errorf("%s is at %s, want %s", m.rule, f.Hop, want.hop)
	}
	if f.Summary == "" || len(f.Evidence) == 0 && m.rule != "evidence-disagrees" {
		t.Errorf("%s has no summary or no evidence: %+v", m.rule, f)
	}
	for _, id := range m.also {
		if _, ok := c.finding(id); !ok {
			t.Errorf("%s did not come along", id)
		}
	}
	for _, x := range c.Findings {
		if x.Rule != m.rule && !slices.Contains(m.also, x.Rule) {
			t.Errorf("%s fired as well: %s", x.Rule, x.Summary)
		}
	}
	if want.severity == "error" {
		if f.Fix == nil || len(f.Fix.Steps)+len(f.Fix.Commands) == 0 {
			t.Errorf("%s has no fix", m.rule)
		}
		if c.Verdict.Rule != m.rule || c.Verdict.Hop != f.Hop {
			t.Errorf("the cause is %s at %s, want %s at %s", c.Verdict.Rule, c.Verdict.Hop, m.rule, f.Hop)
		}
		if got := c.errors(); !slices.Equal(got, []string{m.rule}) {
			t.Errorf("errors %q, want %s alone", got, m.rule)
		}
	} else if got := c.errors(); len(got) > 0 {
		t.Errorf("errors %q, want none", got)
	}
	c.wellFormed(t)
}

// wellFormed holds the chain against the verdict: ten hops in order, at most
// one of them failed, and nothing behind that one judged.
func (c captureJSON) wellFormed(t *testing.T) {
	t.Helper()
	failed := ""
	for i, l := range c.Chain {
		if i >= len(hops) || l.Hop != hops[i] {
			t.Fatalf("hop %d is %s", i, l.Hop)
		}
		switch {
		case failed != "" && l.State != "unreached" && l.State != "not-applicable":
			t.Errorf("%s is %s though it broke at %s", l.Hop, l.State, failed)
		case failed == "" && l.State == "unreached":
			t.Errorf("%s is unreached, and nothing before it failed", l.Hop)
		case l.State == "failed":
			failed = l.Hop
		}
		if l.State == "unchecked" && l.Why == "" {
			t.Errorf("%s is unchecked without a reason", l.Hop)
		}
	}
	if len(c.Chain) != len(hops) {
		t.Errorf("the chain has %d hops", len(c.Chain))
	}
	if broken := c.Verdict.State == "broken"; broken != (failed != "") || broken && failed != c.Verdict.Hop {
		t.Errorf("the chain failed at %q, the verdict is %s at %q", failed, c.Verdict.State, c.Verdict.Hop)
	}
	if c.Verdict.Summary == "" {
		t.Error("the verdict has no summary")
	}
}
