package policy

import (
	"slices"
	"strconv"
	"strings"

	"example.com/samlens/diag/evidence"
)

// Guardrails asks the organization's policies about the AssumeRoleWithSAML
// call itself. Resource control policies cover it. Whether service control
// policies do is not documented, for they bind principals of the account and
// this call has none yet: causes of theirs are Uncertain, and never more
// than leave the verdict undecided.
//
// A policy without a target may stand beside others: that it allows nothing
// is then no denial.
func Guardrails(gs []evidence.Guardrail, role evidence.Role, s SignIn) Verdict {
	if s.Role == "" {
		s.Role = role.ARN
	}
	v := Verdict{Outcome: Allowed}
	for _, g := range guard(gs, false, []Request{{Action: AssumeRoleWithSAML, Resource: s.Role,
		Principal: Caller{Federated: s.Provider}, Context: SAMLContext(s)}}) {
		v.join(g)
	}
	return v
}

// A level is the policies of one kind that are attached to one target. It is
// open where others may be attached beside them.
type level struct {
	kind, target string
	open         bool
	policies     []Policy
}

// guard asks every level: a request has to pass all of them. At each target
// one policy of a kind has to allow it and none may deny it. A policy of which
// nobody says where it is attached is a level of its own, and open; partial
// makes them all so.
func guard(gs []evidence.Guardrail, partial bool, rs []Request) []Verdict {
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
			if l.kind == strings.ToUpper(g.Kind) && l.target == g.Target && g.Target != "" {
				at = l
			}
		}
		if at == nil {
			at = &level{kind: strings.ToUpper(g.Kind), target: g.Target, open: partial || g.Target == ""}
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
	// SCPs and the call without a caller, RCPs and Amazon Connect: whether
	// the one binds the other is not documented.
	uncertain := (by == BySCP) == (action == AssumeRoleWithSAML)
	if out == ImplicitDeny && l.open {
		// What allows it may stand beside: FullAWSAccess, wherever nobody took it
		// off. Only a list of what is allowed makes that a question.
		if v.Outcome = Allowed; by == BySCP && !uncertain && l.allows() {
			v.Outcome = Undecided
			v.Causes = append(v.Causes, Cause{Class: ClassDenied, Action: action, By: by, Target: l.target, Uncertain: true,
				Why: "the SCP " + strconv.Quote(printable(l.policies[0].Name)) + " does not allow it, and what is attached beside it is not known"})
		}
		return v
	}
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

// allows reports whether any of the policies allows anything.
func (l *level) allows() bool {
	return slices.ContainsFunc(l.policies, func(p Policy) bool { return slices.ContainsFunc(p.Statements, Statement.Allow) })
}

// join takes the verdict of one more policy that has to agree.
func (v *Verdict) join(g Verdict) {
	v.Outcome = combine(v.Outcome, g.Outcome)
	v.Causes = append(v.Causes, g.Causes...)
	v.Warnings = append(v.Warnings, g.Warnings...)
	v.Keys = union(v.Keys, g.Keys)
	v.Steps = append(v.Steps, g.Steps...)
}
