package folder

import (
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
)

func (w *writer) iam() {
	list := cli("iam", "list-saml-providers")
	write(w, w.l.Providers, list, func(v []evidence.ProviderName) {
		f := providersForm{SAMLProviderList: []providerLine{}}
		for _, p := range v {
			f.SAMLProviderList = append(f.SAMLProviderList, providerLine{p.ARN, stamp{p.ValidUntil}, stamp{p.CreateDate}})
		}
		w.put(list, w.at, f)
	})
	arn := w.l.Provider.Value.ARN
	if arn == "" {
		arn = first(w.s.Providers())
	}
	get := cli("iam", "get-saml-provider", "--saml-provider-arn", arn).of(name(arn))
	write(w, w.l.Provider, get, func(v evidence.Provider) {
		f := providerForm{
			SAMLProviderUUID: v.UUID, SAMLMetadataDocument: string(v.Metadata.Document), CreateDate: stamp{v.CreateDate},
			ValidUntil: stamp{v.ValidUntil}, AssertionEncryptionMode: v.EncryptionMode,
		}
		for _, k := range v.PrivateKeys {
			f.PrivateKeyList = append(f.PrivateKeyList, keyForm{k.ID, stamp{k.At}})
		}
		for _, k := range slices.Sorted(mapKeys(v.Tags)) {
			f.Tags = append(f.Tags, tagForm{k, v.Tags[k]})
		}
		w.put(get, w.at, f)
	})
	none := cli("iam", "get-role", "--role-name", name(first(w.s.Roles())))
	write(w, w.l.Roles, none, func(rs []evidence.Role) {
		for _, r := range rs {
			w.role(r)
		}
	})
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (w *writer) role(r evidence.Role) {
	n := r.Name
	if n == "" {
		n = name(r.ARN)
	}
	c := cli("iam", "get-role", "--role-name", n).of(n)
	if r.Missing {
		w.file(c, collected{Command: append([]string{"aws"}, c.argv...), At: w.at, Error: &collectedError{
			Code: "NoSuchEntity", Message: "The role with name " + n + " cannot be found."}})
		return
	}
	f := roleForm{
		Path: r.Path, RoleName: n, RoleID: r.ID, Arn: r.ARN, CreateDate: stamp{r.Created}, AssumeRolePolicyDocument: doc(r.Trust),
		MaxSessionDuration: int(r.MaxSession / time.Second),
	}
	if r.Boundary != "" {
		f.PermissionsBoundary = &boundaryForm{"Policy", r.Boundary}
	}
	if !r.LastUsed.IsZero() {
		f.RoleLastUsed = &lastUsedForm{stamp{r.LastUsed}, r.LastRegion}
	}
	w.put(c, w.at, struct{ Role roleForm }{f})
}

// permissions writes the two lists of a role's policies and each document.
func (w *writer) permissions() {
	role := name(first(w.s.Roles()))
	lists := cli("iam", "list-attached-role-policies", "--role-name", role).of(role)
	f := w.l.Permissions
	write(w, f, lists, func(ps []evidence.Policy) {
		attached, inline := attachedForm{AttachedPolicies: []struct{ PolicyName, PolicyArn string }{}}, []string{}
		for _, p := range ps {
			switch p.Kind {
			case evidence.Inline:
				inline = append(inline, p.Name)
				c := cli("iam", "get-role-policy", "--role-name", role, "--policy-name", p.Name).of(role + "-" + p.Name)
				w.put(c, w.at, inlineForm{role, p.Name, doc(p.Document)})
			case evidence.Managed:
				attached.AttachedPolicies = append(attached.AttachedPolicies, struct{ PolicyName, PolicyArn string }{p.Name, p.ARN})
				w.version(p)
			case evidence.Boundary:
				w.version(p)
			}
		}
		if f.State == evidence.Partial {
			// What is missing is not known by name; the list says that it is not all.
			attached.IsTruncated, attached.Marker = true, f.Why
		}
		w.put(lists, w.at, attached)
		w.put(cli("iam", "list-role-policies", "--role-name", role).of(role), w.at, struct{ PolicyNames []string }{inline})
	})
}

func (w *writer) version(p evidence.Policy) {
	c := cli("iam", "get-policy-version", "--policy-arn", p.ARN, "--version-id", p.Version).of(strings.TrimPrefix(name(p.ARN), "policy/"))
	w.put(c, w.at, struct{ PolicyVersion versionForm }{versionForm{doc(p.Document), p.Version, true}})
}
