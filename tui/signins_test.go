package tui_test

import (
	"strings"
	"testing"

	"example.com/samlens/tui"
	"example.com/samlens/tui/tuitest"
)

// TestSignInsAreListedByWhatBrokeThem: three captures, two of them alike, and
// Enter opens the one under the cursor.
func TestSignInsAreListedByWhatBrokeThem(t *testing.T) {
	o := tui.Options{Sessions: []tui.Session{
		{Diagnosis: tuitest.Rotated(t), Name: "anna.har"}, {Diagnosis: tuitest.Healthy(t), Name: "bert.har"}, {Diagnosis: tuitest.Rotated(t), Name: "carla.har"},
	}}
	m := start(t, o, 100, 30)
	if v := m.View(); !strings.Contains(v, "3 sign-ins, the last one shown: s lists them") {
		t.Errorf("nobody is told of the others:\n%s", v)
	}
	send(m, "s")
	v := m.View()
	tuitest.Golden(t, "over-signins", v)
	for _, want := range []string{"3 sign-ins that ended in 2 ways", "certificate-rotated", "×2", "anna.har", "bert.har", "carla.har"} {
		if !strings.Contains(v, want) {
			t.Errorf("%q is not there:\n%s", want, v)
		}
	}
	if strings.Index(v, "certificate-rotated") > strings.Index(v, "bert.har") {
		t.Error("the larger group does not come first")
	}
	send(m, "k", "enter")
	if v := m.View(); !strings.Contains(v, "sign-in 1 of 3") || !strings.Contains(v, "anna.har") {
		t.Errorf("the first is not opened:\n%s", v)
	}
	send(m, "s", "esc")
	if v := m.View(); !strings.Contains(v, "sign-in 1 of 3") {
		t.Errorf("esc opened another:\n%s", v)
	}
}
