//go:build unix

package terminal

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// AskBackground asks a terminal whether its paper is "light" or "dark"; ""
// where it does not tell, or takes longer than a person would notice.
func AskBackground(in, out *os.File) string {
	if in == nil || out == nil || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return ""
	}
	old, err := term.MakeRaw(in.Fd())
	if err != nil {
		return ""
	}
	defer func() { _ = term.Restore(in.Fd(), old) }()
	return ask(out, func(wait time.Duration) string {
		fds := []unix.PollFd{{Fd: int32(in.Fd()), Events: unix.POLLIN}}
		if n, err := unix.Poll(fds, int(wait.Milliseconds())); n <= 0 || err != nil {
			return ""
		}
		b := make([]byte, 256)
		n, err := unix.Read(int(in.Fd()), b)
		if n <= 0 || err != nil {
			return ""
		}
		return string(b[:n])
	})
}
