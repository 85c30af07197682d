package policy

import (
	"errors"
	"strings"

	"example.com/samlens/diag/evidence"
)

// The actions of a SAML sign-in.
const (
	AssumeRoleWithSAML = "sts:AssumeRoleWithSAML"
	TagSession         = "sts:TagSession"
	SetSourceIdentity  = "sts:SetSourceIdentity"
	GetFederationToken = "connect:GetFederationToken"
)

// Trust asks a role's trust policy whether it lets this sign-in assume the
// role. Where the assertion carries session tags or a source identity,
// sts:TagSession and sts:SetSourceIdentity have to be allowed as well.
func Trust(role evidence.Role, s SignIn) Verdict {
	p, err := Parse(role.Trust)
	if err != nil {
		return unreadable(ByTrust, err)
	}
	p.Name = "trust policy"
	if s.Role == "" {
		s.Role = role.ARN
	}
	c := SAMLContext(s)
	v := Verdict{Outcome: Allowed}
	for _, step := range actions(c) {
		r := Request{Action: step.action, Principal: Caller{Federated: s.Provider}, Context: c}
		d := Evaluate([]Policy{p}, r)
		v.Steps = append(v.Steps, Step{ByTrust, r, d})
		v.Outcome = combine(v.Outcome, d.Outcome)
		v.Causes = append(v.Causes, d.causes(step.action, ByTrust, step.missing)...)
		if d.Outcome == Undecided {
			v.Keys = union(v.Keys, d.Keys)
		}
	}
	if d := v.Steps[0].Decision; d.Outcome == Allowed {
		v.Warnings = append(v.Warnings, broadTrust(p, d)...)
	}
	v.Warnings = append(v.Warnings, foreign(p, part(role.ARN, 4))...)
	v.refused(p, ByTrust)
	return v
}

type wantedAction struct {
	action  string
	missing Class
}

// actions returns what the trust policy has to allow for this request.
func actions(c Context) []wantedAction {
	out := []wantedAction{{AssumeRoleWithSAML, ClassAction}}
	if c.Lookup("aws:TagKeys").Presence == Present || c.Lookup("sts:TransitiveTagKeys").Presence == Present {
		out = append(out, wantedAction{TagSession, ClassTagSession})
	}
	if c.Lookup("sts:SourceIdentity").Presence == Present {
		out = append(out, wantedAction{SetSourceIdentity, ClassSourceIdentity})
	}
	return out
}

// broadTrust warns of a statement that lets any response of the provider in,
// wherever it was meant to go.
func broadTrust(p Policy, d Decision) []Cause {
	for _, c := range d.Met {
		if strings.EqualFold(c.Key, "SAML:aud") && !c.op.negated && !c.op.ifExists && c.op.set != "ForAllValues" &&
			c.op.family != nullFamily && !everything(c) {
			return nil
		}
	}
	place := *d.By
	return []Cause{{Class: ClassBroad, Action: AssumeRoleWithSAML, By: ByTrust, Place: &place,
		Miss: Miss{Part: PartCondition, Key: "SAML:aud", At: p.Statements[place.Statement].At}, Why: "no condition on SAML:aud"}}
}

func everything(c Condition) bool {
	for _, v := range c.Values {
		if c.op.like && strings.Trim(v.Value, "*") == "" {
			return true
		}
	}
	return false
}

// foreign warns of providers of other accounts than the role's.
func foreign(p Policy, account string) []Cause {
	var out []Cause
	if account == "" {
		return nil
	}
	for _, s := range p.Statements {
		for _, x := range s.Principals {
			if a := part(x.Value, 4); s.Allow() && !s.NotPrincipal && x.Kind == "Federated" && a != "" && a != account &&
				strings.HasPrefix(part(x.Value, 5), "saml-provider/") {
				out = append(out, Cause{Class: ClassCrossAccount, Action: AssumeRoleWithSAML, By: ByTrust,
					Place: &Place{Policy: p.Name, Statement: s.Index, Sid: s.Sid, Effect: s.Effect, At: s.At},
					Miss:  Miss{Part: PartPrincipal, At: x.At, Wanted: []string{account}, Got: []string{x.Value}},
					Why:   "the provider belongs to account " + a + ", the role to " + account})
			}
		}
	}
	return out
}

// refused adds what AWS would refuse in the document itself. A verdict on a
// document that cannot be stored is worth nothing, so it becomes undecided.
func (v *Verdict) refused(p Policy, by string) {
	x, bad := p.Refused()
	if !bad {
		return
	}
	v.Outcome = Undecided
	v.Causes = append([]Cause{{Class: ClassRefused, By: by, Why: x.Text,
		Place: &Place{Policy: p.Name, Statement: p.statementAt(x.At.Start), At: x.At}, Miss: Miss{At: x.At}}}, v.Causes...)
}

// statementAt returns the index of the statement around a byte; -1 for none.
func (p Policy) statementAt(at int) int {
	for _, s := range p.Statements {
		if s.At.Start <= at && at < s.At.End {
			return s.Index
		}
	}
	return -1
}

// unreadable is the verdict on a document that does not parse.
func unreadable(by string, err error) Verdict {
	v := Verdict{Causes: []Cause{{Class: ClassRefused, By: by, Why: err.Error()}}}
	if e, ok := errors.AsType[*Error](err); ok {
		v.Causes[0].Place = &Place{Policy: by, Statement: -1, At: Span{e.Offset, e.Offset + 1}}
	}
	return v
}
