package markup

import (
	"strings"
	"time"
)

// Time reads an xs:dateTime in UTC or with an offset, white space around it
// allowed as the type's facet has it. One without a zone is refused: SAML
// wants UTC, and nothing tells which zone was meant.
func Time(s string) (time.Time, bool) {
	s = strings.Trim(s, " \t\r\n")
	// time.Parse is more lenient than the type: it takes 2026-1-2 and commas.
	if len(s) < len("2006-01-02T15:04:05Z") || strings.IndexByte(s, ',') >= 0 {
		return time.Time{}, false
	}
	for i, want := range "dddd-dd-ddTdd:dd:dd" {
		if digit := s[i] >= '0' && s[i] <= '9'; want == 'd' && !digit || want != 'd' && rune(s[i]) != want {
			return time.Time{}, false
		}
	}
	if strings.HasPrefix(s[10:], "T24:00:00") { // the end of the day
		t, ok := Time(s[:10] + "T00:00:00" + s[19:])
		return t.Add(24 * time.Hour), ok
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, false
	}
	return t.UTC(), true
}
