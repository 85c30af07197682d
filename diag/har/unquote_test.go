package har

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzUnquote holds unquoting against encoding/json, wherever that takes the
// string, and what is left alone against the input.
func FuzzUnquote(f *testing.F) {
	f.Add(`plain text, longer than a word`)
	f.Add(`a\"b\\c\/\n\u00e9\ud83d\ude00\ud83d end of it`)
	f.Add("1234567\x80\xffü\u2028\\u003d")
	f.Add(`\u12`)
	f.Add(`12345678\`)
	f.Fuzz(func(t *testing.T, s string) {
		got := unquote([]byte(s))
		var want string
		if json.Unmarshal([]byte(`"`+s+`"`), &want) == nil && got != want {
			t.Fatalf("unquote(%q) = %q, encoding/json %q", s, got, want)
		}
		if !strings.Contains(s, `\`) && utf8.ValidString(s) && got != s {
			t.Fatalf("unquote(%q) = %q", s, got)
		}
	})
}
