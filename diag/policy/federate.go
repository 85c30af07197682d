package policy

import (
	"strconv"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
)

// A Federation is the call that takes a signed-in user into Amazon Connect:
// connect:GetFederationToken, made with the session of the role.
type Federation struct {
	// Policies are the role's identity policies and, with kind Boundary, its
	// permissions boundary.
	Policies []evidence.Policy
	// Role is the role; its ID may be unknown, and Boundary names the
	// boundary that has to be among Policies.
	Role evidence.Role
	// Instance is the Connect instance's ARN, arn:P:connect:R:A:instance/ID;
	// "" where unknown.
	Instance string
	// SessionName is the role session name.
	SessionName string
	// SignIn is the sign-in that began the session, for its tags and saml:
	// keys; the zero SignIn leaves them unknown.
	SignIn SignIn
	// Guardrails are the SCPs and RCPs on the account's path; Unlisted tells
	// that there may be more of them.
	Guardrails []evidence.Guardrail
	Unlisted   bool
	At         time.Time
	// Partial tells that not all identity policies could be had.
	Partial bool
}

// placeholder stands for a role ID that is not known. It has the form of one,
// so that ${aws:userid} and the resource agree.
const placeholder = "AROA00000000000000000"

// Federate asks whether the role's session may call
// connect:GetFederationToken on the instance. AWS's own pages disagree on the
// resource that is checked, the instance or …/user/${aws:userid}: either one
// is enough.
func Federate(f Federation) Verdict {
	v := Verdict{}
	identity, boundary := f.parse(&v)
	id := f.Role.ID
	if id == "" {
		id = placeholder
		v.Inferred = true
	}
	user := id + ":" + f.SessionName
	c := f.context(user)
	caller := Caller{AWS: f.callers()}
	var requests []Request
	for _, res := range resources(f.Instance, user) {
		requests = append(requests, Request{Action: GetFederationToken, Resource: res, Principal: caller, Context: c})
	}
	out, ds := v.either(ByIdentity, identity, requests)
	v.Outcome = out
	switch out {
	case ImplicitDeny:
		if f.Partial {
			v.Outcome = Undecided
			v.Missing = append(v.Missing, "the rest of the role's policies")
		} else {
			v.Causes = append(v.Causes, f.unallowed(identity, requests, ds)...)
		}
	case ExplicitDeny:
		v.Causes = append(v.Causes, nearest(ds).causes(GetFederationToken, ByIdentity, ClassPermission)...)
	case Allowed:
		v.Warnings = append(v.Warnings, broadFederation(identity, ds)...)
	}
	v.bounded(f, boundary, requests)
	for _, g := range guard(f.Guardrails, f.Unlisted, requests) {
		v.join(g)
	}
	if v.Inferred && literalRoleID(identity) && v.Outcome != Allowed {
		v.Outcome = Undecided
		v.Missing = append(v.Missing, "the role's ID")
	}
	return v
}

// either asks about every reading of the resource. One that is allowed is
// enough; readings of which one is denied leave it undecided.
func (v *Verdict) either(by string, ps []Policy, rs []Request) (Outcome, []Decision) {
	var ds []Decision
	count := map[Outcome]int{}
	for _, r := range rs {
		d := Evaluate(ps, r)
		ds = append(ds, d)
		count[d.Outcome]++
		v.Steps = append(v.Steps, Step{by, r, d})
		if d.Outcome == Undecided {
			v.Keys = union(v.Keys, d.Keys)
		}
	}
	switch {
	case count[ExplicitDeny] == len(rs):
		return ExplicitDeny, ds
	case count[ExplicitDeny] > 0:
		for _, d := range ds {
			if d.Outcome == ExplicitDeny {
				for _, x := range d.causes(GetFederationToken, by, ClassPermission) {
					x.Uncertain = true
					v.Causes = append(v.Causes, x)
				}
			}
		}
		return Undecided, ds
	case count[Allowed] > 0:
		return Allowed, ds
	case count[Undecided] > 0:
		return Undecided, ds
	}
	return ImplicitDeny, ds
}

// parse reads the documents, noting those that cannot be read.
func (f Federation) parse(v *Verdict) (identity, boundary []Policy) {
	for _, e := range f.Policies {
		by := ByIdentity
		if e.Kind == evidence.Boundary {
			by = ByBoundary
		}
		p, err := Parse(e.Document)
		if err != nil {
			bad := unreadable(by, err)
			bad.Causes[0].Place.Policy = e.Name
			v.Warnings = append(v.Warnings, bad.Causes...)
			v.Missing = append(v.Missing, "a readable document of "+strconv.Quote(printable(e.Name)))
			continue
		}
		if p.Name = e.Name; p.Name == "" {
			p.Name = by
		}
		if by == ByBoundary {
			boundary = append(boundary, p)
		} else {
			identity = append(identity, p)
		}
	}
	return identity, boundary
}

func resources(instance, user string) []string {
	if instance == "" {
		return []string{""}
	}
	return []string{instance, instance + "/user/" + user}
}

// callers are the ARNs that the session goes by.
func (f Federation) callers() []string {
	arn := f.Role.ARN
	if arn == "" {
		return nil
	}
	name := part(arn, 5)
	name = name[strings.LastIndexByte(name, '/')+1:]
	return []string{"arn:" + part(arn, 1) + ":sts::" + part(arn, 4) + ":assumed-role/" + name + "/" + f.SessionName, arn}
}

// context is what the session's own requests carry.
func (f Federation) context(user string) Context {
	arn := f.Role.ARN
	c := Context{
		"aws:userid":                One(user),
		"aws:principalarn":          known(arn),
		"aws:principalaccount":      known(part(arn, 4)),
		"aws:principaltype":         One("AssumedRole"),
		"aws:username":              Missing(),
		"aws:principalisawsservice": Either(One("false"), Missing()),
		"aws:viaawsservice":         Either(One("false"), Missing()),
		"aws:calledvia":             Missing(),
		"aws:securetransport":       One("true"),
		"aws:requestedregion":       known(part(f.Instance, 3)),
		"aws:resourceaccount":       known(part(f.Instance, 4)),
		"aws:multifactorauthage":    Missing(),
		// A session of a SAML sign-in knows no second factor; whether it
		// says false or nothing is not documented.
		"aws:multifactorauthpresent": Either(Missing(), One("false")),
		"connect:instanceid":         known(strings.TrimPrefix(part(f.Instance, 5), "instance/")),
	}
	if !f.At.IsZero() {
		c["aws:currenttime"] = One(f.At.UTC().Format(time.RFC3339))
		c["aws:epochtime"] = One(strconv.FormatInt(f.At.Unix(), 10))
	}
	if f.SignIn.Provider == "" {
		return c
	}
	// Of the keys of the call only these live on in the session.
	in := SAMLContext(f.SignIn)
	c["saml:*"] = Missing()
	for _, k := range []string{"saml:namequalifier", "saml:sub", "saml:sub_type"} {
		c[k] = in.Lookup(k)
	}
	c["aws:federatedprovider"] = One(f.SignIn.Provider)
	c["aws:sourceidentity"] = in.Lookup("sts:SourceIdentity")
	for k, tag := range in {
		if name, ok := strings.CutPrefix(k, "aws:requesttag/"); ok && name != "*" {
			c["aws:principaltag/"+name] = tag
		}
	}
	// What is not among the session's tags may be among the role's own.
	return c
}

// bounded holds the verdict against the permissions boundary.
func (v *Verdict) bounded(f Federation, boundary []Policy, rs []Request) {
	if len(boundary) == 0 {
		if f.Role.Boundary != "" && v.Outcome == Allowed {
			v.Outcome = Undecided
			v.Missing = append(v.Missing, "the permissions boundary's document")
		}
		return
	}
	before := len(v.Causes)
	out, ds := v.either(ByBoundary, boundary, rs)
	if out == ImplicitDeny || out == ExplicitDeny {
		for _, c := range nearest(ds).causes(GetFederationToken, ByBoundary, ClassPermission) {
			if out == ImplicitDeny {
				c.Why = "the permissions boundary does not allow it"
			}
			c.Class = ClassDenied
			v.Causes = append(v.Causes, c)
		}
	}
	if v.Outcome == Allowed || len(v.Causes) > before {
		v.Outcome = combine(v.Outcome, out)
	}
}

// nearest returns the decision to explain: one that denied, else the one that
// came nearest to allowing.
func nearest(ds []Decision) Decision {
	best := ds[0]
	for _, d := range ds[1:] {
		switch {
		case best.Outcome == ExplicitDeny || d.Outcome != best.Outcome && d.Outcome != ExplicitDeny:
		case d.Outcome == ExplicitDeny, len(best.Near) == 0,
			len(d.Near) > 0 && reach(d.Near[0].Misses) < reach(best.Near[0].Misses):
			best = d
		}
	}
	return best
}
