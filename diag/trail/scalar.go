package trail

import (
	"bytes"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// str returns the scalar at b[v] as text; "" for null, objects and arrays.
func str(b []byte, v int) string {
	end := skip(b, v)
	if end < 0 || v >= len(b) {
		return ""
	}
	switch b[v] {
	case '"':
		return unescape(b[v+1 : end-1])
	case '{', '[', 'n':
		return ""
	}
	return string(b[v:end])
}

// unescape resolves the escapes of a JSON string given without its quotes.
func unescape(s []byte) string {
	if bytes.IndexByte(s, '\\') < 0 {
		return strings.ToValidUTF8(string(s), "\uFFFD")
	}
	quoted := make([]byte, 0, len(s)+2)
	quoted = append(append(append(quoted, '"'), s...), '"')
	out, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil && len(out) == 0 {
		return strings.ToValidUTF8(string(s), "\uFFFD")
	}
	return string(out)
}

// instant reads eventTime, which SQL results write with a blank.
func instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05.999999999 MST"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// expiry reads the expiration of credentials, which older records write
// without the second comma.
func expiry(s string) time.Time {
	for _, layout := range []string{"Jan 2, 2006, 3:04:05 PM", "Jan 2, 2006 3:04:05 PM", time.RFC3339} {
		// Newer Java puts a narrow blank before the PM.
		if t, err := time.Parse(layout, strings.ReplaceAll(s, "\u202f", " ")); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
