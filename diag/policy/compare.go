package policy

import (
	"encoding/base64"
	"math/big"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// holds reports whether one value of the request satisfies one value of the
// policy, the operator's negation left aside.
func (o operator) holds(want, got string, c Context, variables bool) (t Truth, resolved bool) {
	switch o.family {
	case numericFamily:
		a, okA := number(got)
		b, okB := number(want)
		return truth(okA && okB && ordered(o.compare, a.Cmp, b)), true
	case dateFamily:
		a, okA := date(got)
		b, okB := date(want)
		return truth(okA && okB && orderedTime(o.compare, a, b)), true
	case boolFamily:
		return truth(strings.EqualFold(got, want) && (strings.EqualFold(want, "true") || strings.EqualFold(want, "false"))), true
	case binaryFamily:
		a, errA := base64.StdEncoding.DecodeString(got)
		b, errB := base64.StdEncoding.DecodeString(want)
		return truth(errA == nil && errB == nil && string(a) == string(b)), true
	case ipFamily:
		return truth(within(want, got)), true
	}
	if o.fold {
		want, got = strings.ToLower(want), strings.ToLower(got)
		c = folded{c}.context()
	}
	if o.family == arnFamily {
		return arnLike(want, got, c, variables && o.variables())
	}
	p, ok := expand(want, c, variables && o.variables(), o.like)
	if !ok {
		return False, false
	}
	return p.match(got), true
}

// folded lower-cases the values of a context for the IgnoreCase operators,
// whose variables are compared without regard to case as well.
type folded struct{ Context }

func (f folded) context() Context {
	out := make(Context, len(f.Context))
	for k, v := range f.Context {
		low := make([]string, len(v.Values))
		for i, s := range v.Values {
			low[i] = strings.ToLower(s)
		}
		v.Values = low
		out[k] = v
	}
	return out
}

// arnLike compares the six parts of an ARN one by one, as the Arn operators
// do: a wildcard never reaches past a colon of the first five.
func arnLike(want, got string, c Context, variables bool) (Truth, bool) {
	w, g := splitARN(want), strings.SplitN(got, ":", 6)
	if len(w) != len(g) {
		// A lone * is an ARN to IAM's comparison.
		return truth(want == "*"), true
	}
	all := True
	for i := range w {
		p, ok := expand(w[i], c, variables, true)
		if !ok {
			return False, false
		}
		all = min(all, p.match(g[i]))
	}
	return all, true
}

// splitARN cuts an ARN pattern into its six parts; the colons inside ${…} do
// not count.
func splitARN(s string) []string {
	var out []string
	from, depth := 0, 0
	for i := 0; i < len(s) && len(out) < 5; i++ {
		switch {
		case strings.HasPrefix(s[i:], "${"):
			depth = 1
		case s[i] == '}':
			depth = 0
		case s[i] == ':' && depth == 0:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// number reads a decimal number of bounded length.
func number(s string) (*big.Rat, bool) {
	if len(s) > 40 || s == "" || strings.ContainsAny(s, "/_xXpPbBoO") {
		return nil, false
	}
	// An exponent would let a short text stand for a huge number.
	if f, err := strconv.ParseFloat(s, 64); err != nil || f > 1e40 || f < -1e40 {
		return nil, false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		if n, err := strconv.Atoi(s[i+1:]); err != nil || n > 40 || n < -40 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

func ordered(how string, cmp func(*big.Rat) int, b *big.Rat) bool {
	return orderedInt(how, cmp(b))
}

func orderedTime(how string, a, b time.Time) bool { return orderedInt(how, a.Compare(b)) }

func orderedInt(how string, n int) bool {
	switch how {
	case "<":
		return n < 0
	case "<=":
		return n <= 0
	case ">":
		return n > 0
	case ">=":
		return n >= 0
	}
	return n == 0
}

// date reads one of the W3C profiles of ISO 8601 that IAM takes, or seconds
// since 1970.
func date(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01", "2006"} {
		if layout == "2006" && len(s) != 4 {
			continue
		}
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) > 4 {
		return time.Unix(n, 0).UTC(), true
	}
	return time.Time{}, false
}

// within reports whether the address got lies in the range want.
func within(want, got string) bool {
	a, err := netip.ParseAddr(strings.TrimSpace(got))
	if err != nil {
		return false
	}
	if !strings.Contains(want, "/") {
		b, err := netip.ParseAddr(want)
		return err == nil && b.Unmap() == a.Unmap()
	}
	p, err := netip.ParsePrefix(want)
	return err == nil && p.Masked().Contains(a.Unmap())
}

// printable bounds what an explanation repeats of a value.
func printable(s string) string {
	const most = 512
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for !utf8.ValidString(s) && len(s) > most-utf8.UTFMax {
		s = s[:len(s)-1]
	}
	return s + "…"
}
