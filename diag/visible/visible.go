// Package visible writes strings of the evidence so that a person sees what is
// in them and a terminal executes none of it.
//
// Values come from an IdP, a capture or AWS, and anyone may have put anything
// into them: escape sequences, marks that turn the writing direction, spaces
// that are none. Every view sends what it shows through here.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s on one line, everything that cannot be seen written out:
// "\n" as ␤, a tab as ␉, a no-break space as ‹NBSP›, other controls and format
// characters as ‹U+202E›. Plain spaces stay, but for those at either end,
// which become ␠.
func Line(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	lead := len(s) - len(strings.TrimLeft(s, " "))
	tail := len(strings.TrimRight(s, " "))
	for i, r := range s {
		if r == ' ' && (i < lead || i >= tail) {
			b.WriteRune('␠')
			continue
		}
		write(&b, s[i:], r)
	}
	return b.String()
}

// Block is Line for text of several lines: line ends and tabs stay as they
// are, and so do spaces.
func Block(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i, r := range s {
		if r == '\n' || r == '\t' {
			b.WriteRune(r)
			continue
		}
		write(&b, s[i:], r)
	}
	return b.String()
}

// clean reports whether s can be shown as it is: the common case.
func clean(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

func write(b *strings.Builder, rest string, r rune) {
	if r == utf8.RuneError {
		if _, n := utf8.DecodeRuneInString(rest); n == 1 {
			fmt.Fprintf(b, "‹%02X›", rest[0])
			return
		}
	}
	if name := Name(r); name != "" {
		b.WriteString(name)
		return
	}
	b.WriteRune(r)
}

// Name returns how a character that cannot be seen, or that acts on the
// terminal, is written out; "" for one that shows as itself.
func Name(r rune) string {
	switch r {
	case '\n':
		return "␤"
	case '\r':
		return "␍"
	case '\t':
		return "␉"
	case 0x1b:
		return "‹ESC›"
	case 0xa0:
		return "‹NBSP›"
	case 0x200b:
		return "‹ZWSP›"
	case 0x200c:
		return "‹ZWNJ›"
	case 0x200d:
		return "‹ZWJ›"
	case 0xfeff:
		return "‹BOM›"
	case 0xad:
		return "‹SHY›"
	case 0x202e:
		return "‹RLO›"
	}
	odd := r != ' ' && unicode.Is(unicode.Zs, r) ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) ||
		unicode.Is(unicode.Variation_Selector, r) || r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0
	if odd {
		return fmt.Sprintf("‹U+%04X›", r)
	}
	return ""
}

// Cut shortens s to at most n runes by leaving out its middle.
func Cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n || n < 5 {
		return s
	}
	head := (n - 1) * 2 / 3
	return string(r[:head]) + "…" + string(r[len(r)-(n-1-head):])
}
