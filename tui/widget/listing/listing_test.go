package listing

import (
	"strings"
	"testing"

	"example.com/samlens/tui/style"
)

func TestLines(t *testing.T) {
	doc := "{\r\n\t\"a\": \"x, \\\"y\\\": {\",\n  \"b\": [1, true]\n}\n"
	start := strings.Index(doc, "1, true")
	ls := Lines(doc, Light{0, 1, style.Quiet}, Light{start, start + 7, style.Bad}, Light{start + 3, start + 7, style.Good})
	if len(ls) != 4 {
		t.Fatalf("%d lines", len(ls))
	}
	inks := map[string]style.Ink{}
	for _, l := range ls {
		for _, s := range l.Line.Spans {
			inks[strings.TrimSpace(s.Text)] = s.Ink
		}
	}
	for text, want := range map[string]style.Ink{`"a"`: style.Attr, `"x, \"y\": {"`: style.Value, "1": style.Bad, "true": style.Good, "]": style.Quiet} {
		if got, ok := inks[text]; !ok || got != want {
			t.Errorf("%s is in ink %d, want %d", text, got, want)
		}
	}
	if got := Lines(""); len(got) != 1 {
		t.Errorf("an empty document has %d lines", len(got))
	}
}

// FuzzLines: every byte of a document is on one line, and all of a line is
// drawn, whatever is lit.
func FuzzLines(f *testing.F) {
	f.Add("{\n \"a\": 1\n}", 2, 5, 3, 9)
	f.Add("\"\\", -4, 1, 0, 2)
	f.Fuzz(func(t *testing.T, doc string, a, b, c, d int) {
		if len(doc) > 4096 {
			return
		}
		at := 0
		for _, l := range Lines(doc, Light{a, b, style.Bad}, Light{c, d, style.Good}) {
			if l.Start != at || l.End < l.Start || l.End > len(doc) {
				t.Fatalf("line %d..%d after %d", l.Start, l.End, at)
			}
			if want := style.Clean(strings.ReplaceAll(doc[l.Start:l.End], "\t", "  ")); plain(want) && l.Line.Text() != want {
				t.Fatalf("drew %q of %q", l.Line.Text(), want)
			}
			at = l.End
			for at < len(doc) && (doc[at] == '\r' || doc[at] == '\n') {
				if at++; doc[at-1] == '\n' {
					break
				}
			}
		}
	})
}

// plain reports whether a text can be cut anywhere without being written
// otherwise.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] > 0x7e {
			return false
		}
	}
	return true
}
