package folder

import (
	"path/filepath"
	"slices"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// rolesOf finds the roles of the sign-in's pairs. A role whose ARN differs only
// by case comes along: that is what a rule wants to see.
func (m *match) rolesOf() evidence.Fact[[]evidence.Role] {
	var f evidence.Fact[[]evidence.Role]
	arns := m.s.Roles()
	take := func(a about[evidence.Role], r evidence.Role, told bool) {
		if f.State == evidence.Unasked {
			f = fact([]evidence.Role{}, a.origin)
		}
		f.Value = append(f.Value, r)
		if !told {
			f.Inferred, f.Why = true, "several files may hold the trust policy"
		}
	}
	if len(arns) == 0 {
		// Nothing readable names a role: what was given singly is it.
		if in := nearest(m.roles); len(in) == 1 {
			take(in[0], in[0].v, true)
		}
		return f
	}
	for _, arn := range arns {
		name := namesOf([]string{arn})
		fits := nearest(filter(m.roles, func(a about[evidence.Role]) bool {
			return a.v.ARN == "" && a.v.Name == "" || sameRole(a.v, arn, name[0])
		}))
		fits = unique(fits, func(r evidence.Role) string { return r.ARN + "\n" + squeeze(r.Trust) })
		if len(fits) == 0 {
			continue
		}
		left, told := narrow(fits,
			func(a about[evidence.Role]) bool { return a.v.ARN == arn },
			named[evidence.Role](name))
		r := left[0].v
		if r.ARN == "" {
			r.ARN, r.Name = arn, name[0]
			// A bare policy is every pair's, and which it was is a guess.
			told = told && (len(arns) == 1 || named[evidence.Role](name)(left[0]))
		}
		take(left[0], r, told)
	}
	return f
}

// sameRole reports whether a role is the pair's, by ARN or, where the file has
// no ARN, by name; letters' case aside.
func sameRole(r evidence.Role, arn, name string) bool {
	if r.ARN != "" {
		return strings.EqualFold(r.ARN, arn)
	}
	return strings.EqualFold(r.Name, name)
}

// squeeze takes white space out, to compare documents by what they say.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// permissions are the policies of the chosen role. The lists of what is
// attached, where given, say whether all of them are there.
func (m *match) permissions(s awsx.Subject) evidence.Fact[[]evidence.Policy] {
	var f evidence.Fact[[]evidence.Policy]
	role, several := chosenRole(s)
	ours := func(o origin) bool {
		n, ok := o.args["role-name"]
		return !ok || role == "" || strings.EqualFold(n, role)
	}
	attached, lists := m.attachedTo(ours)
	boundary := m.boundaryOf(s)
	in := filter(m.policies, func(a about[rolePolicy]) bool {
		switch {
		case a.v.role != "":
			return role == "" || strings.EqualFold(a.v.role, role)
		case a.v.ARN != "" && lists:
			return a.v.ARN == boundary || slices.ContainsFunc(attached, func(p attachedPolicy) bool { return p.arn == a.v.ARN })
		}
		return true
	})
	in = nearest(in)
	in = unique(in, func(p rolePolicy) string { return p.role + "\n" + p.ARN + "\n" + p.Name + "\n" + squeeze(p.Document) })
	in = current(in)
	for _, a := range in {
		if f.State == evidence.Unasked {
			f = fact([]evidence.Policy{}, a.origin)
		}
		p := a.v.Policy
		if b := namesOf([]string{boundary}); p.ARN == "" && named[rolePolicy](b)(a) {
			p.ARN, p.Name = boundary, b[0]
		}
		if p.ARN == "" && p.Kind == evidence.Managed && len(attached) == 1 && len(in) == 1 {
			p.ARN, p.Name = attached[0].arn, attached[0].name
		}
		if p.ARN != "" && p.ARN == boundary {
			// One policy may be both attached and the boundary.
			if slices.ContainsFunc(attached, func(q attachedPolicy) bool { return q.arn == p.ARN }) {
				f.Value = append(f.Value, p)
			}
			p.Kind = evidence.Boundary
		}
		f.Value = append(f.Value, p)
		if several && a.v.role == "" && !named[rolePolicy]([]string{role})(a) {
			f.Inferred, f.Why = true, "the file does not say which role's policy it is"
		}
	}
	if lists && f.State == evidence.Unasked {
		f = fact([]evidence.Policy{}, m.listOrigin(ours))
	}
	m.missing(&f, attached, boundary, ours)
	return f
}

// chosenRole is the name of the role to judge, and whether there are several.
func chosenRole(s awsx.Subject) (name string, several bool) {
	arns := s.Roles()
	if len(arns) == 0 {
		return "", false
	}
	return namesOf(arns[:1])[0], len(arns) > 1
}

// current drops versions of a managed policy that are not the default where
// the default is there too.
func current(in []about[rolePolicy]) []about[rolePolicy] {
	if !slices.ContainsFunc(in, func(a about[rolePolicy]) bool { return a.v.Kind == evidence.Managed && !a.v.superseded }) {
		return in
	}
	return filter(in, func(a about[rolePolicy]) bool { return !a.v.superseded })
}

func (m *match) attachedTo(ours func(origin) bool) (out []attachedPolicy, any bool) {
	for _, a := range m.attached {
		if ours(a.origin) {
			any = true
			out = append(out, a.v.rows...)
		}
	}
	for _, a := range m.inline {
		any = any || ours(a.origin) && a.collected()
	}
	return out, any
}

// onlyFolder reports whether all policies came with a folder: those given
// singly were given as the role's.
func (m *match) onlyFolder() bool {
	return !slices.ContainsFunc(m.policies, func(a about[rolePolicy]) bool { return a.flag != Folder })
}

func (m *match) listOrigin(ours func(origin) bool) origin {
	for _, a := range m.attached {
		if ours(a.origin) {
			return a.origin
		}
	}
	for _, a := range m.inline {
		if ours(a.origin) {
			return a.origin
		}
	}
	return origin{}
}

// boundaryOf is the permissions boundary's ARN of the role to judge.
func (m *match) boundaryOf(s awsx.Subject) string {
	for _, arn := range s.Roles() {
		for _, a := range m.roles {
			if r := a.v; r.Boundary != "" && strings.EqualFold(r.ARN, arn) {
				return r.Boundary
			}
		}
	}
	return ""
}

// missing turns the fact partial where a list names a policy whose document
// is not among the files. Documents that do not say whose they are stand for
// as many names as there are of them.
func (m *match) missing(f *evidence.Fact[[]evidence.Policy], attached []attachedPolicy, boundary string, ours func(origin) bool) {
	if f.State == evidence.Unasked {
		return
	}
	nameless := 0
	for _, p := range f.Value {
		if p.ARN == "" && p.Name == "" {
			nameless++
		}
	}
	// More documents than names: some are of another role, or another version.
	if lists := len(m.attached)+len(m.inline) > 0; nameless > 1 && (lists && nameless > len(attached) || !lists && m.onlyFolder()) {
		f.Inferred, f.Why = true, "several files may hold the role's policies, and they do not say whose they are"
	}
	have := func(match func(evidence.Policy) bool) bool {
		if slices.ContainsFunc(f.Value, match) {
			return true
		}
		nameless--
		return nameless >= 0
	}
	var lack []string
	for _, a := range attached {
		if !have(func(p evidence.Policy) bool { return p.ARN == a.arn }) {
			lack = append(lack, a.name)
		}
	}
	for _, l := range m.inline {
		for _, n := range l.v.rows {
			if ours(l.origin) && !have(func(p evidence.Policy) bool { return p.Name == n && p.ARN == "" }) {
				lack = append(lack, n)
			}
		}
	}
	if boundary != "" && !slices.ContainsFunc(f.Value, func(p evidence.Policy) bool { return p.ARN == boundary }) {
		a, _ := endpoint.ParseARN(boundary)
		lack = append(lack, a.String()+" (the permissions boundary)")
	}
	for _, a := range m.attached {
		if a.v.more && ours(a.origin) {
			f.State, f.Why = evidence.Partial, filepath.Base(a.file)+" is not all of the role's policies"
		}
	}
	if len(lack) > 0 {
		f.State = evidence.Partial
		f.Why = "the role also has " + strings.Join(lack, ", ") + ", whose document is not among the files (aws iam get-policy-version)"
	}
}
