package terminal

import (
	"strings"
	"testing"
	"time"
)

// answering is a terminal that answers what it knows.
type answering struct {
	asked   strings.Builder
	waiting []string
	paper   string
	mute    bool
}

func (a *answering) Write(p []byte) (int, error) {
	a.asked.Write(p)
	if strings.Contains(string(p), paper) && a.paper != "" {
		a.waiting = append(a.waiting, "\x1b]11;rgb:"+a.paper+"\x1b\\")
	}
	if strings.Contains(string(p), attributes) && !a.mute {
		a.waiting = append(a.waiting, "\x1b[?62;", "4c")
	}
	return len(p), nil
}

func (a *answering) read(time.Duration) string {
	if len(a.waiting) == 0 {
		return ""
	}
	s := a.waiting[0]
	a.waiting = a.waiting[1:]
	return s
}

func TestBackgroundIsAskedOfTerminalsThatAnswer(t *testing.T) {
	for _, c := range []struct {
		a    answering
		want string
	}{
		{answering{paper: "ffff/ffff/ffff"}, "light"},
		{answering{paper: "1e/1e/2e"}, "dark"},
		{answering{paper: "fdfd/f6f6/e3e3"}, "light"},
		{answering{}, ""},
		{answering{mute: true, paper: "ff/ff/ff"}, ""},
	} {
		if got := ask(&c.a, c.a.read); got != c.want {
			t.Errorf("%s: %q, want %q", c.a.paper, got, c.want)
		}
		if len(c.a.waiting) > 0 {
			t.Errorf("%s: %q is left to be taken for keys", c.a.paper, c.a.waiting)
		}
		if c.a.mute && strings.Contains(c.a.asked.String(), paper) {
			t.Error("a terminal that does not answer is asked on")
		}
	}
}
