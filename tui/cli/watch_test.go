package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/tui/demo"
)

// lines is a writer that hands on what is written, piece by piece.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
	got func(all string)
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	l.all.Write(p)
	all := l.all.String()
	l.mu.Unlock()
	if l.got != nil {
		l.got(all)
	}
	return len(p), nil
}

// watching runs watch on an incident until it ends. got sees the output as it
// grows, and may mend the world or call stop.
func watching(t *testing.T, id string, got func(all string, r *demo.Running, stop func())) (int, string) {
	t.Helper()
	i, ok := demo.Find(id)
	if !ok {
		t.Fatalf("no incident %q", id)
	}
	r, err := i.Start(t.Context(), os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Server.Close(); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(t.TempDir(), "login.har")
	if err := os.WriteFile(path, r.Capture, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	out := &lines{got: func(all string) { got(all, r, stop) }}
	p := &program{World: World{Out: out, Err: out, Now: time.Now}}
	in, err := p.read([]string{path})
	if err != nil || len(in.diagnoses) == 0 {
		t.Fatalf("%v, %+v", err, in.problems)
	}
	api, err := r.AWS(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w := watcher{p: p, api: api, asked: in.diagnoses[len(in.diagnoses)-1], bad: map[string]bool{}}
	if err := w.run(ctx, w.since(), 20*time.Millisecond, 50*time.Second); err != nil {
		t.Error(err)
	}
	code := p.code
	if ctx.Err() != nil {
		code = ExitInterrupted
	}
	return code, out.all.String()
}

// TestWatchEndsWithTheFirstSignInThatWorks mends the role while watch looks
// on, and then lets somebody sign in.
func TestWatchEndsWithTheFirstSignInThatWorks(t *testing.T) {
	var mended, signedIn bool
	code, out := watching(t, "mfa", func(all string, r *demo.Running, _ func()) {
		switch {
		case !mended && strings.Contains(all, "BROKEN at trust"):
			mended = true
			go r.Server.Update(func(w *emulator.World) {
				w.Roles[0].Trust = emulator.Document(strings.Replace(string(w.Roles[0].Trust), `"Bool": {"aws:MultiFactorAuthPresent": "true"},`, "", 1))
			})
		case !signedIn && strings.Contains(all, "nothing is in the way any more"):
			signedIn = true
			go r.Server.Update(signIn)
		}
	})
	if code != ExitHealthy || !strings.Contains(out, "✓ it works: joanna.doe") || !mended {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if strings.Index(out, "BROKEN") > strings.Index(out, "it works") {
		t.Errorf("it ends before it has seen what was broken:\n%s", out)
	}
}

// signIn is CloudTrail a second after somebody has signed in through the first
// role.
func signIn(w *emulator.World) {
	at := time.Now().UTC().Add(time.Second).Truncate(time.Second)
	w.Now = at
	w.Trail = append(w.Trail, emulator.Document(`{"eventVersion":"1.11","eventID":"9d3c9a4e-0d3e-4f5c-8a1b-0f6f5b1c2d3e","eventName":"AssumeRoleWithSAML","eventSource":"sts.amazonaws.com",
		"awsRegion":"us-east-1","eventTime":"`+at.Format(time.RFC3339)+`","eventType":"AwsApiCall","eventCategory":"Management","managementEvent":true,"readOnly":true,"recipientAccountId":"`+w.Account+`",
		"userIdentity":{"type":"SAMLUser","userName":"joanna.doe"},"requestParameters":{"roleSessionName":"joanna.doe","roleArn":"arn:aws:iam::`+w.Account+`:role/`+w.Roles[0].Name+`"}}`))
}

func TestWatchIsInterrupted(t *testing.T) {
	code, out := watching(t, "mfa", func(all string, _ *demo.Running, stop func()) {
		if strings.Contains(all, "BROKEN") {
			stop()
		}
	})
	if code != ExitInterrupted {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
