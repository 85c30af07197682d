package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// policyVersion is the one in which ${…} is a variable; without it, or in the
// older one, it is text.
const policyVersion = "2012-10-17"

// A policyDocument is any of AWS's policies, as far as it decides.
type policyDocument struct {
	Version   string
	Statement statements
}

type statements []statement

// A statement is one grant or refusal.
type statement struct {
	Sid, Effect           string
	Principal             *principals
	NotPrincipal          *principals
	Action, NotAction     list
	Resource, NotResource list
	Condition             map[string]map[string]list
}

// UnmarshalJSON accepts one statement where a list is usual.
func (s *statements) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		*s = make(statements, 1)
		return json.Unmarshal(b, &(*s)[0])
	}
	return json.Unmarshal(b, (*[]statement)(s))
}

// A list is one value or several; numbers and booleans are texts to a policy.
type list []string

// UnmarshalJSON accepts a scalar or an array of them.
func (l *list) UnmarshalJSON(b []byte) error {
	var many []json.RawMessage
	if json.Unmarshal(b, &many) != nil {
		many = []json.RawMessage{b}
	}
	out := make(list, 0, len(many))
	for _, m := range many {
		var s string
		if json.Unmarshal(m, &s) != nil {
			if len(m) == 0 || strings.IndexByte("[{n", m[0]) >= 0 {
				return fmt.Errorf("%s is neither text, number nor boolean", m)
			}
			s = string(m)
		}
		out = append(out, s)
	}
	*l = out
	return nil
}

// principals are those of a Principal element, by kind; "*" alone is the kind
// "*".
type principals map[string]list

// UnmarshalJSON accepts "*" or an object.
func (p *principals) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*p = principals{s: {s}}
		return nil
	}
	return json.Unmarshal(b, (*map[string]list)(p))
}

// federated reports whether a SAML provider is named. Everyone is named by
// "*", alone or as an AWS principal.
func (p principals) federated(provider string) bool {
	if _, all := p["*"]; all {
		return true
	}
	if slices.Contains(p["AWS"], "*") {
		return true
	}
	for _, v := range p["Federated"] {
		if v == provider || v == "*" {
			return true
		}
	}
	return false
}

func parsePolicy(d Document) (policyDocument, error) {
	var p policyDocument
	if err := json.Unmarshal([]byte(d), &p); err != nil {
		return p, err
	}
	if len(p.Statement) == 0 {
		return p, errors.New("no statement")
	}
	for _, s := range p.Statement {
		if s.Effect != "Allow" && s.Effect != "Deny" {
			return p, fmt.Errorf("effect %q", s.Effect)
		}
	}
	return p, nil
}

// A request is what policies are asked about.
type request struct {
	action    string
	resource  string              // empty: not asked, as in a trust policy
	principal string              // a provider's ARN, asked of trust policies only
	context   map[string][]string // keys in lower case
}

func (r request) values(key string) ([]string, bool) {
	v, ok := r.context[strings.ToLower(key)]
	return v, ok && len(v) > 0
}

// A decision is what a policy says. The worse of two wins.
type decision int

const (
	implicitDeny decision = iota
	allowed
	explicitDeny
)

// decide asks one policy. An unreadable one grants nothing.
func decide(d Document, r request) decision {
	p, err := parsePolicy(d)
	if err != nil {
		return implicitDeny
	}
	out := implicitDeny
	for _, s := range p.Statement {
		if !s.applies(r, p.Version == policyVersion) {
			continue
		}
		if s.Effect == "Deny" {
			return explicitDeny
		}
		out = allowed
	}
	return out
}

func (s statement) applies(r request, variables bool) bool {
	if r.principal != "" {
		switch {
		case s.Principal != nil:
			if !s.Principal.federated(r.principal) {
				return false
			}
		case s.NotPrincipal != nil:
			if s.NotPrincipal.federated(r.principal) {
				return false
			}
		}
	}
	if !s.matchesAction(r.action) || !s.matchesResource(r, variables) {
		return false
	}
	for operator, keys := range s.Condition {
		for key, want := range keys {
			if !holds(operator, key, want, r, variables) {
				return false
			}
		}
	}
	return true
}

func (s statement) matchesAction(action string) bool {
	if s.NotAction != nil {
		return !anyOf(s.NotAction, func(p string) bool { return matchAction(p, action) })
	}
	return anyOf(s.Action, func(p string) bool { return matchAction(p, action) })
}

func (s statement) matchesResource(r request, variables bool) bool {
	if r.resource == "" || (s.Resource == nil && s.NotResource == nil) {
		return true
	}
	match := func(p string) bool {
		g, ok := expand(p, r, variables)
		return ok && g.match(r.resource)
	}
	if s.NotResource != nil {
		return !anyOf(s.NotResource, match)
	}
	return anyOf(s.Resource, match)
}

// matchAction compares actions, which have no case.
func matchAction(pattern, action string) bool {
	g, _ := expand(strings.ToLower(pattern), request{}, false)
	return g.match(strings.ToLower(action))
}

func anyOf(l []string, f func(string) bool) bool {
	return slices.ContainsFunc(l, f)
}
