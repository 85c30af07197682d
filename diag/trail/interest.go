package trail

import "example.com/samlens/diag/evidence"

// kind tells why an event is kept.
type kind uint8

const (
	signIn kind = 1 + iota
	change
)

// interest is the table of events that are kept: by name, and by source where
// the name is not enough.
var interest = map[string][]struct {
	source string // eventSource; "" for any
	kind   kind
	what   string // what it does, for changes: "replaced the metadata of"
}{
	"AssumeRoleWithSAML":        {{source: "sts.amazonaws.com", kind: signIn}},
	"GetFederationToken":        {{source: "connect.amazonaws.com", kind: signIn}}, // STS has one of the same name
	"ConsoleLogin":              {{source: "signin.amazonaws.com", kind: signIn}},
	"ExternalIdPDirectoryLogin": {{source: "signin.amazonaws.com", kind: signIn}},
	"CredentialChallenge":       {{source: "signin.amazonaws.com", kind: signIn}},
	"CredentialVerification":    {{source: "signin.amazonaws.com", kind: signIn}},
	"UserAuthentication":        {{source: "signin.amazonaws.com", kind: signIn}},
	"Authenticate":              {{source: "sso.amazonaws.com", kind: signIn}},
	"Federate":                  {{source: "sso.amazonaws.com", kind: signIn}},

	"CreateSAMLProvider": {{iam, change, "created"}},
	"UpdateSAMLProvider": {{iam, change, "updated"}},
	"DeleteSAMLProvider": {{iam, change, "deleted"}},

	"CreateRole":                    {{iam, change, "created"}},
	"UpdateRole":                    {{iam, change, "updated"}},
	"DeleteRole":                    {{iam, change, "deleted"}},
	"UpdateAssumeRolePolicy":        {{iam, change, "changed the trust policy of"}},
	"PutRolePolicy":                 {{iam, change, "changed an inline policy of"}},
	"DeleteRolePolicy":              {{iam, change, "deleted an inline policy of"}},
	"AttachRolePolicy":              {{iam, change, "attached a policy to"}},
	"DetachRolePolicy":              {{iam, change, "detached a policy from"}},
	"PutRolePermissionsBoundary":    {{iam, change, "set the permissions boundary of"}},
	"DeleteRolePermissionsBoundary": {{iam, change, "removed the permissions boundary of"}},
	"CreatePolicyVersion":           {{iam, change, "made a new version of"}},
	"SetDefaultPolicyVersion":       {{iam, change, "switched the version of"}},
	"DeletePolicyVersion":           {{iam, change, "deleted a version of"}},
	"DeletePolicy":                  {{iam, change, "deleted"}, {org, change, "deleted"}},

	"AttachPolicy": {{org, change, "attached"}},
	"DetachPolicy": {{org, change, "detached"}},
	"UpdatePolicy": {{org, change, "changed"}},

	"CreateUser":                  {{connect, change, "created"}},
	"DeleteUser":                  {{connect, change, "deleted"}},
	"UpdateUserIdentityInfo":      {{connect, change, "changed the identity of"}},
	"UpdateUserSecurityProfiles":  {{connect, change, "changed the security profiles of"}},
	"UpdateInstanceAttribute":     {{connect, change, "changed"}},
	"DeleteInstance":              {{connect, change, "deleted"}},
	"UpdateAuthenticationProfile": {{connect, change, "changed the authentication profile of"}},
}

const (
	iam     = "iam.amazonaws.com"
	org     = "organizations.amazonaws.com"
	connect = "connect.amazonaws.com"
)

// interesting returns why an event is kept, and what it does where it is a
// change. An event without a source is judged by its name alone.
func interesting(name, source string) (kind, string) {
	for _, x := range interest[name] {
		if x.source == source || source == "" {
			return x.kind, x.what
		}
	}
	return 0, ""
}

// SignIn reports whether e is an attempt to sign in, and not a change.
func SignIn(e evidence.TrailEvent) bool {
	k, _ := interesting(e.Name, e.Source)
	return k == signIn
}

// Failed tells whether an event failed: it has an error code, or one of its
// response elements says "Failure", as those of sign-in events do, which
// carry no code.
func Failed(errorCode string, responseElements map[string]string) bool {
	if errorCode != "" {
		return true
	}
	for _, v := range responseElements {
		if v == "Failure" {
			return true
		}
	}
	return false
}
