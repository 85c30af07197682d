package folder

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
)

func (e *Evidence) takeIdentity(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		Account, Arn string
		UserID       string `json:"UserId"`
	}](b)
	if p != nil {
		return p
	}
	id := evidence.Identity{Account: v.Account, ARN: v.Arn, UserID: v.UserID, Region: o.args["region"]}
	if a, ok := endpoint.ParseARN(v.Arn); ok {
		id.Partition = string(a.Partition)
	}
	add(&e.identities, id, o)
	return nil
}

// takeXML takes a SAML metadata document.
func (e *Evidence) takeXML(data []byte, o origin) *Problem {
	switch o.flag {
	case Metadata, IdPMetadata, Folder:
	default:
		return wrong("wrong-kind", "it holds XML, and %s takes %s", o.flag, takes(o.flag))
	}
	name := strings.ToLower(o.file)
	if o.flag == IdPMetadata || o.flag == Folder && strings.Contains(name, "idp-metadata") {
		add(&e.idp, read(data, "idp-metadata", o.file), o)
		return nil
	}
	// IAM holds no UTF-16: PowerShell made it of what IAM answered.
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		data = plain(data)
	}
	m := read(data, "iam", o.file)
	if o.flag == Folder && len(m.Entities) == 0 {
		return note("it is XML and no SAML metadata of an IdP")
	}
	add(&e.providers, evidence.Provider{Metadata: m}, o)
	return nil
}

func read(data []byte, origin, source string) evidence.Metadata {
	m := metadata.Parse(data, origin)
	m.Source = source
	return m
}

func (e *Evidence) takeProvider(b json.RawMessage, o origin) *Problem {
	v, p := form[providerForm](b)
	if p != nil {
		return p
	}
	if o.flag == IdPMetadata {
		return wrong("wrong-kind", "it holds get-saml-provider output, which is what IAM holds; --idp-metadata takes what the IdP publishes; give it with --metadata")
	}
	pr := evidence.Provider{
		ARN: o.args["saml-provider-arn"], UUID: v.SAMLProviderUUID, Metadata: read([]byte(v.SAMLMetadataDocument), "iam", o.file),
		CreateDate: v.CreateDate.Time, ValidUntil: v.ValidUntil.Time, EncryptionMode: v.AssertionEncryptionMode, Full: true,
	}
	for _, k := range v.PrivateKeyList {
		pr.PrivateKeys = append(pr.PrivateKeys, evidence.PrivateKey{ID: k.KeyID, At: k.Timestamp.Time})
	}
	for _, t := range v.Tags {
		if pr.Tags == nil {
			pr.Tags = map[string]string{}
		}
		pr.Tags[t.Key] = t.Value
	}
	add(&e.providers, pr, o)
	return nil
}

func (e *Evidence) takeProviders(b json.RawMessage, o origin) *Problem {
	v, p := form[providersForm](b)
	if p != nil {
		return p
	}
	names := []evidence.ProviderName{}
	for _, l := range v.SAMLProviderList {
		names = append(names, evidence.ProviderName{ARN: l.Arn, CreateDate: l.CreateDate.Time, ValidUntil: l.ValidUntil.Time})
	}
	add(&e.names, names, o)
	return nil
}

func (e *Evidence) takeRole(b json.RawMessage, o origin) *Problem {
	v, p := form[roleForm](b)
	if p != nil {
		return p
	}
	r := evidence.Role{
		ARN: v.Arn, Name: v.RoleName, ID: v.RoleID, Path: v.Path, Trust: string(v.AssumeRolePolicyDocument), Created: v.CreateDate.Time,
		MaxSession: time.Duration(v.MaxSessionDuration) * time.Second, Full: true,
	}
	if v.PermissionsBoundary != nil {
		r.Boundary = v.PermissionsBoundary.PermissionsBoundaryArn
	}
	if v.RoleLastUsed != nil {
		r.LastUsed, r.LastRegion = v.RoleLastUsed.LastUsedDate.Time, v.RoleLastUsed.Region
	}
	if r.Trust == "" {
		return wrong("malformed", "the role in it has no AssumeRolePolicyDocument")
	}
	add(&e.roles, r, o)
	return nil
}

func (e *Evidence) takeInline(b json.RawMessage, o origin) *Problem {
	v, p := form[inlineForm](b)
	if p != nil {
		return p
	}
	add(&e.policies, rolePolicy{role: v.RoleName, Policy: evidence.Policy{
		Name: v.PolicyName, Kind: evidence.Inline, Document: string(v.PolicyDocument), Source: o.file}}, o)
	return nil
}

func (e *Evidence) takeVersion(b json.RawMessage, o origin) *Problem {
	v, p := form[versionForm](b)
	if p != nil {
		return p
	}
	arn := o.args["policy-arn"]
	add(&e.policies, rolePolicy{superseded: !v.IsDefaultVersion, Policy: evidence.Policy{
		Name: arn[strings.LastIndexByte(arn, '/')+1:], ARN: arn, Kind: evidence.Managed, Version: v.VersionID, Document: string(v.Document), Source: o.file}}, o)
	return nil
}

func (e *Evidence) takeAttached(b json.RawMessage, o origin) *Problem {
	v, p := form[attachedForm](b)
	if p != nil {
		return p
	}
	l := partial[attachedPolicy]{more: v.IsTruncated || v.Marker != ""}
	for _, a := range v.AttachedPolicies {
		l.rows = append(l.rows, attachedPolicy{a.PolicyName, a.PolicyArn})
	}
	add(&e.attached, l, o)
	return nil
}

func (e *Evidence) takeInlineNames(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		PolicyNames []string
		IsTruncated bool
	}](b)
	if p != nil {
		return p
	}
	add(&e.inline, partial[string]{v.PolicyNames, v.IsTruncated}, o)
	return nil
}

// takePolicy takes a bare policy: a trust policy where a statement names a
// principal, a permission policy where none does. Of a folder's policies the
// name tells service and resource control policies.
func (e *Evidence) takePolicy(b json.RawMessage, o origin) *Problem {
	text := strings.TrimSpace(string(b))
	if text != "" && text[0] == '"' {
		var d doc
		if json.Unmarshal(b, &d) == nil {
			text = string(d)
		}
	}
	var v struct{ Statement json.RawMessage }
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return e.malformed(err, o)
	}
	principal := hasPrincipal(v.Statement)
	words := strings.FieldsFunc(strings.ToLower(o.file), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for _, kind := range []string{"SCP", "RCP"} {
		if o.flag == Folder && slices.Contains(words, strings.ToLower(kind)) {
			add(&e.guardrails, evidence.Guardrail{Name: o.file, Kind: kind, Document: text}, o)
			return nil
		}
	}
	switch {
	case principal && o.flag == RolePolicy:
		return wrong("wrong-kind", "it holds a trust policy (a statement has a Principal), and --role-policy takes a permission policy; give it with --role")
	case !principal && o.flag == Role:
		return wrong("wrong-kind", "it holds a permission policy (no statement has a Principal), and --role takes a trust policy; give it with --role-policy")
	case principal:
		add(&e.roles, evidence.Role{Trust: text}, o)
	default:
		add(&e.policies, rolePolicy{Policy: evidence.Policy{Kind: evidence.Inline, Document: text, Source: o.file}}, o)
	}
	return nil
}

// hasPrincipal reports whether any statement, of a list or alone, has a
// principal.
func hasPrincipal(b json.RawMessage) bool {
	var list []map[string]json.RawMessage
	if json.Unmarshal(b, &list) != nil {
		var one map[string]json.RawMessage
		if json.Unmarshal(b, &one) != nil {
			return false
		}
		list = append(list, one)
	}
	for _, st := range list {
		for k := range st {
			if strings.EqualFold(k, "Principal") || strings.EqualFold(k, "NotPrincipal") {
				return true
			}
		}
	}
	return false
}

func (e *Evidence) takeSimulation(b json.RawMessage, o origin) *Problem {
	v, p := form[simulationForm](b)
	if p != nil {
		return p
	}
	out := []evidence.Simulation{}
	for _, r := range v.EvaluationResults {
		s := evidence.Simulation{Action: r.EvalActionName, Resource: r.EvalResourceName, Decision: r.EvalDecision}
		if d := r.OrganizationsDecisionDetail; d != nil {
			s.AllowedByOrganizations = &d.AllowedByOrganizations
		}
		if d := r.PermissionsBoundaryDecisionDetail; d != nil {
			s.AllowedByBoundary = &d.AllowedByPermissionsBoundary
		}
		for _, m := range r.MatchedStatements {
			s.Matched = append(s.Matched, m.SourcePolicyID)
		}
		out = append(out, s)
	}
	add(&e.simulated, out, o)
	return nil
}
