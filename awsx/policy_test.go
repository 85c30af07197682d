package awsx

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

type policyDoc struct {
	Version   string
	Statement []struct {
		Sid, Effect      string
		Action, Resource []string
	}
}

func TestPolicyIsReadOnlyAndNamesWhatItIsFor(t *testing.T) {
	read := regexp.MustCompile(`^[a-z-]+:(Get|List|Describe|Search|Lookup|Simulate)[A-Za-z0-9]+$`)
	for _, s := range []Scope{{}, {Partition: endpoint.GovCloud, Account: "218455601337", Region: "us-gov-west-1", Instance: testInstance}, ScopeOf(SubjectOf(signIn("x")))} {
		var d policyDoc
		if err := json.Unmarshal(Policy(Lookups(), s), &d); err != nil {
			t.Fatal(err)
		}
		seen, sids := map[string]bool{}, map[string]bool{}
		for _, st := range d.Statement {
			if sids[st.Sid] || !regexp.MustCompile(`^[A-Za-z0-9]+$`).MatchString(st.Sid) {
				t.Errorf("Sid %q is twice there or has odd characters", st.Sid)
			}
			sids[st.Sid] = true
			for _, a := range st.Action {
				if !read.MatchString(a) || seen[a] {
					t.Errorf("%s is no read action, or twice there", a)
				}
				seen[a] = true
			}
			for _, r := range st.Resource {
				if strings.ContainsAny(r, "{}") || s.Partition != "" && r != "*" && !strings.HasPrefix(r, "arn:"+string(s.Partition)+":") {
					t.Errorf("resource %q", r)
				}
			}
		}
		for _, l := range Lookups() {
			for _, p := range l.Takes {
				if !seen[p.Action] {
					t.Errorf("%s is missing", p.Action)
				}
			}
		}
	}
}

func TestPolicyOfOneSignInNamesIt(t *testing.T) {
	p := string(Policy([]*Lookup{Find(evidence.NeedRoles), Find(evidence.NeedProvider)}, ScopeOf(SubjectOf(signIn("x")))))
	for _, want := range []string{testRole, testProvider} {
		if !strings.Contains(p, `"`+want+`"`) {
			t.Errorf("%s is missing in\n%s", want, p)
		}
	}
	if strings.Contains(p, "*") || strings.Contains(p, "connect:") {
		t.Errorf("it allows too much:\n%s", p)
	}
}

func TestEveryNeedThatIsACallHasItsLookup(t *testing.T) {
	for _, w := range evidence.Wants() {
		l := Find(w.Need)
		if (l == nil) != (w.Call == "") {
			t.Errorf("%s: call %q, lookup %v", w.Name, w.Call, l)
		}
		if l != nil && l.Name != w.Call {
			t.Errorf("%s: the lookup is called %s, the need's call %s", w.Name, l.Name, w.Call)
		}
	}
}

func TestLookupsWaitForEarlierOnesOnly(t *testing.T) {
	var given evidence.Need
	todo := Lookups()
	for range todo {
		for _, l := range todo {
			if given.Has(l.After) {
				given |= l.Gives
			}
		}
	}
	for _, l := range todo {
		if !given.Has(l.Gives) {
			t.Errorf("%s can never begin", l.Title)
		}
	}
}
