package awsx

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
)

// PolicyText brings a policy document to one form: percent-decoded, as IAM
// encodes what GetRole and its like answer (RFC 3986; the SDK for Go leaves it
// so), and laid out by two spaces. The same policy thus reads the same whether
// it came from AWS or from a file. What is no JSON is only decoded.
func PolicyText(s string) string {
	if t := strings.TrimSpace(s); strings.HasPrefix(t, "%7B") || strings.HasPrefix(t, "%7b") || strings.HasPrefix(t, "%0A") || strings.HasPrefix(t, "%20") {
		if d, err := url.PathUnescape(t); err == nil {
			s = d
		}
	}
	var b bytes.Buffer
	if json.Indent(&b, []byte(strings.TrimSpace(s)), "", "  ") != nil {
		return s
	}
	return b.String()
}
