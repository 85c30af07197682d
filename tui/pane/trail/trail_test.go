package trail

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"go.uber.org/goleak"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// outage is a morning with everything in it: successes, failures of two
// kinds, a change before the first, this capture's own event.
func outage(t testing.TB) diag.Diagnosis {
	d := tuitest.Rotated(t)
	l := &d.Case.Live
	es := tuitest.Trail(600)
	for i := range es {
		if i%5 == 0 && es[i].Failed {
			es[i].ErrorCode, es[i].ErrorMessage = "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"
		}
		if i%3 == 0 {
			es[i].Region = "us-east-1"
		}
	}
	es[4].AssertionID, es[4].SessionName = "_a1", "JDoe@northwind.example"
	es[4].Raw = []byte(`{"eventName":"AssumeRoleWithSAML","responseElements":{"credentials":{"accessKeyId":"ASIA1234567890ABCDEF","sessionToken":"IQoJ\u0062"}},"n":[1,{"secret":{"a":"hush"}}],"x":"\u202e\u001b[2J"}`)
	l.Trail = evidence.Have(es, "cloudtrail:LookupEvents")
	l.Changes = evidence.Have([]evidence.TrailEvent{
		{ID: "c-1", Name: "UpdateSAMLProvider", Source: "iam.amazonaws.com", Time: es[399].Time.Add(-90 * time.Second), Region: "us-east-1",
			Actor: "arn:aws:sts::123456789012:assumed-role/Admin/m.ortiz", Resources: []string{"arn:aws:iam::123456789012:saml-provider/Okta"}},
		{ID: "c-0", Name: "UpdateAssumeRolePolicy", Source: "iam.amazonaws.com", Time: es[599].Time.Add(-9 * 24 * time.Hour), Actor: "terraform"},
	}, "cloudtrail:LookupEvents")
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
	unread := outage(t)
	unread.Case.Live = evidence.Live{}
	denied := outage(t)
	denied.Case.Live = awsx.Unanswered(evidence.NeedTrail, evidence.Denied, "cloudtrail:LookupEvents", "AccessDeniedException: not authorized to perform cloudtrail:LookupEvents")
	for name, c := range map[string]struct {
		d    diag.Diagnosis
		msgs []tea.Msg
	}{
		"all":    {outage(t), nil},
		"own":    {outage(t), []tea.Msg{keys.ToOwn, keys.Open}},
		"errors": {outage(t), []tea.Msg{keys.GroupBy}},
		"group":  {outage(t), []tea.Msg{keys.GroupBy, keys.Open, keys.Failures}},
		"unread": {unread, nil},
		"denied": {denied, nil},
	} {
		p := shown(t, c.d)
		tuitest.Tell(p, c.msgs...)
		for _, s := range tuitest.Sizes {
			tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, s[0], s[1]), tuitest.Draw(t, p, s[0], s[1]))
		}
	}
}

func TestViews(t *testing.T) {
	p := shown(t, outage(t))
	if p.dig.failed != 400 || p.dig.ok != 200 || p.Count() != "✗400" {
		t.Fatalf("%d failed, %d ok, %s", p.dig.failed, p.dig.ok, p.Count())
	}
	if got := p.turn().Text(); !strings.Contains(got, "UpdateSAMLProvider by m.ortiz, 1m 30s before the first failure") {
		t.Errorf("turn: %q", got)
	}
	tuitest.Tell(p, keys.Failures)
	if n := len(p.dig.rows); n != 402 { // the changes stay
		t.Errorf("%d rows of failures", n)
	}
	tuitest.Tell(p, keys.Failures, keys.Span)
	if n := len(p.dig.rows); n != 181 || p.dig.to.Sub(p.dig.from) != time.Hour {
		t.Errorf("%d rows of an hour", n)
	}
	tuitest.Tell(p, keys.Span, keys.Span, keys.Span, keys.Span)
	for _, by := range trail.Groupings() {
		tuitest.Tell(p, keys.GroupBy)
		want := trail.Group(p.c.Live.Trail.Value, by)
		if p.view.by != by || fmt.Sprint(p.dig.groups) != fmt.Sprint(want) {
			t.Errorf("by %s: %v, want %v", by, p.dig.groups, want)
		}
	}
	tuitest.Tell(p, keys.GroupBy)
	if p.view.by != "" || p.grouped() {
		t.Error("groupings do not end")
	}
	tuitest.Tell(p, keys.GroupBy, keys.Open)
	if len(p.dig.rows) != p.dig.failed || p.dig.ok != 0 || !p.view.inside {
		t.Errorf("%d rows in the group of %d failures", len(p.dig.rows), p.dig.failed)
	}
	for range 2 { // out of the group, out of the grouping
		if asked := tuitest.Tell(p, keys.Cancel); len(asked) > 0 {
			t.Errorf("left too much: %v", asked)
		}
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) != 1 || asked[0] != (pane.Pass{Action: keys.Cancel}) {
		t.Errorf("asked %v", asked)
	}
}

// TestGoTo comes to an event whatever hides it.
func TestGoTo(t *testing.T) {
	p := shown(t, outage(t))
	for _, hide := range [][]tea.Msg{nil, {keys.GroupBy}, {keys.GroupBy, keys.Open}, {keys.Span}, {pane.Sift{Query: "nobody"}}, {keys.Open}} {
		tuitest.Tell(p, hide...)
		tuitest.Tell(p, keys.ToOwn)
		if p.Spot().Path != "e-4" {
			t.Errorf("after %v: on %q", hide, p.Spot().Path)
		}
		tuitest.Tell(p, hide...)
		if !p.Point(evidence.Spot{In: evidence.InTrail, Path: "e-590"}) || p.Spot().Path != "e-590" {
			t.Errorf("after %v: pointed, on %q", hide, p.Spot().Path)
		}
	}
	asked := tuitest.Tell(p, keys.ToOwn, keys.UserOf)
	if len(asked) != 1 || asked[0].(pane.Goto).Spot != (evidence.Spot{In: evidence.InUsers, Path: "JDoe@northwind.example"}) {
		t.Errorf("asked %v", asked)
	}
}

// TestStream: the cursor stays on its event while newer ones come, or on the
// newest where that is followed.
func TestStream(t *testing.T) {
	d := outage(t)
	all := d.Case.Live.Trail.Value
	part := func(n int) diag.Diagnosis {
		d.Case.Live.Trail = evidence.Fact[[]evidence.TrailEvent]{Value: all[len(all)-n:], State: evidence.Partial}
		return d
	}
	p := shown(t, part(100))
	newest := func() string { return p.events.Rows()[0].ID }
	if at, _ := p.at(); at.ID != newest() {
		t.Error("does not begin at the newest")
	}
	tuitest.Show(p, part(200))
	if at, _ := p.at(); at.ID != newest() {
		t.Error("does not follow")
	}
	tuitest.Tell(p, keys.Down, keys.Down)
	was, _ := p.at()
	tuitest.Show(p, part(300))
	if now, _ := p.at(); now.ID != was.ID {
		t.Errorf("on %s, was on %s", now.ID, was.ID)
	}
	tuitest.Tell(p, keys.Follow)
	tuitest.Show(p, part(400))
	if at, _ := p.at(); at.ID != newest() {
		t.Error("does not follow again")
	}
}

// TestLarge: many events are gone through beside the screen; keys and a wish
// to see one event meanwhile are not lost.
func TestLarge(t *testing.T) {
	p := New().(*Pane)
	p.Resize(120, 31)
	d := outage(t)
	d.Case.Live.Trail.Value = tuitest.Trail(atOnce + 5000)
	cmd := p.Show(d)
	if cmd == nil || len(p.dig.rows) > 0 || !p.Busy() {
		t.Fatal("gone through between two frames")
	}
	again := p.Update(keys.Failures) // before the first answer is there
	tuitest.Settle(p, cmd)           // which is too late now
	if len(p.dig.rows) > 0 {
		t.Error("an answer to an older wish was taken")
	}
	p.want = "e-9999"
	tuitest.Settle(p, again)
	if p.Busy() || p.Spot().Path != "e-9999" || len(p.dig.rows) != 10002 {
		t.Errorf("busy %v, on %q of %d", p.Busy(), p.Spot().Path, len(p.dig.rows))
	}
}

func TestPretty(t *testing.T) {
	p := shown(t, outage(t))
	got := pretty(p.book.own[0].Raw)
	for _, s := range []string{"ASIA1234567890ABCDEF", "IQoJ", "hush"} {
		if strings.Contains(got, s) {
			t.Errorf("%s is shown:\n%s", s, got)
		}
	}
	if !json.Valid([]byte(got)) || strings.Count(got, cutOut) != 3 || !strings.Contains(got, `"eventName": "AssumeRoleWithSAML"`) {
		t.Errorf("laid out as\n%s", got)
	}
	for _, s := range []string{"", "{", `{"a":`, "nonsense", `{"accessKeyId":{"x"`} {
		pretty([]byte(s))
	}
}

func FuzzPretty(f *testing.F) {
	f.Add([]byte(`{"a":[1,2,{"sessionToken":"S3CR3T"}],"password":["S3CR3T"]}`))
	f.Add([]byte(`{"SessionToken":"S3CR3T"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got := pretty(b)
		// Where it is a token's value in valid JSON, it is gone.
		if s := strings.ReplaceAll(string(b), " ", ""); json.Valid(b) && strings.Contains(s, `"sessionToken":"S3CR3T"`) && strings.Count(s, "S3CR3T") == 1 && strings.Contains(got, "S3CR3T") {
			t.Fatalf("%s gave\n%s", b, got)
		}
	})
}

func TestAxis(t *testing.T) {
	p := shown(t, outage(t))
	line := p.axis(100).Text()
	for _, want := range []string{"▲", "●", "04:4", "08:02"} {
		if !strings.Contains(line, want) {
			t.Errorf("%q is not on the axis %q", want, line)
		}
	}
}

// TestRegions: a region that gave no answer is told from one that did.
func TestRegions(t *testing.T) {
	d := outage(t)
	d.Case.Live.Trail.State, d.Case.Live.Trail.Why = evidence.Partial, "part of it could not be asked: us-east-1: throttled"
	p := shown(t, d)
	l, n := p.regions()
	if got := l.Text(); n != 2 || !strings.Contains(got, "us-east-1 ✗") || !strings.Contains(got, "eu-central-1 ?") {
		t.Errorf("%q", got)
	}
}

func TestSweep(t *testing.T) {
	for _, d := range []diag.Diagnosis{outage(t), tuitest.Hostile(t), tuitest.Unknown(t), {}} {
		p := shown(t, d)
		tuitest.Sweep(t, p)
		tuitest.Tell(p, keys.Open)
		tuitest.Sweep(t, p)
		tuitest.Tell(p, keys.GroupBy)
		tuitest.Sweep(t, p)
	}
}

func TestWander(t *testing.T) {
	for seed, d := range []diag.Diagnosis{outage(t), tuitest.Hostile(t)} {
		tuitest.Wander(t, shown(t, d), 2000, uint64(seed))
	}
}

func many(b *testing.B, n int) *Pane {
	d := tuitest.Rotated(b)
	d.Case.Live.Trail.Value = tuitest.Trail(n)
	p := New().(*Pane)
	p.Resize(200, 60)
	tuitest.Show(p, d)
	return p
}

var counts = []int{1_000, 100_000, 1_000_000}

func BenchmarkView(b *testing.B) {
	for _, n := range counts {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := many(b, n)
			b.ReportAllocs()
			for b.Loop() {
				p.View()
			}
		})
	}
}

func BenchmarkMove(b *testing.B) {
	for _, n := range counts {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := many(b, n)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%200 < 100 {
					p.Update(keys.Down)
				} else {
					p.Update(keys.Up)
				}
			}
		})
	}
}

// BenchmarkBook and BenchmarkSieve run beside the screen.
func BenchmarkBook(b *testing.B) {
	d := tuitest.Rotated(b)
	d.Case.Live.Trail.Value = tuitest.Trail(100_000)
	for b.Loop() {
		booked(d.Case)
	}
}

func BenchmarkSieve(b *testing.B) {
	p := many(b, 100_000)
	for b.Loop() {
		p.book.sieve(view{failures: true, by: trail.ByUser}, p.moment)
	}
}
