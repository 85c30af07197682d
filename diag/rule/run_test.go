package rule

import (
	"errors"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
)

func state[T any](s evidence.State) evidence.Fact[T] { return evidence.Fact[T]{State: s} }

func TestOutcomes(t *testing.T) {
	find := func(evidence.Case) []Finding { return []Finding{{}} }
	none := func(evidence.Case) []Finding { return nil }
	lacking := func(evidence.Case) evidence.Need { return evidence.NeedUsers }
	with := func(roles, users evidence.State) evidence.Case {
		return evidence.Case{Live: evidence.Live{Roles: state[[]evidence.Role](roles), Users: state[[]evidence.User](users)}}
	}
	for _, x := range []struct {
		why  string
		r    Rule
		c    evidence.Case
		want Outcome
		miss evidence.Need
	}{
		{"found", Rule{Check: find, Needs: evidence.NeedRoles}, with(evidence.Known, 0), Fired, 0},
		{"absence is an answer", Rule{Check: none, Needs: evidence.NeedRoles}, with(evidence.Absent, 0), Clear, 0},
		{"still to come", Rule{Check: find, Needs: evidence.NeedRoles}, with(evidence.Partial, 0), Waiting, evidence.NeedRoles},
		{"found in a part", Rule{Check: find, Needs: evidence.NeedRoles, Part: evidence.NeedRoles}, with(evidence.Partial, 0), Fired, 0},
		{"not found in a part", Rule{Check: none, Needs: evidence.NeedRoles, Part: evidence.NeedRoles}, with(evidence.Partial, 0), Waiting, evidence.NeedRoles},
		{"no part is there", Rule{Check: find, Needs: evidence.NeedRoles, Part: evidence.NeedRoles}, with(evidence.Denied, 0), Blind, evidence.NeedRoles},
		{"not allowed", Rule{Check: find, Needs: evidence.NeedRoles}, with(evidence.Denied, 0), Blind, evidence.NeedRoles},
		{"either, by the second", Rule{Check: find, Either: evidence.NeedRoles | evidence.NeedUsers}, with(evidence.Denied, evidence.Known), Fired, 0},
		{"either, one to come", Rule{Check: find, Either: evidence.NeedRoles | evidence.NeedUsers}, with(evidence.Denied, evidence.Unasked), Waiting, evidence.NeedRoles | evidence.NeedUsers},
		{"either, none", Rule{Check: find, Either: evidence.NeedRoles | evidence.NeedUsers}, with(evidence.Denied, evidence.Failed), Blind, evidence.NeedRoles | evidence.NeedUsers},
		{"lacks, and found", Rule{Check: find, Lacks: lacking}, with(0, 0), Fired, 0},
		{"lacks, to come", Rule{Check: none, Lacks: lacking}, with(0, evidence.Unasked), Waiting, evidence.NeedUsers},
		{"lacks", Rule{Check: none, Lacks: lacking}, with(0, evidence.Denied), Blind, evidence.NeedUsers},
		{"lacks what was given and does not tell", Rule{Check: none, Lacks: lacking}, with(0, evidence.Known), Blind, evidence.NeedUsers},
		{"lacks nothing", Rule{Check: none, Lacks: func(evidence.Case) evidence.Need { return 0 }}, with(0, 0), Clear, 0},
	} {
		x.r.ID = "x"
		if res := Run(&x.r, x.c); res.Outcome != x.want || res.Missing != x.miss {
			t.Errorf("%s: %s, lacking %v", x.why, res.Outcome, res.Missing)
		}
	}
}

// TestPanic: a rule that breaks takes no other down, and what it was given
// does not get into the error.
func TestPanic(t *testing.T) {
	res := Run(&Rule{ID: "x", Check: func(evidence.Case) []Finding { panic("secret-token") }}, evidence.Case{})
	if res.Outcome != Broken || res.Err == nil || strings.Contains(res.Err.Error(), "secret-token") || len(res.Findings) > 0 {
		t.Errorf("%s %v", res.Outcome, res.Err)
	}
	res = Run(&Rule{ID: "x", Check: func(evidence.Case) []Finding { return []Finding{{}} }, Fix: func(evidence.Case, Finding) []Fix { panic(errors.New("x")) }}, evidence.Case{})
	if res.Outcome != Broken {
		t.Errorf("a broken fix: %s", res.Outcome)
	}
}

func TestLiveRules(t *testing.T) {
	for _, x := range []struct {
		r    Rule
		want bool
	}{
		{Rule{Needs: evidence.NeedAssertion | evidence.NeedTime}, false},
		{Rule{Needs: evidence.NeedAssertion, Uses: evidence.NeedRoles}, false},
		{Rule{Needs: evidence.NeedAssertion | evidence.NeedRoles}, true},
		{Rule{Needs: evidence.NeedAssertion, Either: evidence.NeedProvider | evidence.NeedProviders}, true},
	} {
		if x.r.Live() != x.want {
			t.Errorf("%+v: %v", x.r.Needs, x.r.Live())
		}
	}
}

func TestRerunRunsOnlyWhatReadsIt(t *testing.T) {
	ran := map[string]int{}
	count := func(id string) func(evidence.Case) []Finding {
		return func(evidence.Case) []Finding { ran[id]++; return nil }
	}
	rules := []*Rule{
		{ID: "needs", Needs: evidence.NeedRoles, Check: count("needs")},
		{ID: "uses", Uses: evidence.NeedRoles, Check: count("uses")},
		{ID: "either", Either: evidence.NeedRoles | evidence.NeedUsers, Check: count("either")},
		{ID: "other", Uses: evidence.NeedUsers, Check: count("other")},
	}
	c := evidence.Case{}
	old := RunAll(rules, c)
	clear(ran)
	c.Live.Roles = state[[]evidence.Role](evidence.Known)
	got := Rerun(old, c, evidence.NeedRoles)
	for i, id := range []string{"needs", "uses", "either", "other"} {
		if want := map[bool]int{true: 1}[id != "other"]; ran[id] != want || got[i].Outcome != Clear {
			t.Errorf("%s ran %d times: %s", id, ran[id], got[i].Outcome)
		}
	}
	// CloudTrail tells which role was chosen, and that bears on all of them.
	clear(ran)
	c.Live.Trail = state[[]evidence.TrailEvent](evidence.Known)
	Rerun(got, c, evidence.NeedTrail)
	if len(ran) != len(rules) {
		t.Errorf("of %d rules ran %v when the trail came", len(rules), ran)
	}
}

func TestValidate(t *testing.T) {
	good := func(id string, eclipses ...string) *Rule {
		return &Rule{ID: id, Title: "T", Severity: Error, Why: "w", Refs: []string{"https://x"}, Eclipses: eclipses,
			Check: func(evidence.Case) []Finding { return nil }}
	}
	if err := Validate([]*Rule{good("a", "b"), good("b")}); err != nil {
		t.Error(err)
	}
	long := good("long")
	long.Title = strings.Repeat("x", 61)
	plain := good("plain")
	plain.Refs = []string{"http://x"}
	for why, rs := range map[string][]*Rule{
		"two rules have this ID": {good("a"), good("a")},
		"not an ID":              {good("A b")},
		"which is no rule":       {good("a", "b")},
		"eclipses itself":        {good("a", "b"), good("b", "c"), good("c", "a")},
		"over 60 columns":        {long},
		"not https":              {plain},
		"references are missing": {{ID: "a", Title: "T"}},
		"ends in a period":       {{ID: "a", Title: "T."}},
	} {
		if err := Validate(rs); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v", why, err)
		}
	}
}
