package emulator

import "strings"

// A glob is a pattern of * and ?, taken apart: what came out of a variable is
// text even where it looks like a wildcard.
type glob []globPart

type globPart struct {
	text string
	wild byte // '*', '?' or 0 for text
}

// expand takes a pattern apart and puts variables in. It fails where the
// request lacks one: such a statement says nothing.
func expand(pattern string, r request, variables bool) (glob, bool) {
	var g glob
	text := func(s string) {
		for i := range len(s) { // byte by byte, as ? never meets half a rune in ASCII policies
			g = append(g, globPart{text: s[i : i+1]})
		}
	}
	for pattern != "" {
		if variables && strings.HasPrefix(pattern, "${") {
			if name, rest, ok := strings.Cut(pattern[2:], "}"); ok {
				value, found := variable(name, r)
				if !found {
					return nil, false
				}
				text(value)
				pattern = rest
				continue
			}
		}
		if c := pattern[0]; c == '*' || c == '?' {
			g = append(g, globPart{wild: c})
		} else {
			text(pattern[:1])
		}
		pattern = pattern[1:]
	}
	return g, true
}

// match walks both at once and returns to the last star where it fails, which
// takes no more than the product of the lengths.
func (g glob) match(s string) bool {
	i, star, mark := 0, -1, 0
	for j := 0; j < len(s); {
		switch {
		case i < len(g) && g[i].wild == '*':
			star, mark = i, j
			i++
		case i < len(g) && (g[i].wild == '?' || g[i].wild == 0 && g[i].text[0] == s[j]):
			i, j = i+1, j+1
		case star >= 0:
			mark++
			i, j = star+1, mark
		default:
			return false
		}
	}
	for i < len(g) && g[i].wild == '*' {
		i++
	}
	return i == len(g)
}

// substitute puts variables into a text that is no pattern.
func substitute(s string, r request, variables bool) (string, bool) {
	if !variables || !strings.Contains(s, "${") {
		return s, true
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "${")
		b.WriteString(before)
		if !ok {
			return b.String(), true
		}
		name, rest, ok := strings.Cut(after, "}")
		if !ok {
			b.WriteString("${" + after)
			return b.String(), true
		}
		value, found := variable(name, r)
		if !found {
			return "", false
		}
		b.WriteString(value)
		s = rest
	}
}

// variable resolves ${key} and ${key, 'default'}; ${*}, ${?} and ${$} stand
// for themselves.
func variable(name string, r request) (string, bool) {
	switch name {
	case "*", "?", "$":
		return name, true
	}
	key, def, hasDefault := strings.Cut(name, ",")
	if v, ok := r.values(strings.TrimSpace(key)); ok && len(v) == 1 {
		return v[0], true
	}
	if hasDefault {
		return strings.Trim(strings.TrimSpace(def), "'"), true
	}
	return "", false
}
