package style

import (
	"unicode"
	"unicode/utf8"
)

// Find returns where q first occurs in s, and where it ends, without regard
// to case. It returns -1 where it does not, and for an empty q.
func Find(s, q string) (start, end int) {
	if q == "" {
		return -1, -1
	}
	for i := range s {
		if n := prefix(s[i:], q); n >= 0 {
			return i, i + n
		}
	}
	return -1, -1
}

// Has reports whether q occurs in s, without regard to case.
func Has(s, q string) bool {
	i, _ := Find(s, q)
	return i >= 0
}

// prefix returns how many bytes of s q stands for, -1 where s does not begin
// with it.
func prefix(s, q string) int {
	n := 0
	for len(q) > 0 {
		if n == len(s) {
			return -1
		}
		a, b := s[n], q[0]
		if a < utf8.RuneSelf && b < utf8.RuneSelf {
			if a != b && lower(a) != lower(b) {
				return -1
			}
			n, q = n+1, q[1:]
			continue
		}
		r, rn := utf8.DecodeRuneInString(s[n:])
		p, pn := utf8.DecodeRuneInString(q)
		if r != p && unicode.ToLower(r) != unicode.ToLower(p) {
			return -1
		}
		n, q = n+rn, q[pn:]
	}
	return n
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// Highlight returns l with every occurrence of q in ink. What it looks for
// may run across spans.
func Highlight(l Line, q string, ink Ink) Line {
	text := l.Text()
	if !Has(text, q) {
		return l
	}
	out := Line{Back: l.Back}
	span, off := 0, 0 // where in l.Spans the text so far ends
	put := func(n int, found bool) {
		for n > 0 {
			s := l.Spans[span]
			m := min(n, len(s.Text)-off)
			piece := Span{s.Text[off : off+m], s.Ink}
			if found {
				piece.Ink = ink
			}
			out.Spans = append(out.Spans, piece)
			if off += m; off == len(s.Text) {
				span, off = span+1, 0
			}
			n -= m
		}
	}
	for text != "" {
		i, end := Find(text, q)
		if i < 0 {
			put(len(text), false)
			break
		}
		put(i, false)
		put(end-i, true)
		text = text[end:]
	}
	return out
}
