package proof

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
)

// offline is the sign-in's case without evidence, and what its files say.
func (s *signIn) offline(t testing.TB) (evidence.Case, evidence.Live) {
	t.Helper()
	name, given := s.write(t)
	var files []folder.File
	for _, g := range given {
		fs, bad := folder.Open(folder.Flag(g.flag), g.path)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		files = append(files, fs...)
	}
	ev, bad := folder.Read(files)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	sources, err := capture.OpenPath(name)
	if err != nil {
		t.Fatal(err)
	}
	cases := diag.Cases(sources[0], diag.Options{Now: s.now})
	c := cases[len(cases)-1]
	return c, ev.For(c)
}

// told is a diagnosis in one text.
func told(d diag.Diagnosis) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n", d.Verdict)
	for _, l := range d.Chain {
		fmt.Fprintf(&b, "%s %s %s %s\n", l.Hop, l.State, l.Known, l.Why)
	}
	for _, f := range d.Findings {
		fmt.Fprintf(&b, "%s %s %s after %q, %d folded\n", f.Severity, f.ID(), f.Summary, f.After, len(f.Folded))
	}
	for _, r := range d.Results {
		fmt.Fprintf(&b, "%s %v %d\n", r.Rule.ID, r.Outcome, len(r.Findings))
	}
	return b.String()
}

// parts splits what is known into its facts, one to a part.
func parts(l evidence.Live) (out []evidence.Live) {
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		if v.Field(i).FieldByName("State").Interface() == evidence.Unasked {
			continue
		}
		var one evidence.Live
		reflect.ValueOf(&one).Elem().Field(i).Set(v.Field(i))
		out = append(out, one)
	}
	return out
}

// TestTheOrderOfAnswersDoesNotMatter lets facts arrive in any order, lists in
// pages: what is concluded in the end is what is concluded at once, and on the
// way nothing is said that later has to be taken back.
func TestTheOrderOfAnswersDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, x := range situations() {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s := x.make(t)
			s.events(s.event("idother", "tom.baker@northwind.example", morning.Add(-time.Second), ""))
			c, live := s.offline(t)
			full := diag.Diagnose(c.With(live))
			want := told(full)
			facts := parts(live)
			if len(facts) < 6 {
				t.Fatalf("only %d facts", len(facts))
			}
			rapid.Check(t, func(r *rapid.T) {
				d := diag.Diagnose(c)
				for _, i := range rapid.Permutation(upTo(len(facts))).Draw(r, "order") {
					f := facts[i]
					if f.Users.State == evidence.Known {
						page := f.Users
						page.State, page.Value, page.Why = evidence.Partial, page.Value[:len(page.Value)/2], "more to come"
						d = d.Update(evidence.Live{Users: page}, evidence.NeedUsers)
						steady(r, d, full)
					}
					d = d.Update(f, 0)
					steady(r, d, full)
				}
				if got := told(d); got != want {
					r.Errorf("%s\nwant\n%s", got, want)
				}
			})
		})
	}
}

// steady holds what is said on the way against the end.
func steady(r *rapid.T, d, full diag.Diagnosis) {
	switch {
	case d.Verdict.State == chain.Broken && d.Verdict.Rule != full.Verdict.Rule,
		d.Verdict.State == chain.Healthy && full.Verdict.State != chain.Healthy:
		r.Errorf("on the way %s %s, in the end %s %s", d.Verdict.State, d.Verdict.Rule, full.Verdict.State, full.Verdict.Rule)
	}
}

// TestASecondDiagnosisIsTheFirst diagnoses the same case again.
func TestASecondDiagnosisIsTheFirst(t *testing.T) {
	t.Parallel()
	for _, x := range situations() {
		c, live := x.make(t).offline(t)
		a, b := told(diag.Diagnose(c.With(live))), told(diag.Diagnose(c.With(live)))
		if !bytes.Equal([]byte(a), []byte(b)) {
			t.Errorf("%s\nthen\n%s", a, b)
		}
	}
}

func upTo(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}
