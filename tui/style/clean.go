package style

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/samlens/diag/visible"
)

// marks is how many combining marks one letter may carry: no script needs
// more, and a name that carries hundreds is made to disturb.
const marks = 4

// Clean returns s with every character that a terminal would obey, or that a
// reader could not see, written out: "\x1b" as ‹ESC›, a no-break space as
// ‹NBSP›. Ordinary blanks stay.
func Clean(s string) string {
	if tame(s) {
		return s
	}
	var b strings.Builder
	for _, sp := range shown(s, Plain, 0, len(s)) {
		b.WriteString(sp.Text)
	}
	return b.String()
}

// tame reports whether Clean has nothing to do, which is nearly always.
func tame(s string) bool {
	i := 0
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x7e {
		i++
	}
	if i == len(s) {
		return true
	}
	run := 0
	for _, r := range s[i:] {
		if r == utf8.RuneError || name(r) != "" {
			return false
		}
		if unicode.Is(unicode.M, r) {
			if run++; run > marks {
				return false
			}
		} else {
			run = 0
		}
	}
	return true
}

// Shown returns s in ink, with what Clean writes out in the ink Odd, and with
// blanks at either end, which nobody would see, as "␠".
func Shown(s string, ink Ink) []Span {
	if s == "" {
		return nil
	}
	if tame(s) && s[0] != ' ' && s[len(s)-1] != ' ' {
		return []Span{{s, ink}}
	}
	return shown(s, ink, len(s)-len(strings.TrimLeft(s, " ")), len(strings.TrimRight(s, " ")))
}

// shown is Shown; blanks before lead and from trail on are written out.
func shown(s string, ink Ink, lead, trail int) []Span {
	var spans []Span
	put := func(text string, i Ink) {
		if n := len(spans); n > 0 && spans[n-1].Ink == i {
			spans[n-1].Text += text
			return
		}
		spans = append(spans, Span{text, i})
	}
	run, from := 0, -1 // from: where the text that needs no change began
	flush := func(to int) {
		if from >= 0 {
			put(s[from:to], ink)
			from = -1
		}
	}
	for i, r := range s {
		out := ""
		switch {
		case r == ' ' && (i < lead || i >= trail):
			out = "␠"
		case r == utf8.RuneError:
			out = broken(s[i:])
		case name(r) != "":
			out = name(r)
		case unicode.Is(unicode.M, r):
			if run++; run > marks {
				out = fmt.Sprintf("‹U+%04X›", r)
			}
		default:
			run = 0
		}
		if out == "" {
			if from < 0 {
				from = i
			}
			continue
		}
		flush(i)
		put(out, Odd)
	}
	flush(len(s))
	return spans
}

// broken names what stands at the start of s: a byte that is no UTF-8, or the
// replacement character itself.
func broken(s string) string {
	if _, n := utf8.DecodeRuneInString(s); n == 1 {
		return fmt.Sprintf("‹%02X›", s[0])
	}
	return "‹U+FFFD›"
}

// name writes a character that a terminal would obey or a reader not see, as
// reports write it; "" for one that shows as itself. A screen is stricter than
// a report: it also writes out what its font may not have.
func name(r rune) string {
	// ASCII, and the arrows, boxes and signs that we draw with: most of all
	// there is, and not worth four tables each.
	if r >= 0x20 && r < 0x7f || r >= 0x2190 && r < 0x2427 || r >= 0x2460 && r < 0x2800 {
		return ""
	}
	if n := visible.Name(r); n != "" {
		return n
	}
	if r > 0xa0 && (!unicode.IsGraphic(r) || r == 0x2800 || r == 0x034f) {
		return fmt.Sprintf("‹U+%04X›", r)
	}
	return ""
}
