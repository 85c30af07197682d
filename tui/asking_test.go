package tui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui"
	"example.com/samlens/tui/tuitest"
)

// opened is a model of o on a screen, which judges nothing anew, and what it
// begins with.
func opened(t *testing.T, o tui.Options, w, h int) (*tui.Model, tea.Cmd) {
	t.Helper()
	o.Still = true
	o.Rediagnose = func(d diag.Diagnosis, l evidence.Live, _ evidence.Need) diag.Diagnosis {
		d.Case = d.Case.With(l)
		return d
	}
	m, err := tui.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	first := m.Init()
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return m, first
}

// shown is opened, with all that came by itself taken in.
func shown(t *testing.T, o tui.Options) *tui.Model {
	t.Helper()
	m, first := opened(t, o, 120, 36)
	pump(m, first, 0)
	return m
}

// answer is a source of one answer.
func answer(e awsx.Event) <-chan awsx.Event {
	out := make(chan awsx.Event, 1)
	out <- e
	close(out)
	return out
}

// press sends keys and takes in what comes of them.
func press(m *tui.Model, names ...string) {
	for _, n := range names {
		_, cmd := m.Update(tuitest.Key(n))
		pump(m, cmd, 0)
	}
}

// TestOneLookupIsAskedAgain: what was refused is asked for once more, alone,
// and its answer takes the refusal's place.
func TestOneLookupIsAskedAgain(t *testing.T) {
	d := tuitest.Rotated(t)
	d.Case.Live.Users = evidence.Fact[[]evidence.User]{}
	users := awsx.Find(evidence.NeedUsers)
	refused := awsx.Refusal("connect:ListUsers", "AccessDeniedException", "no")
	o := one(d)
	o.Gather = func(context.Context, evidence.Case) <-chan awsx.Event {
		return answer(awsx.Event{Lookup: users, Phase: awsx.Done, Live: awsx.Unanswered(evidence.NeedUsers, evidence.Denied, users.Name, "no"), Err: refused})
	}
	var asked []string
	o.Redo = func(_ context.Context, _ evidence.Case, l *awsx.Lookup) <-chan awsx.Event {
		asked = append(asked, l.Name)
		return answer(awsx.Event{Lookup: l, Phase: awsx.Done, Live: evidence.Live{Users: evidence.Have(tuitest.Users(600), l.Name)}, Progress: awsx.Progress{Rows: 600}})
	}
	m := shown(t, o)
	press(m, "!")
	if !strings.Contains(m.View(), "1 unanswered") {
		t.Fatalf("the refusal is not told of:\n%s", m.View())
	}
	press(m, "/", "L", "i", "s", "t", "U", "enter", "r")
	if len(asked) != 1 || asked[0] != users.Name {
		t.Fatalf("asked for %v", asked)
	}
	if v := m.View(); strings.Contains(v, "unanswered") || !strings.Contains(v, "600") {
		t.Errorf("the answer did not take its place:\n%s", v)
	}
}

// TestCloudTrailIsFollowed: F looks again and again, what is new comes on top,
// and F again ends it.
func TestCloudTrailIsFollowed(t *testing.T) {
	d := tuitest.Rotated(t)
	all := tuitest.Trail(40)
	d.Case.Live.Trail = evidence.Have(all[len(all)-30:], "cloudtrail:LookupEvents")
	o := one(d)
	trail := awsx.Find(evidence.NeedTrail)
	o.Gather = func(context.Context, evidence.Case) <-chan awsx.Event {
		return answer(awsx.Event{Lookup: awsx.Find(evidence.NeedRegions), Phase: awsx.Started})
	}
	looks := make(chan awsx.Event)
	ended := make(chan struct{})
	o.Follow = func(ctx context.Context, _ evidence.Case) <-chan awsx.Event {
		go func() { <-ctx.Done(); close(looks); close(ended) }()
		return looks
	}
	m := shown(t, o)
	press(m, "6")
	go func() {
		looks <- awsx.Event{Lookup: trail, Phase: awsx.Done, Live: evidence.Live{Trail: evidence.Have(all, trail.Name)}, Progress: awsx.Progress{Rows: len(all)}}
	}()
	_, cmd := m.Update(tuitest.Key("F"))
	waiting := pump(m, cmd, 0)
	v := m.View()
	if !strings.Contains(v, "following") {
		t.Errorf("it is not told that CloudTrail is followed:\n%s", v)
	}
	if newest := all[0].Time.UTC().Format("15:04:05"); !strings.Contains(v, newest) {
		t.Errorf("the newest event, of %s, is not there:\n%s", newest, v)
	}
	press(m, "F")
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("it is followed on")
	}
	if strings.Contains(m.View(), "following") {
		t.Error("it is still told that CloudTrail is followed")
	}
	for _, cmd := range waiting {
		cmd()
	}
}

// TestSilenceIsMeasured: of a lookup that says nothing it is told for how long.
func TestSilenceIsMeasured(t *testing.T) {
	now := tuitest.Monday
	o := one(tuitest.Rotated(t))
	o.Clock = func() time.Time { return now }
	o.Gather = func(ctx context.Context, _ evidence.Case) <-chan awsx.Event {
		out := make(chan awsx.Event, 1)
		out <- awsx.Event{Lookup: awsx.Find(evidence.NeedRoles), Phase: awsx.Started}
		go func() { <-ctx.Done(); close(out) }()
		return out
	}
	m := shown(t, o)
	if v := m.View(); strings.Contains(v, ", 0s") {
		t.Errorf("it is measured at once:\n%s", v)
	}
	now = now.Add(12 * time.Second)
	if v := m.View(); !strings.Contains(v, ", 12s") {
		t.Errorf("it is not told that nothing came for 12 s:\n%s", v)
	}
	send(m, "q")
}

// TestFollowingOutlastsAQuestionThatHasNoAnswer: where all is known R has
// nothing to ask, and CloudTrail is followed on after it.
func TestFollowingOutlastsAQuestionThatHasNoAnswer(t *testing.T) {
	d := tuitest.Rotated(t)
	o := one(d)
	o.Gather = func(context.Context, evidence.Case) <-chan awsx.Event {
		out := make(chan awsx.Event)
		close(out)
		return out
	}
	begun := 0
	o.Follow = func(ctx context.Context, _ evidence.Case) <-chan awsx.Event {
		begun++
		out := make(chan awsx.Event)
		context.AfterFunc(ctx, func() { close(out) })
		return out
	}
	m := shown(t, o)
	var waiting []tea.Cmd
	for _, k := range []string{"6", "F", "R"} {
		_, cmd := m.Update(tuitest.Key(k))
		waiting = append(waiting, pump(m, cmd, 0)...)
	}
	if begun != 2 {
		t.Errorf("begun to follow %d times, want once more after R", begun)
	}
	if v := m.View(); !strings.Contains(v, "following") {
		t.Errorf("it is not told that CloudTrail is followed:\n%s", v)
	}
	send(m, "q")
	for _, cmd := range waiting { // what was still waiting comes to its end
		cmd()
	}
}

// TestAnAnswerAboutAUserFindsItsPane wherever the focus is by then.
func TestAnAnswerAboutAUserFindsItsPane(t *testing.T) {
	d := tuitest.Rotated(t)
	o := one(d)
	o.About = func(_ context.Context, _ evidence.Case, u evidence.User) (evidence.User, error) {
		u.RoutingProfile = "Of the one that was asked about"
		return u, nil
	}
	m := shown(t, o)
	press(m, "5", "down")
	_, cmd := m.Update(tuitest.Key("enter"))
	press(m, "1")
	pump(m, cmd, 0)
	press(m, "5")
	if v := m.View(); !strings.Contains(v, "Of the one that was asked about") {
		t.Errorf("the answer went elsewhere:\n%s", v)
	}
}
