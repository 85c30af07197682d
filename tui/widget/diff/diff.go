// Package diff draws what differs: two values letter by letter, two documents
// line by line.
package diff

import (
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"example.com/samlens/tui/style"
)

// Pair draws two values with the part that differs marked in each. Where they
// have nothing in common at either end, both are shown whole and unmarked: all
// of it differs.
func Pair(a, b string) (style.Line, style.Line) {
	head := common(a, b)
	tail := commonEnd(a[head:], b[head:])
	if head+tail == 0 || a == b {
		return style.Line{}.Show(style.Strong, a), style.Line{}.Show(style.Plain, b)
	}
	return mark(a, head, tail), mark(b, head, tail)
}

func mark(s string, head, tail int) style.Line {
	// Blanks at the ends are visible by themselves; inside a marked part
	// they have to be made so.
	mid := s[head : len(s)-tail]
	l := ends(s[:head], true)
	if mid != "" && strings.TrimSpace(mid) == "" {
		l = l.Add(style.Odd, strings.ReplaceAll(style.Clean(mid), " ", "␠"))
	} else {
		l = l.Show(style.Differ, mid)
	}
	return l.Join(ends(s[len(s)-tail:], false))
}

// ends shows the outer part of a value: only its outer end can hold blanks
// that nobody sees.
func ends(s string, first bool) style.Line {
	inner := strings.TrimRight(s, " ")
	if !first {
		inner = strings.TrimLeft(s, " ")
	}
	blank := s[:len(s)-len(inner)]
	if first {
		return style.Line{}.Show(style.Plain, inner).Add(style.Plain, blank)
	}
	return style.New(style.Plain.Of(blank)).Show(style.Plain, inner)
}

// common is how many bytes a and b begin with alike, whole characters.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) {
		r, size := utf8.DecodeRuneInString(a[n:])
		q, other := utf8.DecodeRuneInString(b[n:])
		if r != q || size != other || r == utf8.RuneError && a[n] != b[n] {
			break
		}
		n += size
	}
	return n
}

// commonEnd is how many bytes a and b end with alike, whole characters.
func commonEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) {
		r, size := utf8.DecodeLastRuneInString(a[:len(a)-n])
		q, other := utf8.DecodeLastRuneInString(b[:len(b)-n])
		if r != q || size != other || r == utf8.RuneError && a[len(a)-n-1] != b[len(b)-n-1] {
			break
		}
		n += size
	}
	return n
}

// most bounds the documents that are compared: policies and metadata are far
// smaller, and the comparison's cost grows with the square.
const most = 256 << 10

// Unified draws the lines that change between two documents, with three lines
// around each change.
func Unified(before, after string) []style.Line {
	if len(before)+len(after) > most {
		return []style.Line{style.New(style.Quiet.Of("too large to be compared here"))}
	}
	text := udiff.Unified("before", "after", before, after)
	var out []style.Line
	for i, s := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		s = strings.ReplaceAll(s, "\t", "  ")
		switch {
		case i < 2, s == `\ No newline at end of file`:
		case strings.HasPrefix(s, "@@"):
			out = append(out, style.New(style.Edge.Of("┄┄┄")))
		case strings.HasPrefix(s, "+"):
			out = append(out, style.New(style.Added.Of("+ "+s[1:])))
		case strings.HasPrefix(s, "-"):
			out = append(out, style.New(style.Gone.Of("- "+s[1:])))
		default:
			out = append(out, style.New(style.Quiet.Of("  "+strings.TrimPrefix(s, " "))))
		}
	}
	return out
}
