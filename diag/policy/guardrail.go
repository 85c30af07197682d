package policy

import (
	"strings"

	"example.com/samlens/diag/evidence"
)

// Guardrails asks the organization's policies about the AssumeRoleWithSAML
// call itself. Resource control policies cover it. Whether service control
// policies do is not documented, for they bind principals of the account and
// this call has none yet: causes of theirs are Uncertain, and never more
// than leave the verdict undecided.
func Guardrails(gs []evidence.Guardrail, role evidence.Role, s SignIn) Verdict {
	if s.Role == "" {
		s.Role = role.ARN
	}
	v := Verdict{Outcome: Allowed}
	for _, g := range guard(gs, []Request{{Action: AssumeRoleWithSAML, Resource: s.Role,
		Principal: Caller{Federated: s.Provider}, Context: SAMLContext(s)}}) {
		v.join(g)
	}
	return v
}

// A level is the policies of one kind that are attached to one target.
type level struct {
	kind, target string
	policies     []Policy
}

// guard asks every level: a request has to pass all of them. At each target
// one policy of a kind has to allow it and none may deny it.
func guard(gs []evidence.Guardrail, rs []Request) []Verdict {
	var levels []*level
	var out []Verdict
	for _, g := range gs {
		p, err := Parse(g.Document)
		if err != nil {
			v := unreadable(strings.ToUpper(g.Kind), err)
			v.Causes[0].Place.Policy, v.Causes[0].Target = g.Name, g.Target
			v.Outcome, v.Warnings, v.Causes = Undecided, v.Causes, nil
			out = append(out, v)
			continue
		}
		if p.Name = g.Name; p.Name == "" {
			p.Name = g.ID
		}
		var at *level
		for _, l := range levels {
			if l.kind == strings.ToUpper(g.Kind) && l.target == g.Target {
				at = l
			}
		}
		if at == nil {
			at = &level{kind: strings.ToUpper(g.Kind), target: g.Target}
			levels = append(levels, at)
		}
		at.policies = append(at.policies, p)
	}
	for _, l := range levels {
		out = append(out, l.ask(rs))
	}
	return out
}

func (l *level) ask(rs []Request) Verdict {
	by, action := BySCP, rs[0].Action
	if l.kind == ByRCP {
		by = ByRCP
	}
	var v Verdict
	out, ds := v.either(by, l.policies, rs)
	v.Outcome = out
	if out == ImplicitDeny || out == ExplicitDeny {
		d := nearest(ds)
		cs := d.causes(action, by, ClassDenied)
		if out == ImplicitDeny {
			// One sentence will do: nothing at this level lets it through.
			c := Cause{Class: ClassDenied, Action: action, By: by, Why: "no " + by + " at this level allows it"}
			if len(cs) > 0 {
				c.Place, c.Miss = cs[0].Place, cs[0].Miss
			}
			cs = []Cause{c}
		}
		v.Causes = append(v.Causes, cs...)
	}
	// SCPs and the call without a caller, RCPs and Amazon Connect: whether
	// the one binds the other is not documented.
	uncertain := (by == BySCP) == (action == AssumeRoleWithSAML)
	for i := range v.Causes {
		v.Causes[i].Target = l.target
		v.Causes[i].Uncertain = v.Causes[i].Uncertain || uncertain
	}
	if uncertain && v.Outcome != Allowed {
		v.Outcome = Undecided
		v.Keys = nil
	}
	return v
}

// join takes the verdict of one more policy that has to agree.
func (v *Verdict) join(g Verdict) {
	v.Outcome = combine(v.Outcome, g.Outcome)
	v.Causes = append(v.Causes, g.Causes...)
	v.Warnings = append(v.Warnings, g.Warnings...)
	v.Keys = append(v.Keys, g.Keys...)
	v.Steps = append(v.Steps, g.Steps...)
}
