package lookups

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

// calls are lookups in every state.
func calls() []pane.Lookup {
	at := func(n evidence.Need, s pane.LookupState, took time.Duration) pane.Lookup {
		return pane.Lookup{Lookup: awsx.Find(n), State: s, Took: took}
	}
	users := at(evidence.NeedUsers, pane.Running, 5*time.Second)
	users.Progress = awsx.Progress{Pages: 9, Rows: 9000, Total: 12480, Left: 3 * time.Second}
	role := at(evidence.NeedRoles, pane.Denied, 300*time.Millisecond)
	role.Err = &awsx.Error{State: evidence.Denied, Op: "iam:GetRole", Code: "AccessDenied", Message: "not authorized to perform: iam:GetRole on resource: role ConnectAgents \x1b[2J", Permission: "iam:GetRole", Hint: "ask for iam:GetRole, or give the trust policy with --role"}
	trail := at(evidence.NeedTrail, pane.Failed, 2*time.Second)
	trail.Err = &awsx.Error{State: evidence.Failed, Op: "cloudtrail:LookupEvents", Code: "ThrottlingException", Message: "Rate exceeded"}
	center := at(evidence.NeedCenter, pane.Skipped, 0)
	center.Err = &awsx.Skip{Why: "the issuer is not IAM Identity Center"}
	return []pane.Lookup{at(evidence.NeedIdentity, pane.Done, 80*time.Millisecond), at(evidence.NeedPermissions, pane.Waiting, 0), users, role, trail, center}
}

func shown(t testing.TB, d diag.Diagnosis, calls []pane.Lookup) *Pane {
	t.Helper()
	p := New().(*Pane)
	p.Resize(120, 31)
	tuitest.Show(p, d)
	p.Watch(calls)
	tuitest.Tell(p, pane.Focused{On: true})
	return p
}

func TestFrames(t *testing.T) {
	for name, c := range map[string]struct {
		d     diag.Diagnosis
		calls []pane.Lookup
		msgs  []tea.Msg
	}{
		"asking":  {tuitest.Rotated(t), calls(), nil},
		"refused": {tuitest.Rotated(t), calls(), []tea.Msg{keys.Down, keys.Down, keys.Down, keys.Down, keys.Open}},
		"policy":  {tuitest.Rotated(t), calls(), []tea.Msg{keys.LeastMine}},
		"unasked": {tuitest.Unknown(t), nil, nil},
	} {
		p := shown(t, c.d, c.calls)
		tuitest.Tell(p, c.msgs...)
		for _, s := range tuitest.Sizes {
			tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, s[0], s[1]), tuitest.Draw(t, p, s[0], s[1]))
		}
	}
}

func TestStates(t *testing.T) {
	p := shown(t, tuitest.Rotated(t), calls())
	got := map[evidence.Need]row{}
	for _, r := range p.rows {
		got[r.want.Need] = r
	}
	for n, want := range map[evidence.Need]struct {
		state state
		why   string
	}{
		evidence.NeedIdentity:     {known, ""},
		evidence.NeedPermissions:  {waiting, "after GetRole"},
		evidence.NeedUsers:        {running, ""},
		evidence.NeedRoles:        {denied, "iam:GetRole would open it"},
		evidence.NeedTrail:        {failed, "ThrottlingException: Rate exceeded"},
		evidence.NeedCenter:       {skipped, "the issuer is not IAM Identity Center"},
		evidence.NeedIdPMetadata:  {known, ""},
		evidence.NeedAuthProfiles: {unasked, ""},
	} {
		if r := got[n]; r.state != want.state || r.why() != want.why {
			t.Errorf("%s: %s %q, want %s %q", r.want.Name, words[r.state].word, r.why(), words[want.state].word, want.why)
		}
	}
	if p.Count() != "2" || !p.Busy() {
		t.Errorf("count %q, busy %v", p.Count(), p.Busy())
	}
	for range p.rows {
		r, _ := p.grid.At()
		if why := p.Why(keys.AskOne); (r.state == running || r.state == waiting) != (why == "it is being asked") {
			t.Errorf("asking %s again: %q", r.want.Name, why)
		}
		tuitest.Tell(p, keys.Down)
	}
}

// TestKeys: the policy is one that IAM would read, and esc closes what lies
// over the list before it leaves the pane.
func TestKeys(t *testing.T) {
	p := shown(t, tuitest.Rotated(t), nil)
	tuitest.Tell(p, keys.LeastMine)
	text, what := p.Copy()
	if !json.Valid([]byte(text)) || what != "least policy" || !strings.Contains(text, "connect:ListUsers") {
		t.Errorf("copies %s:\n%s", what, text)
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) != 1 || asked[0] != (pane.Pass{Action: keys.Cancel}) {
		t.Errorf("asked %v", asked)
	}
	for range p.rows { // each row asks for itself
		r, _ := p.grid.At()
		if asked := tuitest.Tell(p, keys.AskOne); r.lookup != nil && (len(asked) != 1 || asked[0] != (pane.Redo{Lookup: r.lookup})) {
			t.Errorf("%s: asked %v", r.want.Name, asked)
		}
		if why := p.Why(keys.AskOne); (r.lookup == nil) != strings.Contains(why, "give it with") {
			t.Errorf("%s: %q", r.want.Name, why)
		}
		tuitest.Tell(p, keys.Down)
	}
	if got := p.named("aws x {role} {provider} {instance}"); got != "aws x ConnectAgents arn:aws:iam::123456789012:saml-provider/Okta INSTANCE" {
		t.Errorf("%q", got)
	}
}

func TestSweep(t *testing.T) {
	for _, d := range []diag.Diagnosis{tuitest.Rotated(t), tuitest.Hostile(t), {}} {
		for _, c := range [][]pane.Lookup{calls(), nil} {
			p := shown(t, d, c)
			tuitest.Sweep(t, p)
			tuitest.Tell(p, keys.Open)
			tuitest.Sweep(t, p)
			tuitest.Tell(p, keys.LeastMine)
			tuitest.Sweep(t, p)
		}
	}
}

func TestWander(t *testing.T) {
	for seed, d := range []diag.Diagnosis{tuitest.Rotated(t), tuitest.Hostile(t), {}} {
		tuitest.Wander(t, shown(t, d, calls()), 1500, uint64(seed))
	}
}
