package terminal

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

func env(kv ...string) func(string) string {
	return func(k string) string {
		for i := 0; i < len(kv); i += 2 {
			if kv[i] == k {
				return kv[i+1]
			}
		}
		return ""
	}
}

func TestCopy(t *testing.T) {
	const text = "aws iam …\n"
	coded := base64.StdEncoding.EncodeToString([]byte(text))
	for name, c := range map[string]struct {
		env  func(string) string
		want []string
	}{
		"plain":  {env(), []string{"\x1b]52;c;" + coded + "\x07"}},
		"tmux":   {env("TMUX", "/tmp/x"), []string{"\x1b]52;c;" + coded + "\x07", "\x1bPtmux;\x1b\x1b]52;c;" + coded}},
		"screen": {env("STY", "1"), []string{"\x1bP\x1b]52;c;" + coded}},
	} {
		var out strings.Builder
		by, err := Clipboard{Out: &out, Env: c.env}.Copy(text)
		if err != nil || by != "OSC 52" {
			t.Errorf("%s: %q, %v", name, by, err)
		}
		for _, w := range c.want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%s: %q lacks %q", name, out.String(), w)
			}
		}
	}
}

func TestCopyOfTooMuchIsRefusedAndNotCut(t *testing.T) {
	var out strings.Builder
	long := strings.Repeat("x", Most+1)
	if by, err := (Clipboard{Out: &out}).Copy(long); !errors.Is(err, ErrLarge) || by != "" || out.Len() > 0 {
		t.Errorf("%q, %v, %d bytes written", by, err, out.Len())
	}
	var got string
	if by, err := (Clipboard{Out: &out, Write: func(s string) error { got = s; return nil }}).Copy(long); err != nil || by != "clipboard" || got != long {
		t.Errorf("%q, %v", by, err)
	}
}

func TestClipboardThatFailsIsNoTrouble(t *testing.T) {
	var out strings.Builder
	if by, err := (Clipboard{Out: &out, Write: func(string) error { return errors.New("no display") }}).Copy("x"); err != nil || by != "OSC 52" {
		t.Errorf("%q, %v", by, err)
	}
	if _, err := (Clipboard{}).Copy("x"); err == nil {
		t.Error("a copy to nowhere is called a copy")
	}
	if _, err := (Clipboard{}).Paste(); err == nil {
		t.Error("a paste from nowhere is called a paste")
	}
}

func TestProfile(t *testing.T) {
	for _, c := range []struct {
		env  func(string) string
		want termenv.Profile
	}{
		{env("TERM", "xterm-256color", "COLORTERM", "truecolor"), termenv.TrueColor},
		{env("TERM", "xterm-256color", "COLORTERM", "truecolor", "NO_COLOR", "1"), termenv.Ascii},
		{env("TERM", "xterm-256color"), termenv.ANSI256},
		{env("TERM", "xterm"), termenv.ANSI},
		{env("TERM", "linux"), termenv.ANSI},
		{env("TERM", "dumb"), termenv.Ascii},
		{env("TERM", "xterm-kitty"), termenv.TrueColor},
	} {
		if got := Profile(c.env); got != c.want {
			t.Errorf("%s with TERM=%s", got.Name(), c.env("TERM"))
		}
	}
}

func TestLocaleAndBackground(t *testing.T) {
	if UTF8(env("LANG", "C")) || !UTF8(env("LANG", "C", "LC_ALL", "en_US.UTF-8")) || !UTF8(env("LC_CTYPE", "C.utf8")) {
		t.Error("the locale is misread")
	}
	for v, want := range map[string]string{"15;0": "dark", "0;15": "light", "0;default;15": "light", "": "", "x": "", "7;x": ""} {
		if got := Background(env("COLORFGBG", v)); got != want {
			t.Errorf("COLORFGBG=%s: %q", v, got)
		}
	}
}
