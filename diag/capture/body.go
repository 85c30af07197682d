package capture

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// maxBody bounds the HTML kept for the viewer, per exchange; maxBodies all of
// it, per source. Both in bytes.
const (
	maxBody   = 64 << 10
	maxBodies = 1 << 20
)

var (
	longRun   = regexp.MustCompile(`[A-Za-z0-9+/_%=-]{160,}|(?:[A-Za-z0-9+/]{60,80}(?:\r?\n|&#x?[0-9a-fA-F]+;)\s*){3,}[A-Za-z0-9+/]*={0,2}`)
	webToken  = regexp.MustCompile(`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`)
	namedPart = regexp.MustCompile(`(?i)((?:token|secret|passw|session|authstate|csrf|nonce|credential)[\w.-]{0,24}["']?\s*(?:[^<>\n]{0,60}?\bvalue\s*=|[:=])\s*["'])[^"'<>\n]{6,}`)
)

// safeBody is an HTML body that can be shown: bounded, without SAML messages
// and tokens.
func safeBody(doc []byte) string {
	s := string(doc[:min(len(doc), 4*maxBody)])
	s = longRun.ReplaceAllString(s, "[cut]")
	s = webToken.ReplaceAllString(s, "[cut]")
	s = namedPart.ReplaceAllString(s, "${1}[cut]")
	if len(s) > maxBody {
		s = s[:maxBody]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// safeText is visible text without tokens.
func safeText(s string) string {
	s = longRun.ReplaceAllString(s, "[cut]")
	return webToken.ReplaceAllString(s, "[cut]")
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
