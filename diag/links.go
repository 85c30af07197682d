package diag

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// links returns every hop's state.
func links(d Diagnosis, a answer) []chain.Link {
	j := judge{Diagnosis: d, answer: a}
	j.claims, j.assertion, j.readable = claims.Read(d.Case)
	failed := len(evidence.Hops())
	cause, broken := rule.Finding{}, false
	if d.Verdict.State == chain.Broken {
		cause, broken = d.Findings[0], true
		failed = int(cause.Hop)
	}
	var out []chain.Link
	for _, h := range evidence.Hops() {
		l := j.link(h)
		switch {
		case broken && int(h) == failed:
			l = chain.Link{Hop: h, State: chain.Failed, Why: cause.Summary}
		case broken && int(h) > failed && l.State != chain.NotApplicable:
			l = chain.Link{Hop: h, State: chain.Unreached, Known: j.known(l), Why: "not reached: it broke at " + cause.Hop.String()}
		}
		out = append(out, l)
	}
	return out
}

// known says what would become of a hop that was not reached.
func (j judge) known(l chain.Link) string {
	for _, f := range j.Findings {
		if f.After != "" && f.Hop == l.Hop && !f.Rule.Whole {
			return "would fail: " + f.ID()
		}
	}
	if l.State == chain.Verified || l.State == chain.Inferred {
		return "would pass"
	}
	return ""
}

type judge struct {
	Diagnosis
	answer    answer
	claims    claims.Claims
	assertion evidence.Assertion
	readable  bool
}

// link judges one hop by itself, as if nothing before it had failed.
func (j judge) link(h evidence.Hop) chain.Link {
	if why := j.notApplicable(h); why != "" {
		return chain.Link{Hop: h, State: chain.NotApplicable, Why: why}
	}
	l := j.look(h)
	l.Hop = h
	if id := j.brokenRule(h); id != "" && l.State != chain.Failed {
		l = chain.Link{Hop: h, State: chain.Unchecked, Why: "the rule " + id + " failed to run"}
	}
	if l.State == chain.Unchecked && int(h) <= j.answer.passed {
		return chain.Link{Hop: h, State: chain.Inferred, Why: j.answer.why + " (" + l.Why + ")"}
	}
	return l
}

func (j judge) brokenRule(h evidence.Hop) string {
	for _, r := range j.Results {
		if r.Outcome == rule.Broken && r.Rule.Hop == h {
			return r.Rule.ID
		}
	}
	return ""
}

func (j judge) notApplicable(h evidence.Hop) string {
	if h >= evidence.HopProvider && j.provider() == endpoint.IdentityCenter {
		return "IAM Identity Center is the service provider here"
	}
	if h >= evidence.HopFederate && j.ForConnect.State == evidence.Known && !j.ForConnect.Value {
		return j.ForConnect.Why
	}
	return ""
}

// provider tells whose service provider this sign-in speaks to.
func (d Diagnosis) provider() endpoint.Kind {
	if p := d.Case.Capture.Value.Posted; p != nil {
		return endpoint.ParseACS(p.URL).Kind
	}
	if r, ok := d.Case.Response.Get(); ok {
		if a, ok := r.First(); ok && a.Subject != nil {
			for _, c := range a.Subject.Confirmations {
				if c.Recipient.Present {
					return endpoint.ParseACS(c.Recipient.Value).Kind
				}
			}
		}
		if r.Destination.Present {
			return endpoint.ParseACS(r.Destination.Value).Kind
		}
	}
	return endpoint.Sign
}

func (j judge) look(h evidence.Hop) chain.Link {
	r, read := j.Case.Response.Get()
	switch h {
	case evidence.HopCapture:
		if !read {
			return unchecked(evidence.NeedResponse, "no SAML response could be read")
		}
		return verified("the SAML response was read: %d bytes", len(r.Sent))
	case evidence.HopIdP:
		return j.idp(r, read)
	case evidence.HopPost:
		return j.post()
	case evidence.HopSignIn:
		return j.signIn(r)
	case evidence.HopProvider:
		return j.iamProvider(r, read)
	case evidence.HopSTS:
		return j.sts()
	case evidence.HopTrust:
		return j.trust()
	case evidence.HopFederate:
		return j.federate()
	case evidence.HopUser:
		return j.user()
	case evidence.HopSession:
		return j.session()
	}
	return unchecked(0, "not looked at")
}

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
			why = "it hangs on " + hangs(d.Verdict)
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
		return unchecked(evidence.NeedPermissions, "the role's permissions "+notSeen(ps))
	}
	v, ok := admission.Federate(j.Case)
	switch {
	case admission.InstanceARN(j.Case) == "":
		return unchecked(evidence.NeedInstance, "which instance it is for is not known")
	case !ok:
		return unchecked(evidence.NeedAssertion, closed(j.Case.Response.Value))
	case v.Outcome == policy.Allowed && (ps.Inferred || v.Inferred):
		return inferred("the role may call connect:GetFederationToken; %s", why(v, ps))
	case v.Outcome == policy.Allowed:
		return verified("the role may call connect:GetFederationToken on the instance")
	}
	return unchecked(evidence.NeedPermissions, "it hangs on "+hangs(v))
}

func (j judge) user() chain.Link {
	if j.ForConnect.State != evidence.Known {
		return unchecked(0, j.ForConnect.Why)
	}
	if !j.readable {
		return unchecked(evidence.NeedAssertion, closed(j.Case.Response.Value))
	}
	name := j.claims.NameIn(j.Case)
	for _, f := range []evidence.Fact[[]evidence.User]{j.Case.Live.Exact, j.Case.Live.Users} {
		for _, u := range f.Value {
			if u.Username == name && name != "" {
				return verified("Connect has a user %s", u.Username)
			}
		}
	}
	us := j.Case.Live.Users
	if us.State == evidence.Partial {
		return unchecked(evidence.NeedUsers, fmt.Sprintf("not among the first %d users; the list is incomplete", len(us.Value)))
	}
	return unchecked(evidence.NeedUsers, "the Connect users "+notSeen(us))
}

func (j judge) session() chain.Link {
	if j.ForConnect.State != evidence.Known {
		return unchecked(0, j.ForConnect.Why)
	}
	return unchecked(0, "a session's end is not in a capture of its beginning")
}

func verified(format string, args ...any) chain.Link {
	return chain.Link{State: chain.Verified, Why: fmt.Sprintf(format, args...)}
}

func inferred(format string, args ...any) chain.Link {
	return chain.Link{State: chain.Inferred, Why: fmt.Sprintf(format, args...)}
}

func unchecked(missing evidence.Need, why string) chain.Link {
	return chain.Link{State: chain.Unchecked, Why: why, Missing: missing}
}

// notSeen says why a fact is not there, as the rest of a sentence.
func notSeen[T any](f evidence.Fact[T]) string {
	switch f.State {
	case evidence.Denied:
		return "could not be read: " + strings.TrimSuffix(f.Source+" is denied", " ")
	case evidence.Failed:
		why, _, _ := strings.Cut(f.Why, ": ") // the rest is told once, with the lookup
		return "could not be read: " + why
	case evidence.Partial:
		return "came only in part"
	case evidence.Absent:
		return "does not exist"
	case evidence.Unasked, evidence.Known:
	}
	if f.Why != "" {
		return "was not looked up: " + f.Why
	}
	return "was not looked up"
}

func plural(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// short cuts a fingerprint to its ends.
func short(fingerprint string) string {
	if len(fingerprint) < 24 {
		return fingerprint
	}
	return fingerprint[:5] + "…" + fingerprint[len(fingerprint)-5:]
}

func hostPath(u string) string {
	u, _, _ = strings.Cut(u, "?")
	return strings.TrimPrefix(u, "https://")
}

// hangs says what keeps a verdict undecided.
func hangs(v policy.Verdict) string {
	if parts := append(append([]string{}, v.Missing...), v.Keys...); len(parts) > 0 {
		return strings.Join(parts, ", ") + ", which is not known"
	}
	for _, c := range v.Causes {
		if c.Why != "" {
			return c.Why
		}
	}
	return "something that is not known"
}

// why says why a permission is inferred and not verified.
func why(v policy.Verdict, ps evidence.Fact[[]evidence.Policy]) string {
	if ps.Inferred {
		return ps.Source + " was matched by likeness"
	}
	if v.Inferred {
		return "the role's ID is not known, so ${aws:userid} was taken to match"
	}
	return ""
}
