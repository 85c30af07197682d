package capture

import (
	"net/url"
	"strings"
)

// A field is one parameter of a form or query, its value as written.
type field struct{ name, value string }

// formFields splits a form body or query. Values stay percent-encoded.
func formFields(s string) []field {
	var out []field
	for len(s) > 0 && len(out) < 256 {
		var part string
		part, s, _ = strings.Cut(s, "&")
		name, value, _ := strings.Cut(part, "=")
		if n, err := url.QueryUnescape(name); err == nil {
			name = n
		}
		out = append(out, field{strings.TrimSpace(name), value})
	}
	return out
}

// multipartFields reads a multipart/form-data body as far as it is text.
func multipartFields(body string) []field {
	first, _, ok := strings.Cut(strings.TrimLeft(body, "\r\n"), "\n")
	boundary := strings.TrimRight(first, "\r")
	if !ok || !strings.HasPrefix(boundary, "--") || len(boundary) < 4 {
		return nil
	}
	var out []field
	for part := range strings.SplitSeq(body, boundary) {
		head, value, ok := strings.Cut(strings.ReplaceAll(part, "\r\n", "\n"), "\n\n")
		if !ok || len(out) > 64 {
			continue
		}
		_, name, ok := strings.Cut(head, `name="`)
		if !ok {
			continue
		}
		name, _, _ = strings.Cut(name, `"`)
		out = append(out, field{name, strings.TrimSuffix(value, "\n")})
	}
	return out
}
