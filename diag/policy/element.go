package policy

import "strings"

func (s Statement) action(a string) Truth {
	any := false
	for _, t := range s.Actions {
		any = any || LikeAction(t.Value, a)
	}
	return truth(any != s.NotAction)
}

func (s Statement) resource(arn string, c Context, variables bool) Truth {
	any := False
	for _, t := range s.Resources {
		p, ok := expand(t.Value, c, variables, true)
		if ok {
			any = max(any, p.inARN().match(arn))
		}
	}
	if s.NotResource {
		return not(any)
	}
	return any
}

func (s Statement) principal(c Caller) Truth {
	any := False
	for _, p := range s.Principals {
		any = max(any, p.names(c))
	}
	if s.NotPrincipal {
		return not(any)
	}
	return any
}

// names reports whether p names the caller. Principals are compared byte by
// byte; wildcards inside them are not IAM's. "*" and {"AWS": "*"} are
// documented as everyone; what {"Federated": "*"} means is not.
func (p Principal) names(c Caller) Truth {
	if p.Value == "*" {
		if p.Kind == "*" || p.Kind == "AWS" {
			return True
		}
		return guess(p.Kind == "Federated" && c.Federated != "")
	}
	switch p.Kind {
	case "Federated":
		return truth(c.Federated != "" && p.Value == c.Federated)
	case "Service":
		return truth(c.Service != "" && p.Value == c.Service)
	case "AWS":
		for _, arn := range c.AWS {
			a := strings.SplitN(arn, ":", 6)
			if p.Value == arn || len(a) == 6 && (p.Value == a[4] || p.Value == "arn:"+a[1]+":iam::"+a[4]+":root") {
				return True
			}
		}
	}
	return False
}

func guess(b bool) Truth {
	if b {
		return Unknown
	}
	return False
}

func (c Caller) names() []string {
	var out []string
	if c.Federated != "" {
		out = append(out, c.Federated)
	}
	out = append(out, c.AWS...)
	if c.Service != "" {
		out = append(out, c.Service)
	}
	return out
}

func principalNames(ps []Principal) []string {
	var out []string
	for _, p := range ps {
		out = append(out, printable(p.Value))
	}
	return out
}

func values(ts []Term) []string {
	var out []string
	for _, t := range ts {
		out = append(out, printable(t.Value))
	}
	return out
}

// list returns what v holds in all its readings, for an explanation.
func (v Value) list() []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range v.readings() {
		for _, s := range r.Values {
			if !seen[s] {
				seen[s] = true
				out = append(out, printable(s))
			}
		}
	}
	return out
}
