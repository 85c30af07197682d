package diag

import (
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
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
