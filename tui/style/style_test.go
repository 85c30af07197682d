package style

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"  plain  text ":         "  plain  text ",
		"\x1b[31mred":            "‹ESC›[31mred",
		"a\u00a0b":               "a‹NBSP›b",
		"a\u202eb":               "a‹RLO›b",
		"tab\tand\nline":         "tab␉and␤line",
		"\x9b31m":                "‹9B›31m",
		"\u009b31m":              "‹U+009B›31m",
		"half\xe2\x82":           "half‹E2›‹82›",
		"zero\u200bwidth":        "zero‹ZWSP›width",
		"日本 é e\u0301":           "日本 é e\u0301",
		"e" + marked(6):          "e" + marked(4) + "‹U+0301›‹U+0301›",
		"\ufffd":                 "‹U+FFFD›",
		"\u2800 braille blank":   "‹U+2800› braille blank",
		"\U000e0041 tag":         "‹U+E0041› tag",
		"━ drawn ✓ \u2713":       "━ drawn ✓ ✓",
		"fullwidth Ａ stays Ａ":    "fullwidth Ａ stays Ａ",
		"variation \u2764\ufe0f": "variation ❤‹U+FE0F›",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func marked(n int) string { return strings.Repeat("\u0301", n) }

func TestShownMarksBlanksAtTheEnds(t *testing.T) {
	l := Line{}.Show(Plain, " jdoe ")
	if l.Text() != "␠jdoe␠" || l.Spans[0].Ink != Odd || l.Spans[1].Ink != Plain {
		t.Errorf("%+v", l)
	}
}

func FuzzNothingRawComesThrough(f *testing.F) {
	f.Add("\x1b]52;c;AAAA\x07", "e\u0301\u0301", 10)
	f.Add("日本語", "\u202e👩\u200d👧", 3)
	f.Add("🇩🇪🇫", "\u094d\u0939", 7)
	f.Fuzz(func(t *testing.T, a, b string, w int) {
		if w < 0 || w > 300 || len(a)+len(b) > 1<<12 {
			return
		}
		l := New(Bad.Of(a)).Show(Plain, b).To(w/2).Add(Key, a)
		for _, th := range []*Theme{Bare(), For(Options{Name: "dark"}), For(Options{Name: "mono", Profile: termenv.Ascii, ASCII: true})} {
			for _, line := range append(Wrap(l, max(1, w), 3), l, l.Cut(w/2), Highlight(l, b, Match), Spread(l, l, w)) {
				var out strings.Builder
				th.Paint(&out, line, w)
				if n := ansi.StringWidth(out.String()); n != w {
					t.Fatalf("%d cells of %d: %q", n, w, out.String())
				}
				for s := ansi.Strip(out.String()); s != ""; {
					r, n := utf8.DecodeRuneInString(s)
					if name(r) != "" || r == utf8.RuneError || th.ascii && r > 0x7e {
						t.Fatalf("%q comes through in %q", r, out.String())
					}
					s = s[n:]
				}
			}
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in      string
		w, hang int
		want    string
	}{
		{"one two three", 7, 0, "one two|three"},
		{"one two three", 100, 0, "one two three"},
		{"  indented text here", 13, 2, "  indented|  text here"},
		{"arn:aws:iam::123456789012:role/ConnectAgents", 30, 0, "arn:aws:iam::123456789012:|role/ConnectAgents"},
		{"x aaaaaaaaaaaaaaaaaaaaaaaa", 10, 0, "x|aaaaaaaaaa|aaaaaaaaaa|aaaa"},
		{"日本語日本語", 5, 0, "日本|語日|本語"},
		{"", 5, 0, ""},
	} {
		var got []string
		for _, l := range Wrap(New(Plain.Of(c.in)), c.w, c.hang) {
			got = append(got, l.Text())
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("Wrap(%q, %d, %d) = %q, want %q", c.in, c.w, c.hang, s, c.want)
		}
	}
}

func TestWrapKeepsAWordOfSeveralInksTogether(t *testing.T) {
	l := New(Plain.Of("see "), Bad.Of("certi"), Good.Of("ficate"))
	got := Wrap(l, 12, 0)
	if len(got) != 2 || got[1].Text() != "certificate" || len(got[1].Spans) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestCuts(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Cut("abcdef", 4), "abc…"}, {Cut("abc", 3), "abc"}, {Cut("日本語", 4), "日…"}, {Cut("abc", 0), ""},
		{CutLeft("/a/b/c/d", 5), "…/c/d"}, {CutLeft("日本語", 4), "…語"},
		{CutMiddle("0123456789", 5), "01…89"}, {CutMiddle("short", 9), "short"},
		{Pad("ab", 4), "ab  "}, {PadLeft("ab", 4), "  ab"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWidthAgreesWithTheLibrary(t *testing.T) {
	for r := rune(0x20); r < 0x3000; r++ {
		if narrow(r) && ansi.StringWidth(string(r)) != 1 {
			t.Errorf("%q is taken for one cell and takes %d", r, ansi.StringWidth(string(r)))
		}
	}
	for _, s := range []string{"✓\u0301x", "…日", "━━", "\x7f", "✓\ufe0f"} {
		if Width(s) != ansi.StringWidth(s) {
			t.Errorf("%q: %d", s, Width(s))
		}
	}
}

func TestFindMindsNoCase(t *testing.T) {
	for _, c := range []struct {
		s, q       string
		start, end int
	}{{"RoleSessionName", "session", 4, 11}, {"Ärger", "äR", 0, 3}, {"abc", "", -1, -1}, {"abc", "x", -1, -1}, {"İx", "X", 2, 3}} {
		if a, b := Find(c.s, c.q); a != c.start || b != c.end {
			t.Errorf("Find(%q, %q) = %d, %d", c.s, c.q, a, b)
		}
	}
}

func TestHighlightRunsAcrossSpans(t *testing.T) {
	l := Highlight(New(Tag.Of("saml:"), Attr.Of("Name")), "L:NA", Match)
	var got []string
	for _, s := range l.Spans {
		if s.Ink == Match {
			got = append(got, s.Text)
		}
	}
	if strings.Join(got, "+") != "l:+Na" || l.Text() != "saml:Name" {
		t.Errorf("%+v", l)
	}
}

func TestEveryThemeLooksDifferentWhereItMatters(t *testing.T) {
	for _, n := range Names() {
		if n == "plain" {
			continue
		}
		for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
			th := For(Options{Name: n, Profile: p})
			for _, ink := range []Ink{Strong, Bad, Key, BadSeal, Here, Odd, Differ} {
				if th.on[Paper][ink] == th.on[Paper][Plain] {
					t.Errorf("%s, %s: ink %d looks plain", n, p.Name(), ink)
				}
			}
			if th.on[Cursor][Plain] == th.on[Paper][Plain] {
				t.Errorf("%s, %s: the cursor's row looks plain", n, p.Name())
			}
			if p == termenv.Ascii && strings.ContainsAny(th.on[Cursor][BadSeal], "89") {
				t.Errorf("%s: colours without colour: %q", n, th.on[Cursor][BadSeal])
			}
		}
	}
}

func BenchmarkPaint(b *testing.B) {
	th := For(Options{Name: "dark"})
	l := New(Good.Of("✓ "), Plain.Of("saml:Attribute"), Attr.Of(" Name="), Value.Of("https://aws.amazon.com/SAML/Attributes/Role"))
	var out strings.Builder
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		th.Paint(&out, l, 120)
	}
}
