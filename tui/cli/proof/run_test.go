package proof

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/samlens/tui/cli"
)

// TestMain lets properties be tried a handful of times unless more is asked
// for: each try is a run of the whole program.
func TestMain(m *testing.M) {
	if args, ok := os.LookupEnv(child); ok {
		beTheProgram(args)
	}
	for name, value := range map[string]string{"rapid.checks": strconv.Itoa(max(1, 6/every)), "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

// The members of check's JSON report that the proof reads, as scripts would.
type (
	reportJSON struct {
		Captures []captureJSON
		Errors   []struct{ Source, Kind, Message string }
	}
	captureJSON struct {
		Connect *bool
		Verdict struct {
			State, Hop, Rule, Summary string
		}
		Chain []struct {
			Hop, State, Why string
			Known           *string
		}
		Findings  []findingJSON
		Signature struct{ State, Signed string }
	}
	findingJSON struct {
		Rule, Severity, Hop, Summary string
		After                        *string
		Evidence                     []struct{ What, Where, Saw, Want *string }
		Fix                          *struct {
			Summary         string
			Steps, Commands []string
		}
	}
)

// An outcome is one run of the program.
type outcome struct {
	code     int
	out, err string
	report   reportJSON
}

// last is the sign-in that the report speaks of.
func (o outcome) last() captureJSON {
	if len(o.report.Captures) == 0 {
		return captureJSON{}
	}
	return o.report.Captures[len(o.report.Captures)-1]
}

// finding returns the finding of a rule.
func (c captureJSON) finding(id string) (findingJSON, bool) {
	i := slices.IndexFunc(c.Findings, func(f findingJSON) bool { return f.Rule == id })
	if i < 0 {
		return findingJSON{}, false
	}
	return c.Findings[i], true
}

func (c captureJSON) errors() (out []string) {
	for _, f := range c.Findings {
		if f.Severity == "error" {
			out = append(out, f.Rule)
		}
	}
	return out
}

// states is the chain in one line.
func (c captureJSON) states() string {
	var b strings.Builder
	for _, l := range c.Chain {
		b.WriteString(l.Hop + "=" + l.State + " ")
	}
	return b.String()
}

// run runs the program in this process: no terminal, no environment.
func run(t testing.TB, now time.Time, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	o := outcome{code: cli.Run(t.Context(), cli.World{
		Args: args, In: strings.NewReader(""), Out: &out, Err: &errs,
		Env: func(string) string { return "" }, Now: func() time.Time { return now },
	})}
	o.out, o.err = out.String(), errs.String()
	return o
}

// check runs check --offline --format json.
func check(t testing.TB, now time.Time, args ...string) outcome {
	t.Helper()
	o := run(t, now, append([]string{"check", "--offline", "--format", "json"}, args...)...)
	if err := json.Unmarshal([]byte(o.out), &o.report); err != nil {
		t.Fatalf("check %q: %v; it wrote %q and %q", args, err, o.out, o.err)
	}
	return o
}

// given is one file of evidence with its flag.
type given struct{ flag, path string }

// write puts the sign-in's files into a folder and returns the capture and
// the evidence beside it.
func (s *signIn) write(t testing.TB) (capture string, evidence []given) {
	t.Helper()
	dir := t.TempDir()
	file := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	put := func(flag, name string, v any) {
		if !slices.Contains(s.without, flag) {
			evidence = append(evidence, given{flag, file(name, encode(t, v))})
		}
	}
	provider := maps.Clone(s.provider)
	provider["SAMLMetadataDocument"] = s.metadata
	put("--metadata", "get-saml-provider.json", provider)
	var list []object
	for _, arn := range s.providers {
		list = append(list, object{"Arn": arn, "ValidUntil": "2124-02-12T09:00:00+00:00", "CreateDate": "2024-02-12T09:00:00+00:00"})
	}
	put("--providers", "list-saml-providers.json", object{"SAMLProviderList": list})
	role := maps.Clone(s.role)
	role["AssumeRolePolicyDocument"] = s.trust
	put("--role", "get-role.json", object{"Role": role})
	put("--role-policy", "get-role-policy.json", object{"RoleName": s.role["RoleName"], "PolicyName": "connect-federation", "PolicyDocument": s.permission})
	put("--instance", "describe-instance.json", object{"Instance": s.instance})
	put("--users", "list-users.json", object{"UserSummaryList": s.users})
	if len(s.extra) > 0 && !slices.Contains(s.without, "--evidence") {
		for _, name := range slices.Sorted(maps.Keys(s.extra)) {
			if text, ok := s.extra[name].(string); ok {
				file("folder/"+name, []byte(text))
			} else {
				file("folder/"+name, encode(t, s.extra[name]))
			}
		}
		evidence = append(evidence, given{"--evidence", filepath.Join(dir, "folder")})
	}
	return file("sign-in.har", s.capture(t)), evidence
}

func flags(evidence []given) (out []string) {
	for _, g := range evidence {
		out = append(out, g.flag, g.path)
	}
	return out
}

// check writes the sign-in down and has the program judge it.
func (s *signIn) check(t testing.TB) outcome {
	t.Helper()
	capture, evidence := s.write(t)
	return check(t, s.now, append(append(flags(evidence), s.args...), capture)...)
}
