//go:build unix

package cli_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/casefile"
	"example.com/samlens/tui/cli"
)

// seat is a terminal with somebody at it, who does each thing when a text has
// come onto the screen.
type seat struct {
	t    *testing.T
	tty  *os.File
	keys *os.File
	mu   sync.Mutex
	seen strings.Builder
	news chan struct{}
}

func newSeat(t *testing.T) *seat {
	t.Helper()
	keys, tty, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 40, Cols: 160}); err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t, tty: tty, keys: keys, news: make(chan struct{}, 1)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b := make([]byte, 32<<10)
		for {
			n, err := keys.Read(b)
			s.mu.Lock()
			s.seen.Write(b[:n])
			s.mu.Unlock()
			select {
			case s.news <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = tty.Close(); _ = keys.Close(); <-ended })
	return s
}

// when does something as soon as a text has been drawn.
func (s *seat) when(text, then string) {
	s.t.Helper()
	timeout := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		seen := s.seen.String()
		s.mu.Unlock()
		if strings.Contains(seen, text) {
			break
		}
		select {
		case <-s.news:
		case <-timeout:
			s.t.Errorf("%q does not come:\n%.4000q", text, seen)
			then = "\x03" // so that the program ends, and the test with it
		}
		if then == "\x03" {
			break
		}
	}
	if _, err := io.WriteString(s.keys, then); err != nil {
		s.t.Error(err)
	}
}

// sent is the response of an incident's sign-in, as it was posted.
func sent(t *testing.T, har []byte) string {
	t.Helper()
	sources, err := capture.Open("x.har", bytes.NewReader(har))
	if err != nil {
		t.Fatal(err)
	}
	cases := diag.Cases(sources[0], diag.Options{})
	return base64.StdEncoding.EncodeToString(cases[len(cases)-1].Response.Value.Sent)
}

// An incident to practise on is saved and put to STS like a real sign-in, and
// what was pasted into the investigator is saved with what it was opened on,
// each paste by itself.
func TestWhatWasPastedIsSavedToo(t *testing.T) {
	b := newBench(t)
	_, r := b.incident("monday")
	pasted := sent(t, r.Capture)
	saved := filepath.Join(t.TempDir(), "case.json")
	s := newSeat(t)
	var told bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(t.Context(), cli.World{
			Args: []string{"demo", "healthy", "--save", saved, "--ask-sts", "--yes"},
			In:   s.tty, Out: s.tty, Err: &told, Terminal: true, Answers: true, Now: func() time.Time { return b.now }, Data: os.DirFS("../.."),
			Env: func(k string) string {
				return map[string]string{"TERM": "xterm-256color", "COLORFGBG": "15;0", "LC_ALL": "C.UTF-8"}[k]
			},
		})
	}()
	s.when("AWS STS took this assertion", "\x1b[200~"+pasted+"\x1b[201~")
	s.when("reading from what was pasted", "\x1b[200~SAMLResponse="+strings.ReplaceAll(pasted, "+", "%2B")+"\x1b[201~")
	s.when("sign-in 3 of 3", "q")
	if c := <-code; c != 0 {
		t.Errorf("exit %d: %s", c, told.String())
	}
	for _, want := range []string{"AWS STS took this assertion (as predicted)", "saved " + saved} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("%q is not told: %s", want, told.String())
		}
	}
	doc, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Read(doc)
	if err != nil {
		t.Fatal(err)
	}
	var sources []string
	for _, c := range f.Cases {
		sources = append(sources, c.Source)
	}
	if got := strings.Join(sources, " "); got != "healthy.har pasted pasted-2" || !f.Redacted || bytes.Contains(doc, []byte(pasted)) {
		t.Errorf("it holds %s, redacted %t", got, f.Redacted)
	}
}

// Without a terminal the report on an incident has STS's answer beside it, and
// is saved as well.
func TestAnIncidentIsSavedWithoutATerminal(t *testing.T) {
	b := newBench(t)
	saved := filepath.Join(t.TempDir(), "case.json")
	code, out, told := b.run("demo", "monday", "--save", saved, "--no-redact", "--ask-sts", "--yes")
	if code != 1 || !strings.Contains(out, "AWS STS refused this assertion: InvalidIdentityToken") || !strings.Contains(told, "as it was sent") {
		t.Errorf("exit %d: %s\n%s", code, told, out)
	}
	if again, out, told := b.run("check", saved); again != 1 || !strings.Contains(out, "certificate-rotated") {
		t.Errorf("the case: exit %d: %s\n%s", again, told, out)
	}
	if code, _, told := b.run("demo", "monday", "--save", saved); code != 2 || !strings.Contains(told, "--force") {
		t.Errorf("over the case: exit %d: %s", code, told)
	}
	if code, _, told := b.run("demo", "monday", "--ask-sts"); code != 2 || !strings.Contains(told, "--yes") {
		t.Errorf("nobody to ask: exit %d: %s", code, told)
	}
}
