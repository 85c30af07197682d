package folder

import (
	"slices"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// refused settles facts from the errors that stand in files in place of
// answers: what is not there is Absent, what may not be seen is Denied. A fact
// that another file settles is left as it is.
func (m *match) refused() {
	for _, a := range m.refusals {
		if !m.mine(a.origin) {
			continue
		}
		op := a.v.Op
		if !strings.Contains(op, "-") {
			op = operation(op)
		}
		need := needOf(op, a.origin)
		if need == 0 {
			continue
		}
		err := awsx.Refusal(callOf(need), a.v.Code, a.v.Message)
		if op == "get-role" && err.State == evidence.Absent {
			m.missingRole(a)
			continue
		}
		if st := m.c.With(m.l).StateOf(need); st != evidence.Unasked {
			continue
		}
		f := awsx.Unanswered(need, err.State, a.source(), err.Error())
		m.l = (evidence.Case{Live: m.l}).With(f).Live
	}
}

// callOf is the call that answers a need.
func callOf(n evidence.Need) string {
	for _, w := range evidence.Wants() {
		if w.Need == n {
			return w.Call
		}
	}
	return ""
}

// derive settles what nobody answered by itself and another answer tells.
func (m *match) derive() {
	if m.l.Provider.State == evidence.Unasked {
		m.l.Provider = m.absentProvider(m.s.Providers())
	}
	if m.l.Instance.State == evidence.Unasked {
		m.l.Instance = m.listedInstance()
	}
	if !m.l.Exact.State.Seen() {
		if f := awsx.ExactOf(m.s, m.l.Users); f.State != evidence.Unasked {
			m.l.Exact = f
		}
	}
}

// mine reports whether a collected error is about this sign-in.
func (m *match) mine(o origin) bool {
	if n, ok := o.args["saml-provider-arn"]; ok && len(m.s.Pairs) > 0 {
		return slices.Contains(m.s.Providers(), n)
	}
	if n, ok := o.args["role-name"]; ok && len(m.s.Pairs) > 0 {
		return slices.ContainsFunc(namesOf(m.s.Roles()), func(r string) bool { return r == n })
	}
	if id, ok := o.args["instance-id"]; ok {
		return m.ofInstance(id)
	}
	return true
}

// needOf is the need that an operation of the AWS CLI answers; 0 for none.
func needOf(op string, o origin) evidence.Need {
	switch op {
	case "get-caller-identity":
		return evidence.NeedIdentity
	case "get-saml-provider":
		return evidence.NeedProvider
	case "list-saml-providers":
		return evidence.NeedProviders
	case "get-role":
		return evidence.NeedRoles
	case "list-attached-role-policies", "list-role-policies", "get-role-policy", "get-policy", "get-policy-version":
		return evidence.NeedPermissions
	case "describe-instance":
		return evidence.NeedInstance
	case "list-instances":
		if strings.HasPrefix(o.call, "sso-admin") {
			return evidence.NeedCenter
		}
		return evidence.NeedInstances
	case "list-users":
		return evidence.NeedUsers
	case "search-users":
		return evidence.NeedExact
	case "list-authentication-profiles", "describe-authentication-profile":
		return evidence.NeedAuthProfiles
	case "lookup-events":
		if q := o.args["lookup-attributes"]; q == "" || strings.Contains(q, "AssumeRoleWithSAML") || strings.Contains(q, "GetFederationToken") {
			return evidence.NeedTrail
		}
		return evidence.NeedChanges
	case "list-policies-for-target", "describe-policy", "list-parents", "describe-organization":
		return evidence.NeedGuardrails
	case "list-regions":
		return evidence.NeedRegions
	case "list-analyzers", "list-findings-v2", "get-finding-v2":
		return evidence.NeedExternal
	case "list-applications", "list-application-assignments":
		return evidence.NeedCenter
	case "simulate-principal-policy":
		return evidence.NeedSimulated
	}
	return 0
}

// missingRole notes that AWS has no such role.
func (m *match) missingRole(a about[refusal]) {
	for _, arn := range m.s.Roles() {
		n := namesOf([]string{arn})[0]
		if a.collected() && a.args["role-name"] != n || !a.collected() && !strings.Contains(a.v.Message, n) {
			continue
		}
		if slices.ContainsFunc(m.l.Roles.Value, func(r evidence.Role) bool { return r.ARN == arn }) {
			continue
		}
		if m.l.Roles.State == evidence.Unasked {
			m.l.Roles = fact([]evidence.Role{}, a.origin)
		}
		m.l.Roles.Value = append(m.l.Roles.Value, evidence.Role{ARN: arn, Name: n, Missing: true})
	}
}
