package demo

import (
	"bytes"
	"os"
	"testing"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
)

// solve diagnoses an incident as the investigator does: its capture, then
// every lookup at its AWS.
func solve(t *testing.T, i Incident) (offline, live diag.Diagnosis) {
	t.Helper()
	r, err := i.Start(t.Context(), os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Server.Close(); err != nil {
			t.Error(err)
		}
	})
	sources, err := capture.Open(i.ID+".har", bytes.NewReader(r.Capture))
	if err != nil {
		t.Fatal(err)
	}
	cases := diag.Cases(sources[0], diag.Options{Now: r.Now})
	offline = diag.Diagnose(cases[len(cases)-1])
	api, err := r.AWS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	live = offline
	for e := range awsx.Gather(t.Context(), api, live.Case, awsx.Lookups()) {
		var changed evidence.Need
		if e.Phase != awsx.Started {
			changed = e.Lookup.Gives
		}
		live = live.Update(e.Live, changed)
	}
	return offline, live
}

// TestIncidentsAreSolved holds every answer key against what the real code
// says after really asking.
func TestIncidentsAreSolved(t *testing.T) {
	for _, i := range Incidents() {
		t.Run(i.ID, func(t *testing.T) {
			t.Parallel()
			_, d := solve(t, i)
			want := chain.Broken
			if i.Rule == "" {
				want = chain.Healthy
			}
			if d.Verdict.State != want || d.Verdict.Rule != i.Rule {
				t.Errorf("the verdict is %s %q (%s), want %s %q", d.Verdict.State, d.Verdict.Rule, d.Verdict.Summary, want, i.Rule)
				for _, f := range d.Findings {
					t.Logf("%s %s: %s", f.Severity, f.ID(), f.Summary)
				}
				for _, l := range d.Chain {
					t.Logf("%s %s %s", l.Hop, l.State, l.Why)
				}
			}
		})
	}
}

// A hint is shown in the status row, which is as wide as the screen.
func TestHintsFitTheSmallestUsualScreen(t *testing.T) {
	for _, i := range Incidents() {
		if n := len([]rune("hint: " + i.Hint)); n > 78 {
			t.Errorf("%s: %d cells", i.ID, n)
		}
	}
}
