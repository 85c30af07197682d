package capture

import (
	"encoding/base64"
	"strings"

	"example.com/samlens/diag/expression"
)

// maxBody bounds the HTML kept for the viewer, per exchange; maxBodies all of
// it, per source. Both in bytes.
const (
	maxBody   = 64 << 10
	maxBodies = 1 << 20
)

var webToken = expression.Lazy(`eyJ[\w-]+\.[\w-]+\.[\w-]*`)

// safeBody is an HTML body that can be shown: bounded, without SAML messages
// and tokens.
func safeBody(doc []byte) string {
	s := string(doc[:min(len(doc), 4*maxBody)])
	s = cutRuns(s)
	s = webToken().ReplaceAllString(s, "[cut]")
	s = cutNamed(s)
	if len(s) > maxBody {
		s = strings.Clone(s[:maxBody]) // the rest is not to be kept for it
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// longRun is from how many characters on a run may be a message or key.
const longRun = 160

// cutRuns takes long runs of base64 out of a text.
func cutRuns(s string) string {
	var b strings.Builder
	at := 0
	for _, r := range runs(s) {
		if r.chars < longRun {
			continue
		}
		b.WriteString(s[at:r.start])
		b.WriteString("[cut]")
		at = r.end
	}
	if at == 0 {
		return s
	}
	b.WriteString(s[at:])
	return b.String()
}

// safeText is visible text without tokens.
func safeText(s string) string {
	s = cutRuns(s)
	return webToken().ReplaceAllString(s, "[cut]")
}

// decodeBody undoes the base64 in which archives keep some bodies. A body
// that was cut at the limit loses its last group.
func decodeBody(text, encoding string) []byte {
	if !strings.EqualFold(encoding, "base64") {
		return []byte(text)
	}
	text = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == ' ' {
			return -1
		}
		return r
	}, text)
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(text[:len(text)-len(text)%4], "="))
	}
	return b
}
