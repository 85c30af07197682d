package awsx

import (
	"encoding/json"
	"slices"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// A Scope narrows a policy to what a sign-in is about. What is empty is any.
type Scope struct {
	Partition        endpoint.Partition
	Account, Region  string
	Roles, Providers []string // ARNs
	Instance         string
}

// ScopeOf is the scope of a sign-in.
func ScopeOf(s Subject) Scope {
	return Scope{Partition: s.Partition, Account: s.Account, Region: s.Region, Roles: s.Roles(), Providers: s.Providers(), Instance: s.Instance}
}

// Policy returns the least IAM policy with which the lookups can be made: read
// actions only, taken from the table of lookups, one statement for each set of
// resources. It is an identity policy for whoever runs the program.
func Policy(todo []*Lookup, s Scope) []byte {
	type statement struct {
		Sid      string
		Effect   string
		Action   []string
		Resource []string
	}
	var out []*statement
	at := map[string]*statement{}
	taken := map[string][]string{} // action to resources
	var actions []string
	for _, l := range todo {
		for _, p := range l.Takes {
			if taken[p.Action] == nil {
				actions = append(actions, p.Action)
			}
			for _, r := range s.resources(p.Resource) {
				if !slices.Contains(taken[p.Action], r) {
					taken[p.Action] = append(taken[p.Action], r)
				}
			}
		}
	}
	for _, a := range actions {
		service, _, _ := strings.Cut(a, ":")
		rs := taken[a]
		slices.Sort(rs)
		k := service + "\n" + strings.Join(rs, "\n")
		if rs[0] == everything {
			k = everything
		}
		st := at[k]
		if st == nil {
			st = &statement{Sid: sid(service, rs), Effect: "Allow", Resource: rs}
			for n := 2; slices.ContainsFunc(out, func(o *statement) bool { return o.Sid == st.Sid }); n++ {
				st.Sid = sid(service, rs) + string(rune('0'+n))
			}
			at[k] = st
			out = append(out, st)
		}
		st.Action = append(st.Action, a)
	}
	for _, st := range out {
		slices.Sort(st.Action)
	}
	b, err := json.MarshalIndent(struct {
		Version   string
		Statement []*statement
	}{"2012-10-17", out}, "", "  ")
	if err != nil {
		return nil // strings alone cannot fail
	}
	return append(b, '\n')
}

// sid names a statement; IAM takes letters and digits only.
func sid(service string, resources []string) string {
	if resources[0] == everything {
		return "SamlensRead"
	}
	a, _ := endpoint.ParseARN(resources[0])
	kind, _, _ := strings.Cut(a.Resource, "/")
	var name strings.Builder
	name.WriteString("SamlensRead")
	for w := range strings.FieldsFuncSeq(service+"-"+kind, func(r rune) bool { return r == '-' }) {
		name.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return name.String()
}

// resources fills a permission's resource in.
func (s Scope) resources(form string) []string {
	or := func(v, any string) string {
		if v == "" {
			return any
		}
		return v
	}
	fill := strings.NewReplacer("{partition}", or(string(s.Partition), "aws"), "{account}", or(s.Account, "*"), "{region}", or(s.Region, "*"), "{instance}", or(s.Instance, "*"))
	whole := func(arns []string, part string) []string {
		var out []string
		for _, arn := range arns {
			if _, ok := endpoint.ParseARN(arn); ok && !strings.ContainsAny(arn, "*?$") {
				out = append(out, arn)
			}
		}
		if len(out) == 0 {
			out = append(out, fill.Replace(strings.ReplaceAll(form, part, "*")))
		}
		return out
	}
	switch {
	case strings.Contains(form, "{role}"):
		return whole(s.Roles, "{role}")
	case strings.Contains(form, "{provider}"):
		return whole(s.Providers, "{provider}")
	}
	return []string{fill.Replace(form)}
}

// Permissions returns the actions that the lookups of some needs take.
func Permissions(n evidence.Need) (out []string) {
	for _, l := range Lookups() {
		if n&l.Gives == 0 {
			continue
		}
		for _, p := range l.Takes {
			if !slices.Contains(out, p.Action) {
				out = append(out, p.Action)
			}
		}
	}
	return out
}
