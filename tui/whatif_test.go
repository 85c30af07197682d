package tui_test

import (
	"strings"
	"testing"

	"example.com/samlens/diag"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/tuitest"
)

func TestAFixIsTriedUnderOneKey(t *testing.T) {
	o := one(tuitest.Rotated(t))
	m := start(t, o, 120, 36)
	send(m, "w")
	if v := m.View(); !strings.Contains(v, "changes cannot be tried here") {
		t.Errorf("without a way to try changes the key does not say so:\n%s", v)
	}

	can := true
	o.WhatIf = func(_ diag.Diagnosis, f rule.Finding, fix rule.Fix) (string, bool) {
		return "  ✓ clears " + f.ID() + " by " + fix.Title, can
	}
	m = start(t, o, 120, 36)
	send(m, "w")
	if v := m.View(); !strings.Contains(v, "✓ clears certificate-rotated") {
		t.Errorf("it is not shown:\n%s", v)
	}
	send(m, "esc")
	if v := m.View(); strings.Contains(v, "✓ clears") {
		t.Errorf("esc does not close it:\n%s", v)
	}
	can = false
	send(m, "w")
	if v := m.View(); !strings.Contains(v, "certificate-rotated: its fix cannot be tried here") {
		t.Errorf("it is not said why nothing is shown:\n%s", v)
	}
}
