package policies

import (
	"cmp"
	"slices"

	"example.com/samlens/diag"
	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A document is one policy with what it decided.
type document struct {
	in     evidence.Doc
	name   string // the role's ARN, or the policy's name
	title  string
	source string
	by     string // one of policy's By constants
	text   string
	parsed policy.Policy
	err    error
	// ask is the question it helped to answer, verdict the answer, of all
	// documents together; judged tells that there is one.
	ask     string
	verdict policy.Verdict
	judged  bool
	fix     *rule.Change
}

// documents are all policies that bear on the sign-in, in the order in which
// AWS asks them.
func documents(d diag.Diagnosis) []document {
	c := d.Case
	var out []document
	seen := map[string]bool{}
	for _, door := range admission.Doors(c) {
		if !door.Seen || door.Role.Missing || door.Role.Trust == "" || seen[door.Role.ARN] {
			continue
		}
		seen[door.Role.ARN] = true
		out = append(out, document{in: evidence.InTrust, name: door.Pair.RoleARN, title: "trust policy of " + door.Role.Name, source: c.Live.Roles.Source,
			by: policy.ByTrust, text: door.Role.Trust, ask: "may this sign-in assume " + door.Role.Name + "?", verdict: door.Verdict, judged: true})
	}
	if len(out) == 0 { // without an assertion nothing is judged, but a role may be at hand
		for _, r := range c.Live.Roles.Value {
			if r.Trust != "" {
				out = append(out, document{in: evidence.InTrust, name: r.ARN, title: "trust policy of " + r.Name, source: c.Live.Roles.Source, by: policy.ByTrust, text: r.Trust})
			}
		}
	}
	v, judged := admission.Federate(c)
	const ask = "may its session open the Connect instance?"
	for _, p := range c.Live.Permissions.Value {
		x := document{in: evidence.InPermissions, name: p.Name, title: p.Name, source: p.Source, by: policy.ByIdentity, text: p.Document, ask: ask, verdict: v, judged: judged}
		switch p.Kind {
		case evidence.Boundary:
			x.by, x.title = policy.ByBoundary, "boundary "+p.Name
		case evidence.Managed, evidence.Inline:
		}
		out = append(out, x)
	}
	guard, guarded := admission.Guarded(c)
	for _, g := range c.Live.Guardrails.Value {
		name := cmp.Or(g.Name, g.ID)
		x := document{in: evidence.InGuardrails, name: name, title: g.Kind + " " + name, source: c.Live.Guardrails.Source, by: policy.BySCP, text: g.Document, ask: ask, verdict: v, judged: judged}
		if g.Kind == "RCP" {
			x.by = policy.ByRCP
		}
		// One that stands before the role is about that: nothing after it is
		// asked.
		if d, ok := admission.Chosen(c); ok && guarded && blames(guard, name) {
			x.ask, x.verdict, x.judged = "may this sign-in assume "+d.Role.Name+"?", guard, true
			if d.Role.Name == "" {
				x.ask = "may this sign-in assume its role?"
			}
		}
		if g.Target != "" {
			x.source = "on " + g.Target
		}
		out = append(out, x)
	}
	for i := range out {
		x := &out[i]
		if x.parsed, x.err = policy.Parse(x.text); x.parsed.Text != "" {
			x.text = x.parsed.Text
		}
		x.fix = change(d, x.in)
	}
	return out
}

// blames reports whether a verdict is for what a policy of that name says.
func blames(v policy.Verdict, name string) bool {
	return v.Outcome != policy.Allowed && slices.ContainsFunc(v.Causes, func(c policy.Cause) bool {
		return c.Place != nil && c.Place.Policy == name
	})
}

// change is what the best fix of a finding about such a document changes; nil
// for nothing.
func change(d diag.Diagnosis, in evidence.Doc) *rule.Change {
	var all []rule.Finding
	for _, f := range d.Findings {
		all = append(append(all, f), f.Folded...)
	}
	for _, f := range all {
		if f.At.In != in {
			continue
		}
		for _, x := range f.Fixes {
			if x.Change != nil {
				return x.Change
			}
		}
	}
	return nil
}

// decided is the statement of this document that decided, and whether it let
// the sign-in pass.
func (x *document) decided() (at policy.Place, allows, ok bool) {
	if !x.judged {
		return at, false, false
	}
	if x.verdict.Outcome != policy.Allowed {
		for _, c := range x.verdict.Causes {
			if c.Place != nil && x.mine(c.By, *c.Place) {
				return *c.Place, false, true
			}
		}
	}
	for _, s := range x.verdict.Steps {
		if b := s.Decision.By; b != nil && x.mine(s.By, *b) {
			return *b, b.Effect == "Allow", true
		}
	}
	return at, false, false
}

// mine reports whether a place of a judgement is in this document.
func (x *document) mine(by string, at policy.Place) bool {
	if x.in == evidence.InTrust {
		return by == policy.ByTrust || by == ""
	}
	return (by == x.by || by == "") && at.Policy == x.name && at.Statement < len(x.parsed.Statements) && x.parsed.Statements[at.Statement].At == at.At
}

// causes are the reasons that are about this document's statements.
func (x *document) causes() []policy.Cause {
	var out []policy.Cause
	for _, c := range slices.Concat(x.verdict.Causes, x.verdict.Warnings) {
		if c.Place != nil && x.mine(c.By, *c.Place) {
			out = append(out, c)
		}
	}
	return out
}

// met are the conditions of the statement that decided, which all held.
func (x *document) met() []policy.Condition {
	for _, s := range x.verdict.Steps {
		if b := s.Decision.By; b != nil && x.mine(s.By, *b) {
			return s.Decision.Met
		}
	}
	return nil
}
