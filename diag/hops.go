package diag

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/xmldsig"
)

func (j judge) idp(r evidence.Response, read bool) chain.Link {
	switch {
	case !read:
		return unchecked(evidence.NeedResponse, "no SAML response could be read")
	case r.BareAssertion:
		return inferred("the assertion alone was given; the IdP's status is not in it")
	case r.Status.Success() && len(r.Assertions)+len(r.Encrypted) > 0:
		return verified("the IdP answered Success and sent %s", plural(len(r.Assertions)+len(r.Encrypted), "assertion"))
	}
	return unchecked(evidence.NeedResponse, "the response's status could not be read")
}

func (j judge) post() chain.Link {
	if p := j.Case.Capture.Value.Posted; p != nil {
		return verified("posted to %s", hostPath(p.URL))
	}
	if !j.readable {
		return unchecked(evidence.NeedPosted, "where it was posted is not in this capture")
	}
	return inferred("the Recipient is AWS's; where it was posted is not in this capture")
}

func (j judge) signIn(r evidence.Response) chain.Link {
	if !j.readable {
		return unchecked(evidence.NeedAssertion, closed(r))
	}
	if j.provider() == endpoint.IdentityCenter {
		return verified("the NameID can be read")
	}
	if n := len(j.claims.Pairs); n > 0 {
		if p, ok := j.claims.Chosen(j.Case); ok && p.OK {
			return verified("role %s", p.Role.Name())
		}
		return verified("%s", plural(n, "role pair"))
	}
	return unchecked(evidence.NeedAssertion, "no role pair could be read")
}

func closed(r evidence.Response) string {
	if len(r.Encrypted) > 0 {
		return "the assertion is encrypted; --key opens it"
	}
	return "no assertion could be read"
}

func (j judge) iamProvider(r evidence.Response, read bool) chain.Link {
	if !read {
		return unchecked(evidence.NeedResponse, "no SAML response could be read")
	}
	f := j.Case.Live.Provider
	judged := xmldsig.Judge(r, admission.Keys(j.Case))
	switch {
	case f.State == evidence.Known && r.Decoded && judged.State == xmldsig.Invalid:
		return unchecked(0, "the XML was laid out anew by the viewer it was copied from, so its signature cannot be checked")
	case f.State == evidence.Known && judged.State == xmldsig.Valid && f.Inferred:
		return inferred("the signature verifies with %s of %s, which was matched by likeness", short(judged.VerifiedBy), f.Source)
	case f.State == evidence.Known && judged.State == xmldsig.Valid:
		return verified("the signature verifies with %s, which IAM holds", short(judged.VerifiedBy))
	case f.State == evidence.Known:
		return unchecked(0, "the signature could not be judged: "+strings.Join(judged.Why, "; "))
	case judged.State == xmldsig.Valid:
		return unchecked(evidence.NeedProvider, "the signature is sound by the certificate in it; whether IAM holds that one "+notSeen(f))
	}
	return unchecked(evidence.NeedProvider, "IAM's metadata "+notSeen(f))
}

func (j judge) sts() chain.Link {
	if !j.readable {
		return unchecked(evidence.NeedAssertion, closed(j.Case.Response.Value))
	}
	if !j.Case.AsOf.Known() {
		return unchecked(evidence.NeedTime, "when it was redeemed is not known; --as-of tells")
	}
	return verified("session name, audience and times hold as of %s", j.Case.AsOf.At.UTC().Format("2006-01-02 15:04:05Z"))
}

func (j judge) trust() chain.Link {
	if !j.readable {
		return unchecked(evidence.NeedAssertion, closed(j.Case.Response.Value))
	}
	roles := j.Case.Live.Roles
	if roles.State != evidence.Known {
		return unchecked(evidence.NeedRoles, "the role's trust policy "+notSeen(roles))
	}
	var why string
	open := false
	for _, d := range admission.Doors(j.Case) {
		switch {
		case d.Opens():
			open = true
		case d.Seen && d.Verdict.Outcome == policy.Undecided:
			why = hangs(d.Verdict)
		}
	}
	switch {
	case open && roles.Inferred:
		return inferred("the trust policy of %s admits it; it was matched by likeness", roles.Source)
	case open:
		return verified("the trust policy admits this provider, action and audience")
	}
	if why == "" {
		why = "the trust policy given is of another role"
	}
	return unchecked(evidence.NeedRoles, why)
}

func (j judge) federate() chain.Link {
	if j.ForConnect.State != evidence.Known {
		return unchecked(0, j.ForConnect.Why)
	}
	ps := j.Case.Live.Permissions
	if ps.State != evidence.Known {
		return unchecked(evidence.NeedPermissions, "what the role may do "+notSeen(ps))
	}
	v, ok := admission.Federate(j.Case)
	against := refusedBySimulator(j.Case)
	switch {
	case admission.InstanceARN(j.Case) == "":
		return unchecked(evidence.NeedInstance, "which instance it is for is not known")
	case !ok:
		return unchecked(evidence.NeedAssertion, closed(j.Case.Response.Value))
	case v.Outcome == policy.Allowed && against != "":
		return inferred("the role may call connect:GetFederationToken as its policies read, but %s", against)
	case v.Outcome == policy.Allowed && (ps.Inferred || v.Inferred):
		return inferred("the role may call connect:GetFederationToken; %s", why(v, ps))
	case v.Outcome == policy.Allowed:
		return verified("the role may call connect:GetFederationToken on the instance")
	}
	return unchecked(evidence.NeedPermissions, hangs(v))
}

func (j judge) user() chain.Link {
	if j.ForConnect.State != evidence.Known {
		return unchecked(0, j.ForConnect.Why)
	}
	if !j.readable {
		return unchecked(evidence.NeedAssertion, closed(j.Case.Response.Value))
	}
	name, instance := j.claims.NameIn(j.Case), admission.Instance(j.Case)
	for _, f := range []evidence.Fact[[]evidence.User]{j.Case.Live.Exact, j.Case.Live.Users} {
		for _, u := range f.Value {
			if u.Username == name && name != "" && (u.Instance == "" || instance == "" || strings.EqualFold(u.Instance, instance)) {
				return verified("Connect has a user %s", u.Username)
			}
		}
	}
	us := j.Case.Live.Users
	switch us.State {
	case evidence.Known:
		return unchecked(evidence.NeedUsers, "the Connect users given are of another instance")
	case evidence.Partial:
		return unchecked(evidence.NeedUsers, fmt.Sprintf("not among the first %d users; the list is incomplete", len(us.Value)))
	case evidence.Unasked, evidence.Absent, evidence.Denied, evidence.Failed:
	}
	return unchecked(evidence.NeedUsers, "the list of Connect users "+notSeen(us))
}

func (j judge) session() chain.Link {
	if j.ForConnect.State != evidence.Known {
		return unchecked(0, j.ForConnect.Why)
	}
	return unchecked(0, "a session's end is not in a capture of its beginning")
}
