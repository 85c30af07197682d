package pane

import (
	"strings"
	"time"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/style"
)

// At names a hop as the place where a sign-in broke.
func At(h evidence.Hop) string {
	switch h {
	case evidence.HopCapture:
		return "the capture"
	case evidence.HopIdP:
		return "the identity provider"
	case evidence.HopPost:
		return "the POST to AWS"
	case evidence.HopSignIn:
		return "AWS sign-in"
	case evidence.HopProvider:
		return "the IAM provider"
	case evidence.HopSTS:
		return "STS"
	case evidence.HopTrust:
		return "the role's trust policy"
	case evidence.HopFederate:
		return "federation into Connect"
	case evidence.HopUser:
		return "the Connect user"
	case evidence.HopSession:
		return "the session"
	}
	return h.String()
}

// Sign is the sign and ink of a severity. The sign differs as well as the
// colour.
func Sign(s rule.Severity) style.Span {
	switch s {
	case rule.Error:
		return style.Bad.Of("✗")
	case rule.Warning:
		return style.Warn.Of("!")
	case rule.Info:
		return style.Note.Of("i")
	case rule.Unset:
	}
	return style.Quiet.Of("·")
}

// State is the sign, ink and word of a hop's state.
func State(l chain.Link) (sign string, ink style.Ink, word string) {
	switch l.State {
	case chain.Verified:
		return "✓", style.Good, "verified"
	case chain.Failed:
		return "✗", style.Bad, "FAILED"
	case chain.Inferred:
		return "≈", style.Note, "inferred"
	case chain.Unchecked:
		return "?", style.Warn, "unchecked"
	case chain.NotApplicable:
		return "·", style.Quiet, "not used"
	case chain.Unreached:
		switch {
		case strings.HasPrefix(l.Known, "would fail"):
			return "⊗", style.Warn, "would fail"
		case l.Known != "":
			return "○", style.Quiet, "would pass"
		}
		return "○", style.Quiet, "unreached"
	}
	return "?", style.Quiet, string(l.State)
}

// Clock writes an instant for people: with the zone, since captures, IdPs and
// AWS each have their own.
func Clock(t time.Time) string {
	if t.IsZero() {
		return "time unknown"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

// Seal is the verdict's label.
func Seal(v chain.Verdict) style.Span {
	switch v.State {
	case chain.Broken:
		return style.BadSeal.Of(" ✗ BROKEN ")
	case chain.Healthy:
		return style.GoodSeal.Of(" ✓ HEALTHY ")
	case chain.Unknown:
	}
	return style.WarnSeal.Of(" ? UNKNOWN ")
}
