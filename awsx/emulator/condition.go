package emulator

import (
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// An operator compares one value of the request with one of the policy.
type operator struct {
	negated bool
	match   func(have, want string, r request, variables bool) bool
}

// operators, by their names in lower case and without their modifiers.
var operators = map[string]operator{
	"stringequals":              {false, literally(func(h, w string) bool { return h == w })},
	"stringnotequals":           {true, literally(func(h, w string) bool { return h == w })},
	"stringequalsignorecase":    {false, literally(strings.EqualFold)},
	"stringnotequalsignorecase": {true, literally(strings.EqualFold)},
	"stringlike":                {false, like},
	"stringnotlike":             {true, like},
	"arnequals":                 {false, like}, // AWS treats ArnEquals and ArnLike alike
	"arnlike":                   {false, like},
	"arnnotequals":              {true, like},
	"arnnotlike":                {true, like},
	"bool":                      {false, plainly(strings.EqualFold)},
	"ipaddress":                 {false, plainly(inNetwork)},
	"notipaddress":              {true, plainly(inNetwork)},
	"numericequals":             {false, number(func(a, b float64) bool { return a == b })},
	"numericnotequals":          {true, number(func(a, b float64) bool { return a == b })},
	"numericlessthan":           {false, number(func(a, b float64) bool { return a < b })},
	"numericlessthanequals":     {false, number(func(a, b float64) bool { return a <= b })},
	"numericgreaterthan":        {false, number(func(a, b float64) bool { return a > b })},
	"numericgreaterthanequals":  {false, number(func(a, b float64) bool { return a >= b })},
	"dateequals":                {false, date(func(a, b time.Time) bool { return a.Equal(b) })},
	"datenotequals":             {true, date(func(a, b time.Time) bool { return a.Equal(b) })},
	"datelessthan":              {false, date(func(a, b time.Time) bool { return a.Before(b) })},
	"datelessthanequals":        {false, date(func(a, b time.Time) bool { return !a.After(b) })},
	"dategreaterthan":           {false, date(func(a, b time.Time) bool { return a.After(b) })},
	"dategreaterthanequals":     {false, date(func(a, b time.Time) bool { return !a.Before(b) })},
}

// holds evaluates one line of a Condition. A key that the request lacks fails
// positive operators and satisfies negated ones and IfExists; ForAllValues is
// satisfied by nothing, ForAnyValue is not. An operator that AWS does not have
// never holds.
func holds(name, key string, want []string, r request, variables bool) bool {
	name = strings.ToLower(name)
	have, present := r.values(key)
	set, rest, hasSet := strings.Cut(name, ":")
	if hasSet {
		name = rest
	}
	name, ifExists := strings.CutSuffix(name, "ifexists")
	if name == "null" {
		return anyOf(want, func(w string) bool { return strings.EqualFold(w, "true") == !present })
	}
	op, known := operators[name]
	if !known {
		return false
	}
	if !present {
		switch {
		case ifExists:
			return true
		case hasSet:
			return set == "forallvalues"
		}
		return op.negated
	}
	satisfied := func(h string) bool {
		return anyOf(want, func(w string) bool { return op.match(h, w, r, variables) }) != op.negated
	}
	if set == "forallvalues" && hasSet || op.negated && !hasSet {
		for _, h := range have {
			if !satisfied(h) {
				return false
			}
		}
		return true
	}
	return anyOf(have, satisfied)
}

func literally(f func(have, want string) bool) func(string, string, request, bool) bool {
	return func(have, want string, r request, variables bool) bool {
		text, ok := substitute(want, r, variables)
		return ok && f(have, text)
	}
}

// plainly is for operators in which variables are text.
func plainly(f func(have, want string) bool) func(string, string, request, bool) bool {
	return func(have, want string, _ request, _ bool) bool { return f(have, want) }
}

func like(have, want string, r request, variables bool) bool {
	g, ok := expand(want, r, variables)
	return ok && g.match(have)
}

func inNetwork(have, want string) bool {
	ip, err := netip.ParseAddr(have)
	if err != nil {
		return false
	}
	if n, err := netip.ParsePrefix(want); err == nil {
		return n.Contains(ip)
	}
	one, err := netip.ParseAddr(want)
	return err == nil && one == ip
}

func number(f func(a, b float64) bool) func(string, string, request, bool) bool {
	return plainly(func(have, want string) bool {
		a, err1 := strconv.ParseFloat(have, 64)
		b, err2 := strconv.ParseFloat(want, 64)
		return err1 == nil && err2 == nil && f(a, b)
	})
}

func date(f func(a, b time.Time) bool) func(string, string, request, bool) bool {
	return plainly(func(have, want string) bool {
		a, ok1 := instant(have)
		b, ok2 := instant(want)
		return ok1 && ok2 && f(a, b)
	})
}

// instant reads a date as policies write it: ISO 8601 or seconds of the epoch.
func instant(s string) (time.Time, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return time.Unix(n, 0), true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
