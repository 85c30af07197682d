package users

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"go.uber.org/goleak"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shown is a pane with a diagnosis, in the focus.
func shown(t testing.TB, d diag.Diagnosis) *Pane {
	t.Helper()
	p := New().(*Pane)
	p.Resize(120, 31)
	tuitest.Show(p, d)
	tuitest.Tell(p, pane.Focused{On: true})
	return p
}

func with(t testing.TB, change func(*evidence.Live)) diag.Diagnosis {
	d := tuitest.Rotated(t)
	change(&d.Case.Live)
	return d
}

func detailed(l *evidence.Live) {
	us := tuitest.Users(3000)
	us[7] = evidence.User{ID: "u-7", Username: "JDoe", Email: "JDoe@northwind.example", FirstName: "Jane", LastName: "Doe", SecurityProfiles: []string{"Agent"},
		RoutingProfile: "Basic routing", Hierarchy: "EMEA / Returns", LastModified: tuitest.Monday.Add(-72 * time.Hour), ARN: "arn:aws:connect:eu-central-1:123456789012:instance/i/agent/u-7"}
	us[8].Username = "JDoe@northwind.example\u00a0"
	us[9].Username = "JDое@northwind.example" // two letters of it Cyrillic
	us[10].Username = "jdoe@elsewhere.example"
	us[11].Username = "JDoee@northwind.example"
	l.Users = evidence.Have(us, "connect:ListUsers")
}

func TestFrames(t *testing.T) {
	bare := func(l *evidence.Live) { *l = evidence.Live{} }
	denied := func(l *evidence.Live) {
		*l = awsx.Unanswered(evidence.NeedUsers, evidence.Denied, "connect:ListUsers", "AccessDeniedException: not authorized to perform connect:ListUsers")
	}
	for name, c := range map[string]struct {
		change func(*evidence.Live)
		msgs   []tea.Msg
	}{
		"near":   {detailed, nil},
		"typed":  {detailed, tuitest.Keys("a", "g", "e", "n", "t", "0", "0", "1")},
		"about":  {detailed, []tea.Msg{keys.Down, keys.Down, keys.Open}},
		"none":   {detailed, tuitest.Keys("z", "z", "#")},
		"unread": {bare, nil},
		"denied": {denied, nil},
	} {
		p := shown(t, with(t, c.change))
		for _, m := range c.msgs {
			if a, ok := m.(keys.Action); ok {
				tuitest.Tell(p, a)
			} else {
				tuitest.Tell(p, m)
			}
		}
		for _, s := range tuitest.Sizes {
			tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, s[0], s[1]), tuitest.Draw(t, p, s[0], s[1]))
		}
	}
}

// TestWhy holds every kind of likeness to the words that say so.
func TestWhy(t *testing.T) {
	p := shown(t, with(t, detailed))
	view := tuitest.Draw(t, p, 140, 30)
	for _, want := range []string{"differs in case  J→j D→d", "invisible character", "looks alike  o→о e→е", "local part", "other domain", "near  +e", "Connect compares", "no user named exactly"} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is not on the screen:\n%s", want, view)
		}
	}
}

// TestJudge holds the sentence about the session name to what is known: "no"
// is said of a whole list alone.
func TestJudge(t *testing.T) {
	name := "JDoe@northwind.example"
	some := []evidence.User{{ID: "1", Username: "someone"}}
	exact := append(some, evidence.User{ID: "2", Username: name})
	fact := func(us []evidence.User, s evidence.State) func(*evidence.Live) {
		return func(l *evidence.Live) {
			l.Users = evidence.Fact[[]evidence.User]{Value: us, State: s, Why: "why"}
			l.Exact = evidence.Fact[[]evidence.User]{}
		}
	}
	for _, c := range []struct {
		change     func(*evidence.Live)
		sign, want string
	}{
		{fact(exact, evidence.Known), "✓", "there is a user named exactly " + name},
		{fact(exact, evidence.Partial), "✓", "there is a user"},
		{fact(some, evidence.Known), "✗", "no user named exactly " + name + ", nor one like it"},
		{fact(some, evidence.Partial), "?", "in this list, which is not whole"},
		{fact(nil, evidence.Denied), "?", "refused"},
		{fact(nil, evidence.Failed), "?", "no list came"},
		{fact(nil, evidence.Unasked), "?", "nobody has looked"},
		{func(l *evidence.Live) {
			fact(nil, evidence.Unasked)(l)
			l.Exact = evidence.Have([]evidence.User{}, "connect:SearchUsers")
		}, "✗", "says Connect's search"},
		{func(l *evidence.Live) {
			fact([]evidence.User{{ID: "1", Username: name, Instance: "other"}}, evidence.Known)(l)
		}, "✗", "there is one in other"},
	} {
		p := shown(t, with(t, c.change))
		if got := p.answer.line.Text(); p.answer.sign.Text != c.sign || !strings.Contains(got, c.want) {
			t.Errorf("said %s %q, want %s %q", p.answer.sign.Text, got, c.sign, c.want)
		}
	}
	// While pages still come, a miss is none yet.
	p := shown(t, with(t, fact(some, evidence.Partial)))
	p.Watch([]pane.Lookup{{Lookup: awsx.Find(evidence.NeedUsers), State: pane.Running, Progress: awsx.Progress{Total: 9000, Left: 63 * time.Second}}})
	if got := p.answer.line.Text(); !strings.HasSuffix(got, "so far") || p.answer.sign.Text != "…" {
		t.Errorf("said %q", got)
	}
	if got := p.extent().Text(); !strings.Contains(got, "1 of 9,000 users so far · 1:03 left") {
		t.Errorf("extent: %q", got)
	}
}

// TestTyping: on arrival letters begin a name and digits still change panes;
// once a name is begun all is text; Escape gives the keys back.
func TestTyping(t *testing.T) {
	p := shown(t, with(t, detailed))
	if !p.Typing() || p.look.Text() != "JDoe@northwind.example" {
		t.Fatalf("typing %v, %q", p.Typing(), p.look.Text())
	}
	for _, k := range []string{"6", "?", ":", "backspace"} {
		if asked := tuitest.Tell(p, tuitest.Key(k)); len(asked) != 1 || asked[0] != (pane.Press{Key: k}) {
			t.Errorf("%s: asked %v", k, asked)
		}
	}
	tuitest.Tell(p, tuitest.Keys("j", "d", "1", "?", "backspace", "backspace", "o")...)
	if p.look.Text() != "jdo" || p.rows.query != "jdo" {
		t.Errorf("typed %q, sought %q", p.look.Text(), p.rows.query)
	}
	if u, ok := p.user(); !ok || !strings.HasPrefix(strings.ToLower(u.Username), "jdo") {
		t.Errorf("first is %q", u.Username)
	}
	tuitest.Tell(p, tuitest.Key("esc"))
	if p.Typing() {
		t.Error("still typing after esc")
	}
	tuitest.Tell(p, keys.Narrow)
	tuitest.Tell(p, tuitest.Keys("7")...)
	if p.look.Text() != "7" {
		t.Errorf("a digit after / gave %q", p.look.Text())
	}
	tuitest.Tell(p, keys.Down)
	if p.Typing() {
		t.Error("still typing in the list")
	}
	if asked := tuitest.Tell(p, keys.Cancel); len(asked) != 1 || asked[0] != (pane.Pass{Action: keys.Cancel}) {
		t.Errorf("esc in the list asked %v", asked)
	}
	tuitest.Tell(p, keys.ToOwn)
	if p.look.Text() != p.name {
		t.Errorf("back to %q", p.look.Text())
	}
}

// TestStream: pages are added to the one index, the cursor stays on its user,
// and the count goes on.
func TestStream(t *testing.T) {
	all := tuitest.Users(9000)
	page := func(n int) func(*evidence.Live) {
		return func(l *evidence.Live) {
			l.Users = evidence.Fact[[]evidence.User]{Value: all[:n], State: evidence.Partial}
		}
	}
	p := shown(t, with(t, page(1000)))
	tuitest.Tell(p, tuitest.Keys("a", "g", "e", "n", "t")...)
	tuitest.Tell(p, keys.Down, keys.Down, keys.Down)
	was, _ := p.user()
	index := p.roll.index
	for n := 2000; n <= 9000; n += 1000 {
		tuitest.Show(p, with(t, page(n)))
	}
	if now, _ := p.user(); now.Username != was.Username || p.roll.index != index || index.Len() != 9000 {
		t.Errorf("cursor on %q, was on %q; %d users; same index: %v", now.Username, was.Username, index.Len(), p.roll.index == index)
	}
	if got := p.rows.counter.Count(); got != index.Count("agent") || !p.rows.counted {
		t.Errorf("counted %d", got)
	}
}

// TestLarge: a list too long to be indexed between two frames is indexed
// beside the screen, and keys work meanwhile.
func TestLarge(t *testing.T) {
	p := New().(*Pane)
	p.Resize(120, 31)
	all := tuitest.Users(2 * atOnce)
	d := with(t, func(l *evidence.Live) { l.Users = evidence.Have(all[:atOnce+1], "file") })
	cmd := p.Show(d)
	if p.roll.index.Len() != 0 || !p.Busy() {
		t.Fatalf("%d users at once", p.roll.index.Len())
	}
	tuitest.Tell(p, keys.Down)
	tuitest.Draw(t, p, 80, 24)
	d.Case.Live.Users.Value = all // more has come before the index is there
	tuitest.Show(p, d)
	tuitest.Settle(p, cmd)
	if p.roll.index.Len() != len(all) || p.Busy() {
		t.Errorf("%d users, busy %v", p.roll.index.Len(), p.Busy())
	}
	// Such a list is searched beside the screen too. A key that comes
	// meanwhile is not lost, and no user is added under the search.
	tuitest.Tell(p, pane.Focused{On: true})
	first := p.Update(tuitest.Key("a"))
	if first == nil || !p.searching || p.rows.query == "a" {
		t.Fatal("searched between two frames")
	}
	tuitest.Tell(p, tuitest.Keys("g", "e", "n", "t", "3", "9", "9", "9", "9")...)
	more := append(slices.Clip(all), evidence.User{ID: "last", Username: "xagent39999"})
	d.Case.Live.Users = evidence.Have(more, "file")
	tuitest.Show(p, d)
	if p.roll.index.Len() != len(all) {
		t.Error("added under a search")
	}
	tuitest.Settle(p, first)
	if p.rows.query != "agent39999" || len(p.rows.found) < 2 || p.roll.index.Len() != len(more) || p.searching {
		t.Errorf("%q found %d of %d", p.rows.query, len(p.rows.found), p.roll.index.Len())
	}
	if !p.Point(evidence.Spot{In: evidence.InUsers, Path: "jdoe@northwind.example"}) || p.Spot().Path != "jdoe@northwind.example" {
		t.Errorf("pointed, on %q", p.Spot().Path)
	}
	tuitest.Tell(p, pane.Focused{On: true})
	if p.searching || p.roll.reads != 0 || len(p.rows.found) == 0 {
		t.Errorf("still searching, %d reads", p.roll.reads)
	}
	// Another list altogether.
	tuitest.Show(p, with(t, func(l *evidence.Live) { l.Users = evidence.Have(tuitest.Users(10), "file") }))
	if p.roll.index.Len() != 10 {
		t.Errorf("%d users", p.roll.index.Len())
	}
}

func TestPoint(t *testing.T) {
	p := shown(t, with(t, detailed))
	for _, name := range []string{"jdoe@elsewhere.example", "agent00042@northwind.example"} {
		if !p.Point(evidence.Spot{In: evidence.InUsers, Path: name}) || p.Spot().Path != name {
			t.Errorf("pointed to %q, on %q", name, p.Spot().Path)
		}
	}
	if p.Point(evidence.Spot{In: evidence.InTrust}) {
		t.Error("claims to show a trust policy")
	}
	tuitest.Tell(p, pane.Sift{Query: "agent00017"})
	if text, what := p.Copy(); text != "agent00017@northwind.example" || what != "user name" {
		t.Errorf("copies %q %q", text, what)
	}
	asked := tuitest.Tell(p, keys.Events)
	if len(asked) != 2 || asked[0] != (pane.To{ID: "trail", Msg: pane.Sift{Query: "agent00017@northwind.example"}}) || asked[1] != (pane.Focus{ID: "trail"}) {
		t.Errorf("asked %v", asked)
	}
}

func TestChanges(t *testing.T) {
	for _, c := range [][3]string{
		{"JDoe", "jdoe", "J→j D→d"}, {"jdoe", "jdoerr", "+rr"}, {"jdoex", "jdoe", "−x"}, {"jdoe", "jdое", "o→о e→е"}, {"abc", "abc", ""},
		{"abcdefgh", "zyxwvuts", ""}, {"", "abc", "+abc"}, {strings.Repeat("a", 300), "b", ""},
	} {
		if got := changes(c[0], c[1]); got != c[2] {
			t.Errorf("%q to %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// FuzzNamed: whatever the names, what is drawn is the user's name, cleaned.
func FuzzNamed(f *testing.F) {
	f.Add("JDoe", "jdoe", byte(roster.Case))
	f.Add("a\u202eb", "\x1b[31m b ", byte(roster.Typo))
	f.Add("é", "e\u0301", byte(roster.Composed))
	f.Fuzz(func(t *testing.T, sought, name string, kind byte) {
		if len(sought)+len(name) > 2000 {
			return
		}
		l := named(sought, name, roster.Kind(kind%13))
		changes(sought, name)
		for _, s := range l.Spans {
			for _, r := range s.Text {
				if r < ' ' || r == 0x7f || r == 0x202e {
					t.Fatalf("%q lets %q through", name, r)
				}
			}
		}
	})
}

func TestSweep(t *testing.T) {
	for _, d := range []diag.Diagnosis{with(t, detailed), tuitest.Hostile(t), tuitest.Unknown(t), {}} {
		p := shown(t, d)
		tuitest.Sweep(t, p)
		tuitest.Tell(p, keys.Open)
		tuitest.Sweep(t, p)
	}
}

func TestWander(t *testing.T) {
	for seed, d := range []diag.Diagnosis{with(t, detailed), tuitest.Hostile(t)} {
		tuitest.Wander(t, shown(t, d), 3000, uint64(seed))
	}
}
