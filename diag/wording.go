package diag

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/visible"
)

func verified(format string, args ...any) chain.Link {
	return chain.Link{State: chain.Verified, Why: fmt.Sprintf(format, args...)}
}

func inferred(format string, args ...any) chain.Link {
	return chain.Link{State: chain.Inferred, Why: fmt.Sprintf(format, args...)}
}

func unchecked(missing evidence.Need, why string) chain.Link {
	return chain.Link{State: chain.Unchecked, Why: why, Missing: missing}
}

// notSeen says why a fact is not there, as the rest of a sentence.
func notSeen[T any](f evidence.Fact[T]) string {
	switch f.State {
	case evidence.Denied:
		return "could not be read: " + strings.TrimSuffix(f.Source+" is denied", " ")
	case evidence.Failed:
		why, _, _ := strings.Cut(f.Why, ": ") // the rest is told once, with the lookup
		return "could not be read: " + why
	case evidence.Partial:
		return "came only in part"
	case evidence.Absent:
		return "does not exist"
	case evidence.Unasked, evidence.Known:
	}
	if f.Why != "" {
		return "was not looked up: " + f.Why
	}
	return "was not looked up"
}

func plural(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// short cuts a fingerprint to its ends.
func short(fingerprint string) string {
	if len(fingerprint) < 24 {
		return fingerprint
	}
	return fingerprint[:5] + "…" + fingerprint[len(fingerprint)-5:]
}

func hostPath(u string) string {
	u, _, _ = strings.Cut(u, "?")
	return strings.TrimPrefix(u, "https://")
}

// hangs says, as a clause, what keeps a verdict undecided.
func hangs(v policy.Verdict) string {
	if parts := append(append([]string{}, v.Missing...), v.Keys...); len(parts) > 0 {
		return "it hangs on " + strings.Join(parts, ", ") + ", which is not known"
	}
	for _, c := range v.Causes {
		if c.Why != "" {
			return "it cannot be decided: " + c.Why
		}
	}
	for _, c := range v.Causes {
		if c.By == "" {
			continue
		}
		by := c.By
		if c.Place != nil && c.Place.Policy != "" {
			by += " " + visible.Line(c.Place.Policy)
		}
		return "it hangs on the " + by + ", of which it is not known whether it binds this call"
	}
	return "it hangs on something that is not known"
}

// why says why a permission is inferred and not verified.
func why(v policy.Verdict, ps evidence.Fact[[]evidence.Policy]) string {
	if ps.Inferred {
		return ps.Source + " was matched by likeness"
	}
	if v.Inferred {
		return "the role's ID is not known, so ${aws:userid} was taken to match"
	}
	return ""
}
