package capture

import (
	"strings"

	"example.com/samlens/diag/expression"
)

// Marker is what samlens redact leaves in place of a secret.
const Marker = "REDACTED-BY-SAMLENS"

var (
	bracketMask = expression.Lazy(`(?i)^\[[^\]]{1,80} redacted\]$`)
	wordMask    = expression.Lazy(`(?i)redact|saniti[sz]|mask|removed|filtered|hidden|scrub|omitted|stripped|censor|obfuscat|anonymi[sz]`)
	sameMask    = expression.Lazy(`^(?:\*{3,}|[xX]{3,}|•{3,}|#{3,}|-{3,}|_{3,}|█{3,}|\.{3,})$`)
	hashMask    = expression.Lazy(`^(?:(?i:(?:sha-?\d*|md5)[:=-])?[0-9a-fA-F]{32,128})$`)
)

// maskedBy tells who put something else in place of a SAML message; "" where
// nobody did. A message is far longer than any mask.
func maskedBy(value string) string {
	v := strings.Trim(strings.TrimSpace(value), `"'`)
	switch {
	case v == "" || len(v) > 400:
		return ""
	case strings.Contains(v, Marker):
		return "samlens redact"
	case bracketMask().MatchString(v):
		return "a HAR sanitizer (Cloudflare's writes “[… redacted]”)"
	case wordMask().MatchString(v):
		return "a HAR sanitizer"
	case sameMask().MatchString(v), starred(v):
		return "a tool that overwrites values"
	case hashMask().MatchString(v):
		return "a tool that writes hashes in place of values"
	}
	return ""
}

// starred reports whether asterisks were written over most of a value.
func starred(v string) bool { return strings.Count(v, "*")*2 > len(v) && len(v) > 2 }
