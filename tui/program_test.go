//go:build unix

package tui_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"go.uber.org/goleak"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui"
)

// asProgram makes this test binary run the investigator, for a test that
// gives it a terminal.
const asProgram = "SAMLENS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		d := diag.Diagnosis{Verdict: chain.Verdict{State: chain.Broken, Hop: evidence.HopTrust, Summary: "The trust policy names another provider"}}
		if err := tui.Run(context.Background(), tui.Options{Sessions: []tui.Session{{Diagnosis: d}}, Clock: time.Now}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// screen runs the program on a terminal that answers nothing but shows all.
type screen struct {
	t    *testing.T
	file *os.File
	term vt10x.Terminal
	cmd  *exec.Cmd
	done chan struct{} // the output has ended
}

func program(t *testing.T, w, h int) *screen {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), asProgram+"=1", "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=", "COLORFGBG=")
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)})
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	s := &screen{t: t, file: f, term: vt10x.New(vt10x.WithSize(w, h)), cmd: cmd, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		b := make([]byte, 32<<10)
		for {
			n, err := f.Read(b)
			_, _ = s.term.Write(b[:n])
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = f.Close(); <-s.done })
	return s
}

// until waits for a text to stand on the screen.
func (s *screen) until(text string) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(s.term.String(), text) {
			return
		}
	}
	s.t.Fatalf("%q does not come:\n%s", text, s.term.String())
}

func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := s.file.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

func TestProgramStartsOnASilentTerminalResizesAndQuits(t *testing.T) {
	began := time.Now()
	s := program(t, 80, 24)
	s.until("The trust policy names another provider")
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("the first screen took %v: something waits for the terminal's answer", took)
	}
	s.term.Resize(50, 20)
	if err := pty.Setsize(s.file, &pty.Winsize{Rows: 20, Cols: 50}); err != nil {
		t.Fatal(err)
	}
	s.until("The trust policy names another provider")
	s.press("?")
	s.until("MOVING")
	s.press("\x1b")
	s.until("The trust policy names another provider") // or the two come as one key
	s.press("q")
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

func TestProgramEndsOnInterrupt(t *testing.T) {
	s := program(t, 100, 30)
	s.until("BROKEN")
	s.press("\x03")
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}
