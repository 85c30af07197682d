package policy

import "strings"

// expand turns a policy value into a pattern. With variables, ${key},
// ${key, 'default'}, ${*}, ${?} and ${$} are resolved; with wild, * and ? are
// wildcards. The pattern is unusable, resolved false, where a variable's key
// is not in the request and has no default: IAM then matches nothing with it.
// A value put in for a variable is literal text, wildcards and all.
func expand(s string, c Context, variables, wild bool) (p pattern, resolved bool) {
	for s != "" {
		if variables && strings.HasPrefix(s, "${") {
			if body, rest, ok := strings.Cut(s[2:], "}"); ok {
				if !p.variable(body, c) {
					return p, false
				}
				s = rest
				continue
			}
		}
		i := 1
		switch {
		case wild && s[0] == '*':
			p.add(anyRun)
		case wild && s[0] == '?':
			p.add(anyOne)
		default:
			if n := strings.IndexAny(s[1:], "*?$"); n < 0 {
				i = len(s)
			} else {
				i = 1 + n
			}
			p.literal(s[:i])
		}
		s = s[i:]
	}
	return p, true
}

// variable appends what ${body} stands for.
func (p *pattern) variable(body string, c Context) bool {
	switch body {
	case "*", "?", "$":
		p.literal(body)
		return true
	}
	key, def, hasDefault := strings.Cut(body, ",")
	def = strings.TrimSpace(def)
	hasDefault = hasDefault && len(def) >= 2 && def[0] == '\'' && def[len(def)-1] == '\''
	v := c.Lookup(strings.TrimSpace(key))
	switch {
	case len(v.Or) > 0, v.Presence == Unsure:
		p.add(mystery)
	case v.Presence == Absent, len(v.Values) == 0, v.Multi:
		// A multivalued key cannot stand in a variable.
		if !hasDefault {
			return false
		}
		p.literal(def[1 : len(def)-1])
	default:
		p.literal(v.Values[0])
	}
	return true
}

// hasVariable reports whether s holds a ${…} that version 2012-10-17 would
// resolve.
func hasVariable(s string) bool {
	_, after, ok := strings.Cut(s, "${")
	return ok && strings.Contains(after, "}")
}
