package preflight

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// role judges a role's trust policy without a sign-in: whom it trusts, and
// under which conditions.
func (a Account) role(r evidence.Role) Subject {
	s := Subject{Kind: "role", ID: r.ARN}
	p, err := policy.Parse(r.Trust)
	if err != nil {
		s.Open = append(s.Open, "its trust policy could not be read: "+err.Error())
		return s
	}
	at := func(span policy.Span) evidence.Spot {
		return evidence.Spot{In: evidence.InTrust, Path: r.ARN, Start: span.Start, End: span.End}
	}
	for _, st := range p.Statements {
		trusted := providers(st)
		if !st.Allow() || len(trusted) == 0 {
			continue
		}
		for _, t := range trusted {
			if f, ok := a.missing(r, t.Value, at(t.At)); ok {
				s.Findings = append(s.Findings, f)
			}
		}
		if !slices.ContainsFunc(st.Actions, func(t policy.Term) bool { return policy.LikeAction(t.Value, policy.AssumeRoleWithSAML) }) && !st.NotAction {
			s.Findings = append(s.Findings, find("trust-action", rule.Unset,
				fmt.Sprintf("%s trusts a SAML provider, but not for %s", r.Name, policy.AssumeRoleWithSAML),
				rule.Exhibit{What: "Action", At: at(st.ActionAt), Saw: values(st.Actions), Want: policy.AssumeRoleWithSAML}))
		}
		s.Findings = append(s.Findings, conditions(r, st, at)...)
	}
	return s
}

// providers are the SAML providers that a statement names.
func providers(st policy.Statement) (out []policy.Principal) {
	if st.NotPrincipal {
		return nil
	}
	for _, p := range st.Principals {
		if p.Kind == "Federated" && strings.Contains(p.Value, ":saml-provider/") {
			out = append(out, p)
		}
	}
	return out
}

// missing tells that a trusted provider is not there, or is another account's.
func (a Account) missing(r evidence.Role, provider string, at evidence.Spot) (rule.Finding, bool) {
	role, okRole := endpoint.ParseARN(r.ARN)
	arn, ok := endpoint.ParseARN(provider)
	if !ok || !okRole {
		return rule.Finding{}, false
	}
	if arn.Account != role.Account {
		return find("provider-cross-account", rule.Unset,
			fmt.Sprintf("%s trusts a SAML provider of account %s; a role can only trust one of its own account", r.Name, arn.Account),
			rule.Exhibit{What: "Principal", At: at, Saw: provider, Want: "a provider of account " + role.Account}), true
	}
	known, ok := a.Names.Get()
	if !ok || slices.ContainsFunc(known, func(n evidence.ProviderName) bool { return n.ARN == provider }) {
		return rule.Finding{}, false
	}
	var names []string
	for _, n := range known {
		names = append(names, n.ARN)
	}
	return find("provider-not-found", rule.Unset,
		fmt.Sprintf("%s trusts the SAML provider %s, which is not in the account", r.Name, arn.Name()),
		rule.Exhibit{What: "Principal", At: at, Saw: provider, Want: strings.Join(names, ", ")}), true
}

// conditions tells of conditions that no SAML sign-in can meet, and of none
// that ties a response to AWS's endpoint.
func conditions(r evidence.Role, st policy.Statement, at func(policy.Span) evidence.Spot) (out []rule.Finding) {
	aud := false
	for _, c := range st.Conditions {
		op := strings.ToLower(c.Operator)
		lenient := strings.HasSuffix(op, "ifexists") || strings.HasPrefix(op, "forallvalues:") || op == "null" || strings.Contains(op, "not")
		if why, never := policy.Impossible(c.Key); never && !lenient {
			out = append(out, find("trust-impossible-condition", rule.Unset,
				fmt.Sprintf("The trust policy of %s asks for %s, which a SAML sign-in never carries: %s", r.Name, c.Key, why),
				rule.Exhibit{What: c.Operator + " " + c.Key, At: at(c.At), Saw: "not in the request", Want: values(c.Values)}))
		}
		if !strings.EqualFold(c.Key, "SAML:aud") {
			continue
		}
		aud = true
		if op == "stringequals" && !slices.ContainsFunc(c.Values, func(t policy.Term) bool { return endpoint.ParseACS(t.Value).OK() }) {
			out = append(out, find("trust-condition", rule.Unset,
				fmt.Sprintf("The trust policy of %s wants SAML:aud to be what is no AWS sign-in address; SAML:aud is the Recipient, not the Audience", r.Name),
				rule.Exhibit{What: "SAML:aud", At: at(c.At), Saw: values(c.Values), Want: "https://signin.aws.amazon.com/saml, or a Region's"}))
		}
	}
	if !aud {
		out = append(out, find("trust-broad", rule.Unset,
			fmt.Sprintf("The trust policy of %s admits any response of its provider, whichever endpoint it was made for", r.Name),
			rule.Exhibit{What: "Condition", At: at(st.At), Saw: "none on SAML:aud", Want: "SAML:aud, with every endpoint that the IdP posts to"}))
	}
	return out
}

func values(ts []policy.Term) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Value)
	}
	return strings.Join(out, ", ")
}
