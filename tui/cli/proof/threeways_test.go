package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/demo"
)

// A played incident is one of the demo's, diagnosed by asking its AWS.
type played struct {
	capture []byte
	now     time.Time
	live    diag.Diagnosis
}

// play starts an incident's AWS, signs in at it, and asks it everything.
// before changes its world before anybody asks.
func play(t testing.TB, i demo.Incident, before func(*demo.Running)) played {
	t.Helper()
	r, err := i.Start(t.Context(), os.DirFS("../../.."))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Server.Close(); err != nil {
			t.Error(err)
		}
	}()
	if before != nil {
		before(r)
	}
	sources, err := capture.Open(i.ID+".har", bytes.NewReader(r.Capture))
	if err != nil {
		t.Fatal(err)
	}
	cases := diag.Cases(sources[0], diag.Options{Now: r.Now})
	d := diag.Diagnose(cases[len(cases)-1])
	api, err := r.AWS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for e := range awsx.Gather(t.Context(), api, d.Case, awsx.Lookups()) {
		var changed evidence.Need
		if e.Phase != awsx.Started {
			changed = e.Lookup.Gives
		}
		d = d.Update(e.Live, changed)
	}
	return played{r.Capture, r.Now, d}
}

// essenceOf is a diagnosis as the report would tell it.
func essenceOf(d diag.Diagnosis) essence {
	e := essence{State: string(d.Verdict.State), Rule: d.Verdict.Rule}
	if f, ok := d.Cause(); ok {
		e.Hop = f.Hop.String()
		if len(f.Fixes) > 0 {
			e.Fix = f.Fixes[0].Title
		}
	}
	for _, l := range d.Chain {
		e.Chain += l.Hop.String() + "=" + string(l.State) + " "
	}
	for _, f := range d.Findings {
		e.Findings = append(e.Findings, f.Severity.String()+" "+f.ID())
	}
	return e
}

// flagOf is the flag that takes an AWS CLI call's output; "" where only a
// folder does.
func flagOf(command []string) string {
	return map[string]string{
		"get-saml-provider": "--metadata", "list-saml-providers": "--providers", "get-role": "--role", "get-role-policy": "--role-policy",
		"get-policy-version": "--role-policy", "list-attached-role-policies": "--role-policy", "list-role-policies": "--role-policy",
		"describe-instance": "--instance", "list-instances": "--instance", "list-users": "--users", "lookup-events": "--trail",
	}[command[2]]
}

// TestThreeWaysOneAnswer diagnoses every incident of the demo three times: by
// asking AWS, from the folder that was collected while asking, and from single
// files as the AWS CLI prints them.
func TestThreeWaysOneAnswer(t *testing.T) {
	t.Parallel()
	for _, i := range demo.Incidents() {
		t.Run(i.ID, func(t *testing.T) {
			t.Parallel()
			p := play(t, i, nil)
			want := essenceOf(p.live)
			if i.Rule != want.Rule || i.Rule != "" && want.Fix == "" {
				t.Errorf("asking AWS says %+v, the incident is %q", want, i.Rule)
			}
			dir := t.TempDir()
			har := filepath.Join(dir, "sign-in.har")
			whole := filepath.Join(dir, "collected")
			save := func(name string, b []byte) string {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, b, 0o600); err != nil {
					t.Fatal(err)
				}
				return path
			}
			save("sign-in.har", p.capture)
			var single []string
			for n, f := range folder.Encode(p.live.Case) {
				path := save("collected/"+f.Name, f.Data)
				var c struct {
					Command []string
					Output  json.RawMessage
				}
				if err := json.Unmarshal(f.Data, &c); err != nil || len(c.Command) < 3 {
					t.Fatalf("%s: %v", f.Name, err)
				}
				if flag := flagOf(c.Command); flag != "" && c.Output != nil {
					single = append(single, flag, save(fmt.Sprintf("single/%d-%s.json", n, c.Command[2]), c.Output))
				} else {
					single = append(single, "--evidence", path)
				}
			}
			if len(single) < 12 {
				t.Fatalf("only %q was collected", single)
			}
			for name, args := range map[string][]string{"from the folder": {"--evidence", whole}, "from single files": single} {
				o := check(t, p.now, append(args, har)...)
				if got := o.essence(); fmt.Sprint(got) != fmt.Sprint(want) || o.err != "" {
					t.Errorf("%s:\n%+v\n%s\nby asking:\n%+v", name, got, o.err, want)
				}
			}
		})
	}
}
