// Package admission puts the questions of one sign-in to the policy judge:
// does the trust policy of the role it asks for let it in, and may that role's
// session open the Connect instance?
//
// It picks the documents and names of the case; the judging is package
// policy's, and what follows from it is for the rules and the chain to say.
package admission

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
)

// A Door is one role that the sign-in may be for, and whether it opens.
type Door struct {
	Pair claims.Pair
	// Role is the evidence on the pair's role. Without any, Seen is false.
	Role evidence.Role
	Seen bool
	// Case tells that a role was found whose ARN differs in case only; AWS
	// compares role names byte by byte here.
	Case    bool
	Verdict policy.Verdict
	// SignIn is what AWS makes a request of.
	SignIn policy.SignIn
}

// Opens reports whether the trust policy admits the sign-in.
func (d Door) Opens() bool {
	return d.Seen && !d.Role.Missing && !d.Case && d.Verdict.Outcome == policy.Allowed
}

// Shut reports whether it is certain that the role does not admit it.
func (d Door) Shut() bool {
	if !d.Seen {
		return false
	}
	o := d.Verdict.Outcome
	return d.Role.Missing || d.Case || o == policy.ImplicitDeny || o == policy.ExplicitDeny
}

// Doors returns every role that the sign-in may be for. It is empty where the
// assertion cannot be read.
func Doors(c evidence.Case) []Door {
	cl, a, ok := claims.Read(c)
	if !ok {
		return nil
	}
	var out []Door
	for _, p := range cl.Candidates(c) {
		if !p.OK {
			continue
		}
		d := Door{Pair: p, SignIn: signIn(c, a, p)}
		d.find(c.Live.Roles)
		if d.Seen && !d.Role.Missing {
			d.Verdict = policy.Trust(d.Role, d.SignIn)
		}
		out = append(out, d)
	}
	return out
}

// Failing returns the doors if all of them are shut: a sign-in that offers
// several roles fails only if none of them opens. It is nil otherwise.
func Failing(c evidence.Case) []Door {
	ds := Doors(c)
	for _, d := range ds {
		if !d.Shut() {
			return nil
		}
	}
	return ds
}

// find looks the pair's role up among the evidence: by ARN, by an ARN that
// differs in case only, else the one document that names no role.
func (d *Door) find(roles evidence.Fact[[]evidence.Role]) {
	if roles.State == evidence.Absent {
		d.Role, d.Seen = evidence.Role{ARN: d.Pair.RoleARN, Missing: true}, true
		return
	}
	for _, r := range roles.Value {
		if r.ARN == d.Pair.RoleARN {
			d.Role, d.Seen, d.Case = r, true, false
			return
		}
		switch {
		case r.ARN == "":
			d.Role, d.Seen = r, true
		case strings.EqualFold(r.ARN, d.Pair.RoleARN):
			d.Role, d.Seen, d.Case = r, true, true
		}
	}
}

func signIn(c evidence.Case, a evidence.Assertion, p claims.Pair) policy.SignIn {
	s := policy.SignIn{Assertion: a, Provider: p.ProviderARN, Role: p.RoleARN, At: c.AsOf.At}
	if post := c.Capture.Value.Posted; post != nil {
		s.Posted = post.URL
	}
	if c.Response.Value.LaidOut() {
		s.Assertion = trimmed(a)
	}
	return s
}

// trimmed takes white space off the values of an assertion that a viewer may
// have laid out anew.
func trimmed(a evidence.Assertion) evidence.Assertion {
	cut := func(t *evidence.Text) { t.Value = strings.Trim(t.Value, " \t\r\n") }
	cut(&a.Issuer)
	if a.Subject != nil {
		s := *a.Subject
		cut(&s.NameID)
		a.Subject = &s
	}
	attrs := make([]evidence.Attribute, len(a.Attributes))
	for i, at := range a.Attributes {
		vs := make([]evidence.Value, len(at.Values))
		for k, v := range at.Values {
			cut(&v.Text)
			vs[k] = v
		}
		at.Values = vs
		attrs[i] = at
	}
	a.Attributes = attrs
	return a
}

// Chosen returns the role that the permissions are to be judged for, as far
// as it is known.
func Chosen(c evidence.Case) (Door, bool) {
	ds := Doors(c)
	for _, d := range ds {
		if d.Opens() {
			return d, true
		}
	}
	if len(ds) > 0 {
		return ds[0], true
	}
	return Door{}, false
}

// Guarded asks whether the organization's SCPs and RCPs let the sign-in assume
// its role. It reports false where they, or the assertion, are not known.
func Guarded(c evidence.Case) (policy.Verdict, bool) {
	gs, ok := c.Live.Guardrails.Get()
	if !ok || len(gs) == 0 {
		return policy.Verdict{}, false
	}
	d, ok := Chosen(c)
	if !ok {
		return policy.Verdict{}, false
	}
	return policy.Guardrails(gs, d.Role, d.SignIn), true
}

// Federate asks whether the role may call connect:GetFederationToken on the
// instance. It reports false where the permissions or the assertion are not
// known.
func Federate(c evidence.Case) (policy.Verdict, bool) {
	ps, ok := c.Live.Permissions.Get()
	if !ok {
		return policy.Verdict{}, false
	}
	cl, _, ok := claims.Read(c)
	if !ok {
		return policy.Verdict{}, false
	}
	d, ok := Chosen(c)
	if !ok {
		return policy.Verdict{}, false
	}
	return policy.Federate(policy.Federation{
		Policies: ps, Role: d.Role, Instance: InstanceARN(c), SessionName: cl.NameIn(c), SignIn: d.SignIn,
		Guardrails: c.Live.Guardrails.Value, Unlisted: c.Live.Guardrails.State != evidence.Known, At: c.AsOf.At,
	}), true
}

// Keys are the certificates that decide over the signature: those that IAM
// holds for the provider. They are nil where no provider is known, or what was
// given as its metadata cannot be read, and empty where it has none.
func Keys(c evidence.Case) []evidence.Certificate {
	p, ok := c.Live.Provider.Get()
	if !ok {
		return nil
	}
	out := append([]evidence.Certificate{}, p.Metadata.Signing()...)
	for _, m := range p.Others {
		out = append(out, m.Signing()...)
	}
	if len(out) == 0 && p.Metadata.Problem != "" {
		return nil
	}
	return out
}
