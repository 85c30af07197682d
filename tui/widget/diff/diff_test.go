package diff

import (
	"strings"
	"testing"

	"example.com/samlens/tui/style"
)

// marked writes a line with what differs in brackets and what was made
// visible in braces.
func marked(l style.Line) string {
	var b strings.Builder
	for _, s := range l.Spans {
		switch s.Ink {
		case style.Differ:
			b.WriteString("[" + s.Text + "]")
		case style.Odd:
			b.WriteString("{" + s.Text + "}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestPair(t *testing.T) {
	for _, c := range []struct{ a, b, wantA, wantB string }{
		{"JDoe@x", "jdoe@x", "[JD]oe@x", "[jd]oe@x"},
		{"jdoe ", "jdoe", "jdoe{␠}", "jdoe"},
		{" jdoe", "jdoe", "{␠}jdoe", "jdoe"},
		{"a b", "ab", "a{␠}b", "ab"},
		{"jdoe\u00a0x", "jdoe x", "jdoe{‹NBSP›}x", "jdoe{␠}x"},
		{"same", "same", "same", "same"},
		{"abc", "xyz", "abc", "xyz"},
		{"é1", "é2", "é[1]", "é[2]"},
		{"jdоe", "jdoe", "jd[о]e", "jd[o]e"}, // Cyrillic о
		{"", "x", "", "x"},
	} {
		a, b := Pair(c.a, c.b)
		if marked(a) != c.wantA || marked(b) != c.wantB {
			t.Errorf("Pair(%q, %q) = %s, %s; want %s, %s", c.a, c.b, marked(a), marked(b), c.wantA, c.wantB)
		}
	}
}

func FuzzPairLosesNothing(f *testing.F) {
	f.Add("jdoe ", " jdoe")
	f.Add("\xff\xfe", "\xff")
	f.Add("日", "日本")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Pair(a, b)
		for _, c := range []struct {
			l style.Line
			s string
		}{{x, a}, {y, b}} {
			if got, want := strings.NewReplacer("␠", " ").Replace(c.l.Text()), strings.NewReplacer("␠", " ").Replace(style.Clean(c.s)); got != want {
				t.Errorf("%q is drawn as %q", c.s, got)
			}
		}
	})
}

func TestUnified(t *testing.T) {
	var got []string
	for _, l := range Unified("{\n  \"a\": 1\n}\n", "{\n\t\"a\": 2\n}\n") {
		got = append(got, l.Text())
	}
	if s := strings.Join(got, "|"); s != `┄┄┄|  {|-   "a": 1|+   "a": 2|  }` {
		t.Errorf("%s", s)
	}
	if l := Unified(strings.Repeat("x", most), "y"); len(l) != 1 {
		t.Error("what is too large is compared")
	}
}
