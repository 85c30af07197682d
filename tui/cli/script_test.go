package cli_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"example.com/samlens/tui/cli"
	"example.com/samlens/tui/demo"
)

// TestMain lets the test's own binary be the program in the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"samlens": func() { samlens(false) }, "samlens-drawn": func() { samlens(true) }})
}

// samlens is the program, but for its clock; terminal tells that its output is
// one that can be drawn on.
func samlens(terminal bool) {
	now, err := time.Parse(time.RFC3339, os.Getenv("NOW"))
	if err != nil {
		panic(err)
	}
	began := time.Now()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(cli.Run(ctx, cli.World{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv,
		Now: func() time.Time { return now.Add(time.Since(began)) }, Data: os.DirFS(os.Getenv("REPO")), Terminal: terminal,
	}))
}

// TestScripts runs the program from end to end: what people and other programs
// hold on to.
func TestScripts(t *testing.T) {
	repo, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join(repo, "testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("REPO", repo)
			e.Setenv("CAPTURES", filepath.Join(repo, "testdata", "captures"))
			e.Setenv("NOW", "2027-02-10T09:00:00Z")
			e.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"incident": incident, "status": status, "one-sentence": oneSentence, "same-line": sameLine, "binary": binary},
	})
}

// incident NAME starts the AWS of one of the demo's incidents and writes its
// capture to login.har.
func incident(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: incident NAME")
	}
	i, ok := demo.Find(args[0])
	if !ok {
		ts.Fatalf("no incident %q", args[0])
	}
	r, err := i.Start(context.Background(), os.DirFS(ts.Getenv("REPO")))
	ts.Check(err)
	ts.Defer(func() { ts.Check(r.Server.Close()) })
	ts.Check(os.WriteFile(ts.MkAbs("login.har"), r.Capture, 0o600))
	ts.Setenv("NOW", r.Now.Format(time.RFC3339))
	ts.Setenv("AWS_ENDPOINT_URL", r.Server.URL())
	ts.Setenv("AWS_ACCESS_KEY_ID", "test")
	ts.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	ts.Setenv("AWS_REGION", r.Server.World().Region)
}

// status CODE COMMAND... runs a command that has to end with that exit code.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// one-sentence holds stderr to be one line of the program's, and no trace.
func oneSentence(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: one-sentence")
	}
	line, ok := strings.CutSuffix(ts.ReadFile("stderr"), "\n")
	if !ok || strings.Contains(line, "\n") || !strings.HasPrefix(line, "samlens: ") || len(line) < 20 || strings.Contains(line, "goroutine") || strings.Contains(line, "panic") {
		ts.Fatalf("stderr is no sentence: %q", line)
	}
}

// same-line N FILE FILE holds the Nth line of two files to be the same.
func sameLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: same-line N FILE FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var got [2]string
	for i, f := range args[1:] {
		lines := strings.Split(ts.ReadFile(f), "\n")
		if len(lines) < n {
			ts.Fatalf("%s has %d lines", f, len(lines))
		}
		got[i] = lines[n-1]
	}
	if got[0] != got[1] {
		ts.Fatalf("%q is not %q", got[0], got[1])
	}
}

// binary FILE writes bytes that are no text of any kind.
func binary(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: binary FILE")
	}
	b := make([]byte, 4096)
	for i := range b {
		b[i] = byte(i * i >> 3)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}
