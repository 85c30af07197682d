package users

import (
	"errors"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

// asked returns the user that a pane wants to know more of.
func asked(t *testing.T, p *Pane) evidence.User {
	t.Helper()
	for _, m := range tuitest.Tell(p, keys.Open) {
		if a, ok := m.(pane.About); ok {
			return a.User
		}
	}
	return evidence.User{}
}

// TestAUserIsAskedAboutOnce: what the list does not tell is asked for when the
// user is opened, and kept; a refusal is told and asked about again.
func TestAUserIsAskedAboutOnce(t *testing.T) {
	p := shown(t, with(t, func(l *evidence.Live) { l.Users = evidence.Have(tuitest.Users(50), "connect:ListUsers") }))
	tuitest.Tell(p, keys.Narrow)
	tuitest.Tell(p, tuitest.Keys("a", "g", "e", "n", "t")...)
	tuitest.Tell(p, keys.Down)
	u := asked(t, p)
	if u.ID == "" {
		t.Fatal("nothing is asked")
	}
	if v := tuitest.Draw(t, p, 120, 31); !strings.Contains(v, "being asked") || !p.Busy() {
		t.Errorf("it is not told that AWS is asked:\n%s", v)
	}
	tuitest.Tell(p, pane.Told{ID: u.ID, Err: errors.New("not \x1b[31mallowed")})
	if v := tuitest.Draw(t, p, 120, 31); !strings.Contains(v, "not ‹ESC›[31mallowed") || !strings.Contains(v, "describe-user") || p.Busy() {
		t.Errorf("the refusal is not told of:\n%s", v)
	}
	tuitest.Tell(p, keys.Cancel)
	if asked(t, p).ID != u.ID {
		t.Fatal("after a refusal it is not asked again")
	}
	full := u
	full.RoutingProfile, full.SecurityProfiles, full.Hierarchy = "Basic routing", []string{"Agent"}, "EMEA / Returns"
	tuitest.Tell(p, pane.Told{ID: u.ID, User: full})
	if v := tuitest.Draw(t, p, 120, 31); !strings.Contains(v, "Basic routing") || !strings.Contains(v, "EMEA / Returns") || strings.Contains(v, "describe-user") {
		t.Errorf("the answer is not shown:\n%s", v)
	}
	tuitest.Tell(p, keys.Cancel)
	if asked(t, p).ID != "" {
		t.Error("what is known is asked for again")
	}
}

// TestALateAnswerFillsItsOwnUser and not the one that is on screen by then.
func TestALateAnswerFillsItsOwnUser(t *testing.T) {
	p := shown(t, with(t, func(l *evidence.Live) { l.Users = evidence.Have(tuitest.Users(50), "connect:ListUsers") }))
	tuitest.Tell(p, keys.Narrow)
	tuitest.Tell(p, tuitest.Keys("a", "g", "e", "n", "t")...)
	tuitest.Tell(p, keys.Down)
	first := asked(t, p)
	tuitest.Tell(p, keys.Cancel, keys.Down)
	second := asked(t, p)
	if first.ID == second.ID || second.ID == "" {
		t.Fatalf("asked about %q, then %q", first.ID, second.ID)
	}
	first.RoutingProfile = "Of the first"
	tuitest.Tell(p, pane.Told{ID: first.ID, User: first})
	if v := tuitest.Draw(t, p, 120, 31); strings.Contains(v, "Of the first") || !strings.Contains(v, "being asked") {
		t.Errorf("the first one's answer is shown for the second:\n%s", v)
	}
}
