package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/diag/capture"
	"example.com/samlens/tui/cli"
	"example.com/samlens/tui/demo"
)

// A bench runs the program in process.
type bench struct {
	t   *testing.T
	now time.Time
	env map[string]string
	in  string
	// answers tells that somebody sits at the terminal.
	answers bool
}

func newBench(t *testing.T) *bench {
	return &bench{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), env: map[string]string{}}
}

func (b *bench) run(args ...string) (code int, out, err string) {
	b.t.Helper()
	var o, e bytes.Buffer
	code = cli.Run(context.Background(), cli.World{
		Args: args, In: strings.NewReader(b.in), Out: &o, Err: &e, Answers: b.answers,
		Env: func(k string) string { return b.env[k] }, Now: func() time.Time { return b.now }, Data: os.DirFS("../.."),
	})
	return code, o.String(), e.String()
}

// incident starts an incident and writes its capture to a file.
func (b *bench) incident(id string) (har string, r *demo.Running) {
	b.t.Helper()
	i, ok := demo.Find(id)
	if !ok {
		b.t.Fatalf("there is no incident %s", id)
	}
	r, err := i.Start(b.t.Context(), os.DirFS("../.."))
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = r.Server.Close() })
	har = filepath.Join(b.t.TempDir(), id+".har")
	if err := os.WriteFile(har, r.Capture, 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.now = r.Now
	b.aws()
	return har, r
}

// aws gives the program credentials that only the built-in AWS takes.
func (b *bench) aws() {
	for k, v := range map[string]string{
		"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_REGION": "eu-central-1", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true",
	} {
		b.t.Setenv(k, v)
	}
}

// fresh sets the clocks of program and AWS to shortly after the assertion was
// issued.
func (b *bench) fresh(r *demo.Running) {
	b.t.Helper()
	sources, err := capture.Open("x.har", bytes.NewReader(r.Capture))
	if err != nil {
		b.t.Fatal(err)
	}
	in := sources[0].SignIns
	b.now = in[len(in)-1].Capture.Posted.SentAt.Add(30 * time.Second)
	r.Server.Update(func(w *emulator.World) { w.Now = b.now })
}

type reported struct {
	Captures []map[string]any
	Errors   []map[string]any
}

func parsed(t *testing.T, out string) reported {
	t.Helper()
	var r reported
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %.400s", err, out)
	}
	if len(r.Captures) == 0 {
		t.Fatalf("no captures in %.400s", out)
	}
	return r
}

// essence is a capture without its name.
func essence(t *testing.T, c map[string]any) string {
	t.Helper()
	delete(c, "source")
	b, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
