package symptom

import (
	"strings"
	"testing"
)

func BenchmarkMatchSentence(b *testing.B) {
	for b.Loop() {
		Match("roll session name is required in authen response (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken)")
	}
}

func BenchmarkInPageLine(b *testing.B) {
	for b.Loop() {
		InPage("Recently visited services and a few more words of a console page")
	}
}

func BenchmarkMatchLongest(b *testing.B) {
	var s strings.Builder
	for i := range 1500 {
		s.WriteString("word" + strings.Repeat(string(rune('a'+i%26)), 1+i%7) + " ")
	}
	for b.Loop() {
		Match(s.String())
	}
}
