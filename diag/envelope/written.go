package envelope

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// hex resolves a value that was written as hexadecimal digits, with 0x in
// front, \x before each byte or marks between them. No base64 of a document
// is such a text: it begins with P or 7, 77 or //.
func (t *text) hex() {
	b := bytes.TrimSpace(t.b)
	if len(b) < 32 {
		return
	}
	digits := 0
	for i, c := range b {
		switch {
		case hexDigit(c) >= 0:
			digits++
		case (c == 'x' || c == 'X') && i > 0 && (b[i-1] == '0' || b[i-1] == '\\'):
			if b[i-1] == '0' {
				digits--
			}
		case c <= ' ' || c == ':' || c == '-' || c == ',' || c == '\\':
		default:
			return
		}
	}
	if digits%2 != 0 {
		return
	}
	t.noted("hexadecimal digits undone", func(rest []byte) (int, []byte) {
		for i, c := range rest[:min(len(rest), 4)] {
			switch d := hexDigit(c); {
			case d == 0 && i+1 < len(rest) && rest[i+1]|0x20 == 'x':
			case d < 0:
			case i+1 < len(rest) && hexDigit(rest[i+1]) >= 0:
				return i + 2, []byte{byte(d<<4 | hexDigit(rest[i+1]))}
			default:
				return i + 1, nil
			}
		}
		return min(len(rest), 4), nil
	})
}

// script resolves the escapes of a string of JSON or of a script that lie
// over a document that stands in the text as it is.
func (t *text) script() {
	if !bytes.Contains(t.b, []byte(`=\"`)) || bytes.Contains(t.b, []byte(`="`)) {
		return
	}
	if n := len(t.b) - 1; t.b[n] == '"' {
		t.trim(0, 1)
	}
	t.noted("escapes of JSON resolved", func(rest []byte) (int, []byte) {
		if n, put := jsonEscape(rest); n > 0 {
			switch rest[1] {
			case 'r':
				put = []byte{'\r'}
			case 't':
				put = []byte{'\t'}
			}
			return n, put
		}
		r, n := escapedUnit(rest)
		if n == 0 {
			return 0, nil
		}
		if low, m := escapedUnit(rest[n:]); utf16.IsSurrogate(r) && m > 0 {
			r, n = utf16.DecodeRune(r, low), n+m
		}
		return n, utf8.AppendRune(nil, r)
	})
}

// escapedUnit reads one \uXXXX; n is 0 where there is none.
func escapedUnit(b []byte) (r rune, n int) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, 0
	}
	for _, c := range b[2:6] {
		d := hexDigit(c)
		if d < 0 {
			return 0, 0
		}
		r = r<<4 | rune(d)
	}
	return r, 6
}
