package tui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/terminal"
	"example.com/samlens/tui/tuitest"
)

// lastRows are the status row and the keys.
func lastRows(v string) string {
	rows := strings.Split(v, "\n")
	return strings.Join(rows[len(rows)-2:], "\n")
}

// No key is silent: what cannot be copied, and what is no key at all, is told.
func TestCopyAnswersInEveryPane(t *testing.T) {
	for _, pane := range []string{"1", "2", "3", "4", "6", "7", "8", "!"} {
		got := ""
		o := one(tuitest.Rotated(t))
		o.Clipboard = terminal.Clipboard{Write: func(s string) error { got = s; return nil }}
		m := start(t, o, 120, 36)
		send(m, pane)
		key := []string{"y"}
		if pane == "2" {
			key = []string{"y", "v"}
		}
		send(m, key...)
		if v := lastRows(m.View()); got == "" && !strings.Contains(v, "copy") {
			t.Errorf("pane %s: y neither copies nor says why not:\n%s", pane, v)
		} else if got != "" && !strings.Contains(v, fmt.Sprintf("copied %d bytes", len(got))) {
			t.Errorf("pane %s: what was copied is not told:\n%s", pane, v)
		}
		if pane == "4" && !strings.HasPrefix(got, "-----BEGIN CERTIFICATE-----") {
			t.Errorf("the certificate under the cursor is not copied: %q", got)
		}
	}
}

func TestKeysThatAreNoneSaySo(t *testing.T) {
	m := start(t, one(tuitest.Rotated(t)), 80, 24)
	for _, keys := range [][]string{{"Z"}, {"2", "y", "Z"}, {"ctrl+g"}} {
		send(m, keys...)
		if v := lastRows(m.View()); !strings.Contains(v, "does nothing here") {
			t.Errorf("%v is taken in silence:\n%s", keys, v)
		}
	}
}

func TestShellIsNamedWhereNoCommandIsInSight(t *testing.T) {
	m := start(t, one(tuitest.Rotated(t)), 80, 24)
	send(m, "enter", "P")
	if v := lastRows(m.View()); !strings.Contains(v, "PowerShell now") {
		t.Errorf("P says nothing:\n%s", v)
	}
}

func TestAccountGivesWayToWhatIsSaid(t *testing.T) {
	o := one(tuitest.Rotated(t))
	o.Hint = strings.Repeat("h", 70)
	o.WhyNoAWS = "nobody may ask"
	m := start(t, o, 80, 24)
	if v := lastRows(m.View()); !strings.Contains(v, o.Hint) {
		t.Errorf("what is said is cut for whose account it is:\n%s", v)
	}
}

// Whatever the proof and AWS's words take, what is to be done is in sight.
func TestFixIsInSightOnASmallScreen(t *testing.T) {
	d := tuitest.Rotated(t)
	d.Verdict.Seen = true
	d.Verdict.Predicted = "Not authorized to perform sts:AssumeRoleWithSAML (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: 3b1f6c52-8d0e-4c47-9f2a-71c5e04d9b36)"
	d.Verdict.Summary = strings.Repeat("the trust policy asks for a key that is never there ", 4)
	d.Findings[0].Evidence = []rule.Exhibit{
		{What: "a condition with a long name indeed", Saw: "not in the request", Want: "true"},
		{What: "another of them with a long name", Saw: "false"},
	}
	m := start(t, one(d), 80, 24)
	v := m.View()
	for _, want := range []string{"✓ seen", "saw   not in the request", "$ aws iam update-saml-provider", "file://metadata.xml"} {
		if !strings.Contains(v, want) {
			t.Errorf("%q is out of sight:\n%s", want, v)
		}
	}
}

func TestTimesAreWholeOrLeftOut(t *testing.T) {
	for w := 60; w < 140; w += 7 {
		m := start(t, one(tuitest.Rotated(t)), w, 30)
		for line := range strings.SplitSeq(m.View(), "\n") {
			if strings.Contains(line, "TRAIL") && strings.Contains(line, "…") {
				t.Errorf("at %d columns: %s", w, line)
			}
		}
	}
}

func TestEscapeTypedTwiceAtOnceLeavesTwice(t *testing.T) {
	m := start(t, one(tuitest.Rotated(t)), 80, 24)
	send(m, "enter", "enter")
	tuitest.Send(m, tea.KeyMsg{Type: tea.KeyEsc, Alt: true})
	if v := m.View(); !strings.Contains(v, "CAUSE") {
		t.Errorf("it does not lead back to where Enter was pressed twice:\n%s", v)
	}
}

func TestPaletteTellsWhereAnActionIsAtHome(t *testing.T) {
	m := start(t, one(tuitest.Rotated(t)), 80, 24)
	for name, want := range map[string]string{
		"group-by": "group-by acts in CloudTrail: key 6", "unfold-all": "unfold-all acts in Assertion: key 2", "make-coffee": "no action",
	} {
		send(m, ":")
		tuitest.Send(m, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name), Paste: true})
		send(m, "enter")
		if v := lastRows(m.View()); !strings.Contains(v, want) {
			t.Errorf("%s: %s", name, v)
		}
	}
}
