package redact

import "bufio"

// maxString is how much of one JSON string is read, in bytes of the file. What
// is longer is a picture or a program, and would go anyway; a SAML message has
// at most 100,000.
const maxString = 4 << 20

// shortener hands JSON on with every string cut to maxString, so that a body of
// any size takes no more memory than that.
type shortener struct {
	r      *bufio.Reader
	inside bool
	escape int // -1 behind a backslash, else hexadecimal digits still to come
	length int
	skip   bool
}

// Read implements io.Reader.
func (s *shortener) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		c, err := s.r.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if s.keep(c) {
			p[n] = c
			n++
		}
		if n > 0 && s.r.Buffered() == 0 {
			break
		}
	}
	return n, nil
}

// keep takes note of a byte and reports whether it is handed on. No escape is
// cut in two.
func (s *shortener) keep(c byte) bool {
	if !s.inside {
		s.inside, s.length = c == '"', 0
		return true
	}
	if s.length++; s.length > maxString && s.escape == 0 {
		s.skip = true
	}
	switch {
	case s.escape < 0 && c == 'u':
		s.escape = 4
	case s.escape < 0:
		s.escape = 0
	case s.escape > 0:
		s.escape--
	case c == '\\':
		s.escape = -1
	case c == '"':
		s.inside, s.skip = false, false
	}
	return !s.skip
}
