package har

import (
	"strings"
	"testing"
)

// FuzzClosing holds the search for the end of a string against reading it
// byte by byte, with every start up to a word into the text.
func FuzzClosing(f *testing.F) {
	f.Add(`abc"`, false)
	f.Add(`"`, true)
	f.Add(`\"\\"`, true)
	f.Add(strings.Repeat(`\"#"!`, 3)+`\\\\\\\\"`, false)
	f.Add(strings.Repeat("x", 63)+`\"`+strings.Repeat("y", 70)+`\\"`, false)
	f.Add(strings.Repeat("\\", 130)+`"`, true)
	f.Add(strings.Repeat("\xa2", 9)+`"`, false)
	f.Fuzz(func(t *testing.T, s string, odd bool) {
		for n := range min(len(s), 9) {
			b := []byte(s[n:])
			want, skip := -1, odd
			for i, c := range b {
				switch {
				case skip:
					skip = false
				case c == '\\':
					skip = true
				case c == '"':
					want = i + 1
				}
				if want >= 0 {
					break
				}
			}
			if got := closing(b, odd); got != want {
				t.Fatalf("closing(%q, %v) = %d, byte by byte %d", b, odd, got, want)
			}
			if want < 0 && (slashes(b, odd)&1 == 1) != skip {
				t.Fatalf("slashes(%q, %v) tells another parity", b, odd)
			}
		}
	})
}

// TestClosingFindsEveryQuote puts a quote, escaped or not, at every distance.
func TestClosingFindsEveryQuote(t *testing.T) {
	for n := range 300 {
		for _, slashes := range []int{0, 1, 2, 3, 8, 9} {
			s := strings.Repeat("a", n) + strings.Repeat(`\`, slashes) + `"`
			want := len(s)
			if slashes%2 == 1 {
				s += strings.Repeat("b", n) + `"`
				want = len(s)
			}
			if got := closing([]byte(s+`,"`), false); got != want {
				t.Fatalf("%d bytes, %d backslashes: %d, want %d", n, slashes, got, want)
			}
		}
	}
}
