package capture

import (
	"strings"
	"unicode/utf8"

	"example.com/samlens/diag/expression"
)

// namedPart is a value that is named as a secret, in a tag or a script.
var namedPart = expression.Lazy(`(?i)((?:token|secret|passw|session|authstate|csrf|nonce|credential)[\w.-]*["']?\s*(?:[^<>\n]*?\bvalue\s*=|[:=])\s*["'])[^"'<>\n]{6,}`)

// secretWords are those that namedPart begins with.
var secretWords = [...]string{"token", "secret", "passw", "session", "authstate", "csrf", "nonce", "credential"}

// cutNamed takes out the values that are named as secrets. No such value
// crosses an angle bracket: only what stands between two of them and holds
// one of the words is shown to the expression, which would otherwise take
// more time for a few pages than reading a large archive does.
func cutNamed(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for done := false; !done; {
		i := strings.IndexAny(s, "<>")
		if done = i < 0; done {
			i = len(s) - 1
		}
		part := s[:i+1]
		if s = s[i+1:]; secretWord(part) {
			part = namedPart().ReplaceAllString(part, "${1}[cut]")
		}
		b.WriteString(part)
	}
	return b.String()
}

// secretWord reports whether s holds one of secretWords in any case.
func secretWord(s string) bool {
	for i := range len(s) - 1 {
		if letters[s[i]]&(letters[s[i+1]]>>8) == 0 {
			continue
		}
		for _, w := range secretWords {
			if beginsWith(s[i:], w) {
				return true
			}
		}
	}
	return false
}

// letters has a bit for each of secretWords: a low one where the word can
// begin with the byte, a high one where the byte can follow its first. Other
// than ASCII bytes may be the long s.
var letters = func() (t [256]uint16) {
	for i, w := range secretWords {
		for at, bit := range [...]uint16{1 << i, 1 << (8 + i)} {
			t[w[at]] |= bit
			t[w[at]-0x20] |= bit
		}
	}
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = 0xffff
	}
	return t
}()

// beginsWith reports whether s begins with a word of lower-case ASCII letters,
// in any case as (?i) has it: to it the long s and the Kelvin sign are letters
// of ours.
func beginsWith(s, word string) bool {
	for i := range len(word) {
		if s == "" {
			return false
		}
		c, n := s[0], 1
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		} else if c >= utf8.RuneSelf {
			switch r, size := utf8.DecodeRuneInString(s); r {
			case 'ſ':
				c, n = 's', size
			case '\u212A':
				c, n = 'k', size
			}
		}
		if c != word[i] {
			return false
		}
		s = s[n:]
	}
	return true
}
