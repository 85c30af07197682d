package visible

import (
	"strings"
	"testing"
	"unicode"
)

func TestLineWritesOutWhatCannotBeSeen(t *testing.T) {
	for in, want := range map[string]string{
		"jdoe":              "jdoe",
		"":                  "",
		" jdoe ":            "␠jdoe␠",
		"a b":               "a b",
		"jdoe\u00a0":        "jdoe‹NBSP›",
		"j\u200bdoe":        "j‹ZWSP›doe",
		"x\x1b]52;c;AA\x07": "x‹ESC›]52;c;AA‹U+0007›",
		"a\u202eb":          "a‹RLO›b",
		"a\r\nb":            "a␍␤b",
		"\xff":              "‹FF›",
		"日本 ana":            "日本 ana",
		"\u2028":            "‹U+2028›",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBlockKeepsLines(t *testing.T) {
	if got := Block("a\n\tb\x1b[0m"); got != "a\n\tb‹ESC›[0m" {
		t.Errorf("got %q", got)
	}
}

func TestCutKeepsBothEnds(t *testing.T) {
	got := Cut(strings.Repeat("a", 50)+strings.Repeat("z", 50), 20)
	if len([]rune(got)) != 20 || !strings.HasPrefix(got, "aaa") || !strings.HasSuffix(got, "zzz") {
		t.Errorf("got %q", got)
	}
}

func FuzzLine(f *testing.F) {
	f.Add("jdoe\x1b[2J")
	f.Add("\u202e\ufeff ")
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range Line(s) {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' {
				t.Fatalf("Line(%q) lets %U through", s, r)
			}
		}
	})
}
