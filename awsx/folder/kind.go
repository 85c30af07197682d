package folder

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A kind is one sort of answer: how its JSON is known, where it may be given,
// and what takes it in.
type kind struct {
	name  string
	flags []Flag   // beside --evidence, which takes all
	keys  []string // all of them stand at the top
	take  func(*Evidence, json.RawMessage, origin) *Problem
}

// kinds is the table of what is understood. The first whose keys are all there
// is it, so that the more particular come first.
func kinds() []kind {
	return []kind{
		{"get-saml-provider output", []Flag{Metadata, IdPMetadata}, []string{"SAMLMetadataDocument"}, (*Evidence).takeProvider},
		{"list-saml-providers output", []Flag{Providers}, []string{"SAMLProviderList"}, (*Evidence).takeProviders},
		{"get-role output", []Flag{Role}, []string{"Role"}, under("Role", (*Evidence).takeRole)},
		{"get-role output", []Flag{Role}, []string{"RoleName", "AssumeRolePolicyDocument"}, (*Evidence).takeRole},
		{"list-roles output", []Flag{Role}, []string{"Roles"}, each("Roles", (*Evidence).takeRole)},
		{"get-account-authorization-details output", []Flag{Role}, []string{"RoleDetailList"}, each("RoleDetailList", (*Evidence).takeRole)},
		{"a bare trust policy", []Flag{Role}, []string{"AssumeRolePolicyDocument"}, under("AssumeRolePolicyDocument", (*Evidence).takePolicy)},
		{"get-role-policy output", []Flag{RolePolicy}, []string{"PolicyName", "PolicyDocument"}, (*Evidence).takeInline},
		{"get-policy-version output", []Flag{RolePolicy}, []string{"PolicyVersion"}, under("PolicyVersion", (*Evidence).takeVersion)},
		{"get-policy-version output", []Flag{RolePolicy}, []string{"VersionId", "Document"}, (*Evidence).takeVersion},
		{"list-attached-role-policies output", []Flag{RolePolicy, Role}, []string{"AttachedPolicies"}, (*Evidence).takeAttached},
		{"list-role-policies output", []Flag{RolePolicy, Role}, []string{"PolicyNames"}, (*Evidence).takeInlineNames},
		{"describe-policy output", nil, []string{"Policy"}, under("Policy", (*Evidence).takeGuardrail)},
		{"list-policies-for-target output", nil, []string{"Policies"}, (*Evidence).takeTarget},
		{"simulate-principal-policy output", nil, []string{"EvaluationResults"}, (*Evidence).takeSimulation},
		{"describe-instance output", []Flag{Instance}, []string{"Instance"}, under("Instance", (*Evidence).takeInstance)},
		{"list-instances output", []Flag{Instance}, []string{"InstanceSummaryList"}, (*Evidence).takeInstances},
		{"describe-instance output", []Flag{Instance}, []string{"Id", "IdentityManagementType"}, (*Evidence).takeInstance},
		{"list-users output", []Flag{Users}, []string{"UserSummaryList"}, (*Evidence).takeUsers},
		{"describe-user output", []Flag{Users}, []string{"User"}, (*Evidence).takeUser},
		{"search-users output", []Flag{Users}, []string{"Users"}, (*Evidence).takeUsers},
		{"describe-user output", []Flag{Users}, []string{"Username", "Arn"}, (*Evidence).takeLoneUser},
		{"list-authentication-profiles output", nil, []string{"AuthenticationProfileSummaryList"}, (*Evidence).takeProfiles},
		{"describe-authentication-profile output", nil, []string{"AuthenticationProfile"}, (*Evidence).takeProfiles},
		{"list-regions output", nil, []string{"Regions"}, (*Evidence).takeRegions},
		{"list-findings-v2 output", nil, []string{"findings"}, (*Evidence).takeFindings},
		{"get-finding-v2 output", nil, []string{"findingDetails", "resource"}, (*Evidence).takeFinding},
		{"sso-admin list-instances output", nil, []string{"Instances"}, (*Evidence).takeCenterInstances},
		{"sso-admin list-applications output", nil, []string{"Applications"}, (*Evidence).takeApplications},
		{"sso-admin describe-application output", nil, []string{"ApplicationArn", "ApplicationProviderArn"}, (*Evidence).takeApplication},
		{"sso-admin list-application-assignments output", nil, []string{"ApplicationAssignments"}, (*Evidence).takeAssignments},
		{"sso-admin get-application-assignment-configuration output", nil, []string{"AssignmentRequired"}, (*Evidence).takeAssignmentRequired},
		{"identitystore describe-user output", nil, []string{"IdentityStoreId", "UserName"}, (*Evidence).takeCenterUser},
		{"identitystore list-group-memberships-for-member output", nil, []string{"GroupMemberships"}, (*Evidence).takeMemberships},
		{"get-caller-identity output", nil, []string{"Account", "Arn", "UserId"}, (*Evidence).takeIdentity},
		{"a policy", []Flag{Role, RolePolicy}, []string{"Statement"}, (*Evidence).takePolicy},
		{"CloudTrail events", []Flag{Trail}, []string{"Records"}, (*Evidence).takeTrailJSON},
		{"lookup-events output", []Flag{Trail}, []string{"Events"}, (*Evidence).takeTrailJSON},
		{"a CloudTrail event", []Flag{Trail}, []string{"eventName", "eventSource"}, (*Evidence).takeTrailJSON},
		{"a CloudTrail event", []Flag{Trail}, []string{"CloudTrailEvent"}, (*Evidence).takeTrailJSON},
	}
}

// takeOutput takes a JSON object by its keys.
func (e *Evidence) takeOutput(top map[string]json.RawMessage, text []byte, o origin) *Problem {
	for _, k := range kinds() {
		if slices.ContainsFunc(k.keys, func(key string) bool { return top[key] == nil }) {
			continue
		}
		if o.flag != Folder && !slices.Contains(k.flags, o.flag) {
			better := ""
			if len(k.flags) > 0 {
				better = "; give it with " + string(k.flags[0])
			} else {
				better = "; give its folder with --evidence"
			}
			return wrong("wrong-kind", "it holds %s, and %s takes %s%s", k.name, o.flag, takes(o.flag), better)
		}
		if p := k.take(e, text, o); p != nil {
			return p
		}
		return nil
	}
	if o.flag == Folder {
		return note("it holds no answer of AWS that is known here")
	}
	return wrong("wrong-kind", "it holds a JSON object with %s, and %s takes %s", keysOf(top), o.flag, takes(o.flag))
}

// takes says what a flag is for.
func takes(f Flag) string {
	switch f {
	case Metadata:
		return "SAML metadata XML or get-saml-provider output"
	case Providers:
		return "list-saml-providers output"
	case Role:
		return "get-role output or a trust policy"
	case RolePolicy:
		return "get-role-policy or get-policy-version output or a policy"
	case Instance:
		return "describe-instance or list-instances output"
	case Users:
		return "list-users or search-users output, CSV, or a name a line"
	case Trail:
		return "CloudTrail events: a log file, lookup-events output, or one event a line"
	case IdPMetadata:
		return "the SAML metadata XML that the IdP publishes"
	case Folder:
		return "answers of AWS as JSON"
	}
	return "evidence"
}

// looks names what a text seems to be.
func looks(t []byte) string {
	s := string(t[:min(len(t), 64)])
	switch {
	case strings.HasPrefix(s, "<"):
		return "XML"
	case strings.HasPrefix(s, "-----BEGIN"):
		return "a PEM block"
	case strings.HasPrefix(s, "{"), strings.HasPrefix(s, "["):
		return "JSON"
	}
	return "plain text"
}

// keysOf names a few keys, for an error message; they are quoted, since the
// file may hold anything.
func keysOf(top map[string]json.RawMessage) string {
	var ks []string
	for k := range top {
		ks = append(ks, fmt.Sprintf("%.40q", k))
	}
	slices.Sort(ks)
	if len(ks) == 0 {
		return "nothing in it"
	}
	if len(ks) > 3 {
		ks = append(ks[:3], "…")
	}
	return strings.Join(ks, ", ")
}

// under takes what stands under a key.
func under(key string, take func(*Evidence, json.RawMessage, origin) *Problem) func(*Evidence, json.RawMessage, origin) *Problem {
	return func(e *Evidence, b json.RawMessage, o origin) *Problem {
		var top map[string]json.RawMessage
		if err := json.Unmarshal(b, &top); err != nil {
			return e.malformed(err, o)
		}
		if top[key] == nil {
			return wrong("malformed", "its %s is missing", key)
		}
		return take(e, top[key], o)
	}
}

// each takes every element of the list under a key.
func each(key string, take func(*Evidence, json.RawMessage, origin) *Problem) func(*Evidence, json.RawMessage, origin) *Problem {
	return under(key, func(e *Evidence, b json.RawMessage, o origin) *Problem {
		var rows []json.RawMessage
		if err := json.Unmarshal(b, &rows); err != nil {
			return e.malformed(err, o)
		}
		for _, r := range rows {
			if p := take(e, r, o); p != nil {
				return p
			}
		}
		return nil
	})
}

// form reads b as T, with a problem where its fields have other types.
func form[T any](b json.RawMessage) (T, *Problem) {
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		return v, wrong("malformed", "its fields are not those of AWS's answer: %v", err)
	}
	return v, nil
}
