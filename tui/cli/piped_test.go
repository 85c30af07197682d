//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A capture that is piped in leaves the keyboard to the person: keys come from
// the terminal, not from the pipe.
func TestKeysComeFromTheTerminalWhereACaptureIsPipedIn(t *testing.T) {
	b := newBench(t)
	har, _ := b.incident("healthy")
	file, err := os.Open(har)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	repo, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "samlens-drawn")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--offline", "-"}, {"--offline"}, {"demo"}} {
		if _, err := file.Seek(0, 0); err != nil {
			t.Fatal(err)
		}
		s := newSeat(t)
		c := exec.CommandContext(t.Context(), name, args...)
		c.Stdin, c.Stdout, c.Stderr = file, s.tty, s.tty
		c.Env = []string{"TERM=xterm-256color", "COLORFGBG=15;0", "NOW=2026-11-23T09:00:00Z", "REPO=" + repo, "HOME=" + t.TempDir(), "AWS_EC2_METADATA_DISABLED=true"}
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		s.when("quit", "q")
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Errorf("%v: q does not quit", args)
			_ = c.Process.Kill()
			<-ended
		}
	}
}
