//go:build unix

package start_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"

	"example.com/samlens/tui/cli"
	_ "example.com/samlens/tui/terminal/quiet" // as main does
)

// asProgram makes this test binary be the program: it is linked from the same
// packages, so that it starts them in the same order.
const asProgram = "SAMLENS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(cli.Main(os.DirFS(filepath.Join("..", "..", ".."))))
	}
	os.Exit(m.Run())
}

// stall is a time that no start takes, and that waiting for a terminal which
// does not answer does: Bubble Tea's init waits for five seconds.
const stall = 3 * time.Second

// silent runs a program on a terminal that takes everything and answers
// nothing, and returns what it wrote and the time to its end.
func silent(t testing.TB, cmd *exec.Cmd) (out []byte, took time.Duration) {
	t.Helper()
	began := time.Now()
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 60, Cols: 200})
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	defer f.Close()
	var b bytes.Buffer
	_, _ = io.Copy(&b, f) // ends with an error where the other side is closed
	_ = cmd.Wait()
	return b.Bytes(), time.Since(began)
}

// onTerminal is a command that believes in the terminal it is given.
func onTerminal(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "TERM=xterm-256color", "COLORFGBG=", "NO_COLOR=", "CI=")
	return cmd
}

func TestCommandsDoNotWaitForASilentTerminal(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"version"}, "samlens"},
		{[]string{"--help"}, "Usage"},
		{[]string{"check", filepath.Join("..", "..", "..", "testdata", "captures", "chrome.har")}, "capture"},
	} {
		began := time.Now()
		cmd := onTerminal(t.Context(), self, c.args...)
		piped, _ := cmd.Output() // check's exit code is the verdict
		usual := time.Since(began)
		out, took := silent(t, onTerminal(t.Context(), self, c.args...))
		t.Logf("%v: %v with its output piped, %v on a silent terminal", c.args, usual.Round(time.Millisecond), took.Round(time.Millisecond))
		if !bytes.Contains(piped, []byte(c.says)) || !bytes.Contains(out, []byte(c.says)) {
			t.Errorf("%v: no %q in %.200q, or in %.200q", c.args, c.says, piped, out)
		}
		if took > usual+stall {
			t.Errorf("%v: %v on a silent terminal, %v piped: it waits for an answer", c.args, took, usual)
		}
	}
}

// The runtime tells of every garbage collection where GODEBUG asks it to.
func TestCollectionsArePutOff(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "..", "..", "testdata", "captures", "chrome.har")
	collections := func(gogc string) int {
		var told bytes.Buffer
		cmd := exec.CommandContext(t.Context(), self, "check", file)
		cmd.Env = append(os.Environ(), asProgram+"=1", "GODEBUG=gctrace=1", "GOGC="+gogc)
		cmd.Stderr = &told
		_ = cmd.Run() // check's exit code is the verdict
		return bytes.Count(told.Bytes(), []byte("gc "))
	}
	// Under the race detector everything takes more memory: a collection may
	// come there, but later.
	if ours, usual := collections(""), collections("100"); ours >= usual {
		t.Errorf("%d collections while a small archive is checked, %d with the usual setting", ours, usual)
	}
}
