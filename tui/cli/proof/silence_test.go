package proof

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/tui/cli"
)

// child is the environment variable that makes this test's own binary the
// program: its value are the arguments, a line each.
const child = "SAMLENS_PROOF_ARGS"

// heard is how the child ends where it tried to reach anybody.
const heard = 99

// beTheProgram runs the program as main does, deaf: whoever resolves a name or
// asks over HTTP by the standard library's defaults ends it.
func beTheProgram(args string) {
	caught := func() { os.Exit(heard) }
	http.DefaultTransport = roundTrip(func(*http.Request) (*http.Response, error) { caught(); return nil, errors.New("deaf") })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { caught(); return nil, errors.New("deaf") }}
	os.Args = append([]string{"samlens"}, strings.Split(args, "\n")...)
	os.Exit(cli.Main(os.DirFS("../../..")))
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestCheckIsSilent runs check, which is not asked to look anything up, in a
// process of its own: as it has credentials it could, but it reaches nobody.
// Where strace can watch, it sees no socket and no other process.
func TestCheckIsSilent(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := healthy(t)
	capture, evidence := s.write(t)
	without := slices.DeleteFunc(slices.Clone(evidence), func(g given) bool { return g.flag == "--metadata" || g.flag == "--users" })
	tracer, err := exec.LookPath("strace")
	if err != nil {
		t.Log("strace is not installed: the standard library's way out alone is watched")
	}
	for name, args := range map[string][]string{
		"healthy":          append(append([]string{"check"}, flags(evidence)...), capture),
		"evidence missing": append(append([]string{"check", "--format", "json", "--profile", "support", "--region", region}, flags(without)...), capture),
		"no input":         {"check", capture + ".gone"},
		"explain":          {"explain", "Response signature invalid"},
		"not a terminal":   {capture},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := filepath.Join(t.TempDir(), "strace")
			c := exec.CommandContext(t.Context(), self)
			if tracer != "" {
				c = exec.CommandContext(t.Context(), tracer, "-f", "-qq", "-e", "trace=network,process", "-o", log, self)
			}
			c.Env = append(os.Environ(), child+"="+strings.Join(args, "\n"), "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_REGION="+region)
			out, err := c.CombinedOutput()
			if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() == heard {
				t.Fatalf("it reached out:\n%s", out)
			} else if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if len(out) == 0 {
				t.Error("it said nothing")
			}
			if tracer == "" {
				return
			}
			seen, err := os.ReadFile(log)
			if err != nil || !strings.Contains(string(seen), "execve(") {
				t.Skipf("strace cannot watch here: %v %s", err, out)
			}
			if loud := strayed(string(seen)); len(loud) > 0 {
				t.Errorf("check did more than it may:\n%s", strings.Join(loud, "\n"))
			}
		})
	}
}

// threads are the ways to begin a thread, which share the process's memory.
var (
	threads = regexp.MustCompile(`clone3?\(.*CLONE_THREAD`)
	outward = regexp.MustCompile(`\b(socket|connect|bind|listen|accept4?|sendto|sendmsg|execve|execveat|fork|vfork|clone3?)\(`)
)

// strayed are the calls by which a process reaches out or begins another one;
// the first execve is the program's own.
func strayed(log string) (out []string) {
	first := true
	for line := range strings.Lines(log) {
		if !outward.MatchString(line) || threads.MatchString(line) {
			continue
		}
		if first && strings.Contains(line, "execve(") {
			first = false
			continue
		}
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

// TestTheWatchSees shows that what the test watches for would be seen.
func TestTheWatchSees(t *testing.T) {
	t.Parallel()
	log := "1 execve(\"x\") = 0\n1 clone3({flags=CLONE_VM|CLONE_THREAD}) = 2\n2 socket(AF_INET, SOCK_STREAM) = 3\n2 clone(child_stack=NULL, flags=SIGCHLD) = 9\n2 execve(\"y\") = 0\n"
	if got := strayed(log); len(got) != 3 {
		t.Errorf("%q", got)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := healthy(t)
	capture, _ := s.write(t)
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	c := exec.CommandContext(ctx, self)
	c.Env = append(os.Environ(), child+"="+strings.Join([]string{"check", "--live", "--region", region, capture}, "\n"),
		"AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_EC2_METADATA_DISABLED=true")
	out, err := c.CombinedOutput()
	if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != heard {
		t.Errorf("check --live was not heard: %v\n%s", err, out)
	}
}

// TestTheDiagnosisKnowsNoNetwork asks the go command what package diag is made
// of.
func TestTheDiagnosisKnowsNoNetwork(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the go command is not installed")
	}
	out, err := exec.CommandContext(t.Context(), program, "list", "-deps", "../../../diag/...").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	all := strings.Fields(string(out))
	for _, never := range []string{"net/http", "os/exec", "net/rpc", "plugin"} {
		if slices.Contains(all, never) {
			t.Errorf("the diagnosis depends on %s", never)
		}
	}
	for _, p := range all {
		for _, never := range []string{"github.com/aws/", "github.com/charmbracelet/", "example.com/samlens/awsx", "example.com/samlens/tui"} {
			if strings.HasPrefix(p, never) {
				t.Errorf("the diagnosis depends on %s", p)
			}
		}
	}
	if len(all) < 60 || !slices.Contains(all, "example.com/samlens/diag") {
		t.Errorf("only %d packages", len(all))
	}
}
