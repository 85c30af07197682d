//go:build unix

package start_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// The programs that the start is measured against.
const (
	emptyProgram = `package main

import "os"

func main() { os.Stdout.WriteString("0\n") }
`
	// trivialModel is the least that Bubble Tea shows, without its question
	// about the background, for a terminal that does not answer.
	trivialModel = `package main

import (
	tea "github.com/charmbracelet/bubbletea"

	_ "example.com/samlens/tui/terminal/quiet"
)

type model struct{}

func (m model) Init() tea.Cmd { return nil }
func (m model) View() string  { return "ready" }
func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); ok {
		return m, tea.Quit
	}
	return m, nil
}

func main() { _, _ = tea.NewProgram(model{}, tea.WithAltScreen()).Run() }
`
)

// built builds the program as it is released, or the one whose source is given.
func built(b *testing.B, source string) string {
	b.Helper()
	dir := b.TempDir()
	out, what := filepath.Join(dir, "program"), "../../.."
	if source != "" {
		what = filepath.Join(dir, "main.go")
		if err := os.WriteFile(what, []byte(source), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, what)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		b.Skipf("no program to measure: %v\n%s", err, text)
	}
	return out
}

// cost is what a run takes: processor time, user and system, and its peak of
// resident memory in bytes.
type cost struct {
	cpu time.Duration
	rss int64
}

func run(b *testing.B, program string, args ...string) cost {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program, args...)
	_ = cmd.Run() // check's exit code is the verdict
	u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		b.Skip("the system does not tell what a process took")
	}
	unit := int64(1024)
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return cost{time.Duration(u.Utime.Nano() + u.Stime.Nano()), u.Maxrss * unit}
}

func median(ds []time.Duration) float64 {
	slices.Sort(ds)
	return float64(ds[len(ds)/2])
}

// BenchmarkStart reports the start of commands against that of an empty Go
// program, in turns: x-empty is the ratio of processor time, whose goal is 3;
// MiB is the peak of resident memory, most of it the program's own text as
// the system maps it; MB-stripped is the program's size, whose goal is 20.
//
//	go test -run '^$' -bench Start -benchtime 40x .
//
// Measured so on two busy cores: version 7 to 10 ms, 5.1 to 5.5 x-empty, 21
// MiB; check of a small archive 15 to 20 ms, 10 x-empty, 23 MiB, of which 8 are
// private; 24 MB stripped. A program of the AWS clients alone, which asks them
// nothing, is at 4.8 and 14 MB: their tables of endpoints and shapes are made
// in the init of their packages, in every command. Older releases of three of
// them, without the tables of shapes, allocated 0.8 of 2.5 MB less and were no
// faster.
func BenchmarkStart(b *testing.B) {
	program, empty := built(b, ""), built(b, emptyProgram)
	at, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	for _, args := range [][]string{{"version"}, {"check", filepath.Join("..", "..", "..", "testdata", "captures", "chrome.har")}} {
		b.Run(args[0], func(b *testing.B) {
			var ours, none []time.Duration
			peak := int64(0)
			for b.Loop() {
				c := run(b, program, args...)
				ours, none, peak = append(ours, c.cpu), append(none, run(b, empty).cpu), max(peak, c.rss)
			}
			b.ReportMetric(median(ours)/1e6, "cpu-ms")
			b.ReportMetric(median(ours)/median(none), "x-empty")
			b.ReportMetric(float64(peak)/(1<<20), "MiB")
			b.ReportMetric(float64(at.Size())/1e6, "MB-stripped")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// A screen is a terminal on which the first frame is awaited.
type screen struct {
	text    string // what the frame holds
	answers bool   // to questions about what it is and its background
}

// firstFrame is the time from the start of a program to the text being on the
// screen. The key q ends the program.
func (s screen) firstFrame(b *testing.B, program string, args ...string) time.Duration {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	defer cancel()
	cmd := onTerminal(ctx, program, args...)
	began := time.Now()
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 60, Cols: 200})
	if err != nil {
		b.Skip("no pseudo terminal: ", err)
	}
	defer f.Close()
	send := func(keys string) {
		if _, err := f.WriteString(keys); err != nil {
			b.Fatal(err)
		}
	}
	var seen []byte
	took := time.Duration(0)
	asked := 0 // bytes whose questions were answered
	for buf := make([]byte, 64<<10); ; {
		n, err := f.Read(buf)
		seen = append(seen, buf[:n]...)
		if i := bytes.Index(seen[asked:], []byte("\x1b[c")); s.answers && i >= 0 {
			if bytes.Contains(seen[asked:], []byte("\x1b]11;?")) {
				send("\x1b]11;rgb:1111/1111/1111\x1b\\")
			}
			send("\x1b[?62;22c")
			asked += i + len("\x1b[c")
		}
		if took == 0 && bytes.Contains(seen, []byte(s.text)) {
			took = time.Since(began)
			send("q")
		}
		if err != nil {
			break
		}
	}
	_ = cmd.Wait()
	if took == 0 {
		b.Fatalf("%q does not come: %.200q", s.text, seen)
	}
	return took
}

// BenchmarkFirstFrame reports the time to the investigator's first frame and
// its ratio to that of the least Bubble Tea program, in turns; the goal is
// 1.25. Most of both is the renderer's clock. A terminal that answers nothing
// is given up only after 40 ms, unless --theme tells what would be asked.
//
//	go test -run '^$' -bench FirstFrame -benchtime 20x .
//
// Measured so on two busy cores: answering 26 to 28 ms, 1.24 to 1.40 x-trivial;
// silent 65 to 68 ms, 3.1 to 3.4; silent with the theme given 26 to 28 ms. The
// archive is read and judged before the first frame: that is 6 ms of it. The
// least program is drawn at Bubble Tea's usual pace, a tick after 17 ms; this
// one at its fastest, after 8.
func BenchmarkFirstFrame(b *testing.B) {
	program, trivial := built(b, ""), built(b, trivialModel)
	file := filepath.Join("..", "..", "..", "testdata", "captures", "chrome.har")
	for _, c := range []struct {
		name string
		on   screen
		args []string
	}{
		{"answering", screen{"Verdict", true}, []string{"--offline", file}},
		{"silent", screen{"Verdict", false}, []string{"--offline", file}},
		{"silent-theme-given", screen{"Verdict", false}, []string{"--offline", "--theme", "dark", file}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var ours, least []time.Duration
			for b.Loop() {
				ours = append(ours, c.on.firstFrame(b, program, c.args...))
				least = append(least, screen{"ready", false}.firstFrame(b, trivial))
			}
			b.ReportMetric(median(ours)/1e6, "ms")
			b.ReportMetric(median(ours)/median(least), "x-trivial")
			b.ReportMetric(0, "ns/op")
		})
	}
}
