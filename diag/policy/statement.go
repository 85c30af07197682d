package policy

import "strings"

func (p *Policy) statement(n node, index int) Statement {
	s := Statement{At: n.at, Index: index}
	var action, principal, resource int
	for _, m := range n.members {
		v := m.value
		switch p.element(m, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition") {
		case "Sid":
			s.Sid = v.text
		case "Effect":
			s.Effect = v.text
			if v.kind != '"' || s.Effect != "Allow" && s.Effect != "Deny" {
				p.problem(v.at, true, "Effect is neither Allow nor Deny")
			}
		case "Principal":
			principal |= 1
			s.HasPrincipal, s.PrincipalAt, s.NotPrincipal = true, v.at, false
			s.Principals = p.principals(v)
		case "NotPrincipal":
			principal |= 2
			s.HasPrincipal, s.PrincipalAt, s.NotPrincipal = true, v.at, true
			s.Principals = p.principals(v)
		case "Action":
			action |= 1
			s.Actions, s.ActionAt, s.NotAction = p.terms(v, "Action"), v.at, false
		case "NotAction":
			action |= 2
			s.Actions, s.ActionAt, s.NotAction = p.terms(v, "NotAction"), v.at, true
		case "Resource":
			resource |= 1
			s.HasResource, s.Resources, s.ResourceAt, s.NotResource = true, p.terms(v, "Resource"), v.at, false
		case "NotResource":
			resource |= 2
			s.HasResource, s.Resources, s.ResourceAt, s.NotResource = true, p.terms(v, "NotResource"), v.at, true
		case "Condition":
			s.ConditionAt = v.at
			s.Conditions = p.conditions(v)
		default:
			p.problem(m.nameAt, true, "no statement element is called "+quote(m.name))
		}
	}
	switch {
	case s.Effect == "":
		p.problem(n.at, true, "a statement has no Effect")
	case action == 0:
		p.problem(n.at, true, "a statement has neither Action nor NotAction")
	case action == 3:
		p.problem(s.ActionAt, true, "a statement has both Action and NotAction")
	case principal == 3:
		p.problem(s.PrincipalAt, true, "a statement has both Principal and NotPrincipal")
	case resource == 3:
		p.problem(s.ResourceAt, true, "a statement has both Resource and NotResource")
	}
	for _, a := range s.Actions {
		if a.Value != "*" && !strings.Contains(a.Value, ":") {
			p.problem(a.At, true, "the action "+quote(a.Value)+" has no service prefix")
		}
	}
	return s
}

// terms reads a string or a list of strings. Numbers and truth values, which
// IAM takes in conditions, are read as they are written.
func (p *Policy) terms(v node, what string) []Term {
	var out []Term
	for _, n := range v.list() {
		switch n.kind {
		case '"', '0', 't', 'f':
			out = append(out, Term{Value: n.text, At: n.at})
		default:
			p.problem(n.at, true, what+" holds something that is no string")
		}
	}
	return out
}

func (p *Policy) principals(v node) []Principal {
	switch v.kind {
	case '"':
		if v.text != "*" {
			p.problem(v.at, true, `a principal that is a string can only be "*"`)
		}
		return []Principal{{Kind: "*", Term: Term{v.text, v.at}}}
	case '{':
	default:
		p.problem(v.at, true, "a principal is neither an object nor \"*\"")
		return nil
	}
	var out []Principal
	for _, m := range v.members {
		kind := p.element(m, "AWS", "Federated", "Service", "CanonicalUser")
		if kind == "" {
			p.problem(m.nameAt, true, "no kind of principal is called "+quote(m.name))
			continue
		}
		for _, t := range p.terms(m.value, "Principal") {
			out = append(out, Principal{kind, t})
		}
	}
	return out
}

func (p *Policy) conditions(v node) []Condition {
	if v.kind != '{' {
		p.problem(v.at, true, "Condition is not an object")
		return nil
	}
	var out []Condition
	for _, m := range v.members {
		// Of a name that occurs twice the last is taken, as in duplicates.
		if last, _ := v.find(m.name); last.nameAt != m.nameAt {
			continue
		}
		op, ok := parseOperator(m.name)
		switch {
		case !ok:
			p.problem(m.nameAt, true, "IAM has no condition operator "+quote(m.name))
		case op.odd:
			p.problem(m.nameAt, false, quote(m.name)+" is documented as "+op.String())
		case op.base == "Null" && op.ifExists:
			p.problem(m.nameAt, true, "IfExists cannot be added to Null")
		}
		if m.value.kind != '{' {
			p.problem(m.value.at, true, "a condition operator does not hold an object")
			continue
		}
		for _, k := range m.value.members {
			if last, _ := m.value.find(k.name); last.nameAt != k.nameAt {
				continue
			}
			c := Condition{Operator: m.name, Key: k.name, op: op, known: ok,
				Values: p.terms(k.value, "Condition"), At: Span{k.nameAt.Start, k.value.at.End}}
			if len(c.Values) == 0 {
				p.problem(c.At, false, "a condition without values never holds")
			}
			out = append(out, c)
		}
	}
	return out
}
