package folder

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
)

// transcript takes a JSON value out of what a terminal showed around it: the
// command above, the next prompt below. It reports false where there is
// nothing around it, no value, or more than one.
func transcript(text []byte) ([]byte, bool) {
	start := 0
	if text[0] != '{' && text[0] != '[' {
		start = bytes.Index(text, []byte("\n{"))
		if a := bytes.Index(text, []byte("\n[")); start < 0 || a >= 0 && a < start {
			start = a
		}
		if start++; start == 0 {
			return nil, false
		}
	}
	d := json.NewDecoder(bytes.NewReader(text[start:]))
	var v json.RawMessage
	if d.Decode(&v) != nil {
		return nil, false
	}
	after := bytes.TrimSpace(text[start+int(d.InputOffset()):])
	if start == 0 && len(after) == 0 {
		return nil, false
	}
	for line := range bytes.Lines(after) {
		if l := bytes.TrimSpace(line); len(l) > 0 && (l[0] == '{' || l[0] == '[') {
			return nil, false
		}
	}
	return v, true
}

// embedded returns the document that a text is a spelling of: a JSON string,
// as --query prints a document that IAM encoded, or that encoding itself.
func embedded(text []byte) ([]byte, bool) {
	s := string(text)
	if text[0] == '"' && json.Unmarshal(text, &s) != nil {
		return nil, false
	}
	if strings.HasPrefix(s, "%7B") || strings.HasPrefix(s, "%7b") || strings.HasPrefix(s, "%3C") || strings.HasPrefix(s, "%3c") {
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
	}
	s = strings.TrimSpace(s)
	return []byte(s), s != string(text) && s != "" && (s[0] == '{' || s[0] == '<')
}
