package har

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote resolves the escapes of a JSON string's inside as encoding/json
// does: what is no UTF-8 and halves of surrogate pairs become U+FFFD. Raw
// control characters and unknown escapes, which JSON forbids, stay as they
// are.
func unquote(raw []byte) string {
	plain := plainRun(raw)
	if plain == len(raw) {
		return string(raw)
	}
	var s strings.Builder
	s.Grow(len(raw))
	for i := 0; i < len(raw); plain = plainRun(raw[i:]) {
		s.Write(raw[i : i+plain])
		if i += plain; i == len(raw) {
			break
		}
		if raw[i] == '\\' {
			if i+1 == len(raw) {
				s.WriteByte('\\')
				i++
				continue
			}
			i += escape(&s, raw[i:])
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		s.WriteRune(r)
		i += n
	}
	return s.String()
}

// plainRun returns how many bytes b begins with that are ASCII and no
// backslash.
func plainRun(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		word := binary.LittleEndian.Uint64(b[i:])
		// What is no ASCII has the highest bit itself.
		if m := zeros(word^slashMarks) | word&high; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for ; i < len(b) && b[i] != '\\' && b[i] < utf8.RuneSelf; i++ {
	}
	return i
}

// escape writes what the escape at the beginning of b stands for and returns
// its length.
func escape(s *strings.Builder, b []byte) int {
	switch b[1] {
	case 'b':
		s.WriteByte('\b')
	case 'f':
		s.WriteByte('\f')
	case 'n':
		s.WriteByte('\n')
	case 'r':
		s.WriteByte('\r')
	case 't':
		s.WriteByte('\t')
	case '"', '\\', '/', '\'':
		s.WriteByte(b[1])
	case 'u':
		r := hex4(b)
		if r < 0 {
			s.WriteByte('\\')
			return 1
		}
		if utf16.IsSurrogate(r) {
			if both := utf16.DecodeRune(r, hex4(b[6:])); both != utf8.RuneError {
				s.WriteRune(both)
				return 12
			}
			r = utf8.RuneError
		}
		s.WriteRune(r)
		return 6
	default:
		s.WriteByte('\\')
		return 1
	}
	return 2
}

// hex4 reads the escape \uXXXX at the beginning of b; -1 where there is none.
func hex4(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range b[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}
