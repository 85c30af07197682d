package policy

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
)

const (
	instance = "arn:aws:connect:eu-west-2:111122223333:instance/0f1e2d3c-0000-4000-8000-000000000001"
	roleID   = "AROAEXAMPLE123456789"
)

func identity(docs ...string) []evidence.Policy {
	var out []evidence.Policy
	for _, d := range docs {
		if !strings.Contains(d, "Statement") {
			d = `{"Version":"2012-10-17","Statement":[` + d + `]}`
		}
		out = append(out, evidence.Policy{Name: "ConnectAccess", Kind: evidence.Inline, Document: d})
	}
	return out
}

func allow(resource string, more ...string) string {
	return `{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"` + resource + `"` + strings.Join(more, "") + `}`
}

func TestFederate(t *testing.T) {
	user := instance + "/user/${aws:userid}"
	// A file of which nobody says where it is attached.
	loose := func(kind string, docs ...string) (out []evidence.Guardrail) {
		for _, d := range docs {
			out = append(out, evidence.Guardrail{Name: "loose", Kind: kind, Document: `{"Version":"2012-10-17","Statement":[` + d + `]}`})
		}
		return out
	}
	regions := func(r string) string {
		return `{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["` + r + `"]}}}`
	}
	scp := func(doc string) []evidence.Guardrail {
		return []evidence.Guardrail{{Name: "scp", Kind: "SCP", Target: "ou-1", Document: `{"Version":"2012-10-17","Statement":[` + doc + `]}`}}
	}
	star := `{"Effect":"Allow","Action":"*","Resource":"*"}`
	for _, x := range []struct {
		name     string
		f        Federation
		outcome  Outcome
		causes   []Class
		by       string
		differs  []string
		warnings []Class
	}{
		{name: "the documented policy", f: Federation{Policies: identity(allow(user))}, outcome: Allowed},
		{name: "the instance alone", f: Federation{Policies: identity(allow(instance))}, outcome: Allowed},
		{name: "everything", f: Federation{Policies: identity(star)}, outcome: Allowed, warnings: []Class{ClassBroad}},
		{name: "any instance", f: Federation{Policies: identity(allow("arn:aws:connect:*:*:instance/*"))}, outcome: Allowed, warnings: []Class{ClassBroad}},
		{name: "by condition", f: Federation{Policies: identity(allow("*", `,"Condition":{"StringEquals":{"connect:InstanceID":"0f1e2d3c-0000-4000-8000-000000000001"}}`))}, outcome: Allowed},
		{name: "condition of another instance", f: Federation{Policies: identity(allow("*", `,"Condition":{"StringEquals":{"connect:InstanceId":"other"}}`))},
			outcome: ImplicitDeny, causes: []Class{ClassCondition}, by: ByIdentity},
		{name: "nothing", f: Federation{}, outcome: ImplicitDeny, causes: []Class{ClassPermission}, by: ByIdentity},
		{name: "other actions", f: Federation{Policies: identity(`{"Effect":"Allow","Action":["connect:Describe*","connect:List*"],"Resource":"*"}`)},
			outcome: ImplicitDeny, causes: []Class{ClassPermission}, by: ByIdentity},
		{name: "the plural of old pages", f: Federation{Policies: identity(`{"Effect":"Allow","Action":"connect:GetFederationTokens","Resource":"*"}`)},
			outcome: ImplicitDeny, causes: []Class{ClassPermission}, by: ByIdentity},
		{name: "other region", f: Federation{Policies: identity(allow(strings.Replace(user, "eu-west-2", "us-east-1", 1)))},
			outcome: ImplicitDeny, causes: []Class{ClassResource}, by: ByIdentity, differs: []string{"region"}},
		{name: "other account and partition", f: Federation{Policies: identity(allow("arn:aws-us-gov:connect:eu-west-2:999988887777:instance/0f1e2d3c-0000-4000-8000-000000000001/user/*"))},
			outcome: ImplicitDeny, causes: []Class{ClassResource}, by: ByIdentity, differs: []string{"partition", "account"}},
		{name: "other instance", f: Federation{Policies: identity(allow("arn:aws:connect:eu-west-2:111122223333:instance/ffff/user/${aws:userid}"))},
			outcome: ImplicitDeny, causes: []Class{ClassResource}, by: ByIdentity, differs: []string{"instance"}},
		{name: "agents instead of user", f: Federation{Policies: identity(allow(instance + "/agent/*"))},
			outcome: ImplicitDeny, causes: []Class{ClassResource}, by: ByIdentity, differs: []string{"resource"}},
		{name: "no version", f: Federation{Policies: identity(`{"Statement":[` + allow(user) + `]}`)},
			outcome: ImplicitDeny, causes: []Class{ClassVersion}, by: ByIdentity},
		{name: "the old version", f: Federation{Policies: identity(`{"Version":"2008-10-17","Statement":[` + allow(user) + `]}`)},
			outcome: ImplicitDeny, causes: []Class{ClassVersion}, by: ByIdentity},
		{name: "denied", f: Federation{Policies: identity(allow(user), `{"Effect":"Deny","Action":"connect:*","Resource":"*"}`)},
			outcome: ExplicitDeny, causes: []Class{ClassDenied}, by: ByIdentity},
		{name: "denied on one reading", f: Federation{Policies: identity(allow(user), `{"Effect":"Deny","Action":"connect:*","Resource":"arn:aws:connect:*:*:instance/*/user/*"}`)},
			outcome: Undecided, causes: []Class{ClassDenied}, by: ByIdentity},
		{name: "boundary without it", f: Federation{Policies: append(identity(allow(user)), evidence.Policy{Name: "b", Kind: evidence.Boundary,
			Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`})},
			outcome: ImplicitDeny, causes: []Class{ClassDenied}, by: ByBoundary},
		{name: "boundary nobody could read", f: Federation{Policies: identity(allow(user)), Role: evidence.Role{Boundary: "arn:aws:iam::111122223333:policy/b"}},
			outcome: Undecided},
		{name: "SCP denies", f: Federation{Policies: identity(allow(user)), Guardrails: scp(star + `,{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1"]}}}`)},
			outcome: ExplicitDeny, causes: []Class{ClassDenied}, by: BySCP},
		{name: "SCP lets the region be", f: Federation{Policies: identity(allow(user)), Guardrails: scp(star + `,{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-2"]}}}`)},
			outcome: Allowed},
		{name: "SCP does not list it", f: Federation{Policies: identity(allow(user)), Guardrails: scp(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`)},
			outcome: ImplicitDeny, causes: []Class{ClassDenied}, by: BySCP},
		{name: "SCPs, and nothing allows it there", f: Federation{Policies: identity(allow(user)), Guardrails: scp(regions("eu-west-2"))},
			outcome: ImplicitDeny, causes: []Class{ClassDenied}, by: BySCP},
		{name: "SCPs of which some are missing", f: Federation{Policies: identity(allow(user)), Guardrails: scp(regions("eu-west-2")), Unlisted: true}, outcome: Allowed},
		{name: "SCPs of which some are missing, and one denies", f: Federation{Policies: identity(allow(user)), Guardrails: scp(regions("us-east-1")), Unlisted: true},
			outcome: ExplicitDeny, causes: []Class{ClassDenied}, by: BySCP},
		{name: "a loose SCP denies nothing here", f: Federation{Policies: identity(allow(user)), Guardrails: loose("SCP", regions("eu-west-2"))}, outcome: Allowed},
		{name: "a loose SCP denies it", f: Federation{Policies: identity(allow(user)), Guardrails: loose("SCP", star, regions("us-east-1"))},
			outcome: ExplicitDeny, causes: []Class{ClassDenied}, by: BySCP},
		{name: "a loose SCP lists other services", f: Federation{Policies: identity(allow(user)), Guardrails: loose("SCP", `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`)},
			outcome: Undecided, causes: []Class{ClassDenied}, by: BySCP},
		{name: "of loose SCPs each may be elsewhere", f: Federation{Policies: identity(allow(user)), Guardrails: loose("SCP", star, `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`)},
			outcome: Undecided, causes: []Class{ClassDenied}, by: BySCP},
		{name: "a loose RCP denies nothing here", f: Federation{Policies: identity(allow(user)), Guardrails: loose("RCP", `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}`)}, outcome: Allowed},
		{name: "some policies are missing", f: Federation{Policies: identity(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`), Partial: true}, outcome: Undecided},
		{name: "one document is broken", f: Federation{Policies: identity(allow(user), `{"Statement":`)}, outcome: Allowed, warnings: []Class{ClassRefused}},
		{name: "another user's ID", f: Federation{Policies: identity(allow(instance + "/user/AROAOTHER:*"))},
			outcome: ImplicitDeny, causes: []Class{ClassResource}, by: ByIdentity, differs: []string{"resource"}},
	} {
		x.f.Instance, x.f.SessionName = instance, "jane"
		x.f.Role.ARN, x.f.Role.ID = roleARN, roleID
		v := Federate(x.f)
		if v.Outcome != x.outcome || !slices.Equal(classes(v.Causes), x.causes) || !slices.Equal(classes(v.Warnings), x.warnings) {
			t.Errorf("%s: %v, causes %v, warnings %v; want %v, %v, %v", x.name, v.Outcome, classes(v.Causes), classes(v.Warnings), x.outcome, x.causes, x.warnings)
			continue
		}
		if len(v.Causes) > 0 && (v.Causes[0].By != x.by || !slices.Equal(v.Causes[0].Differs, x.differs)) {
			t.Errorf("%s: by %s, differs %v; want %s, %v", x.name, v.Causes[0].By, v.Causes[0].Differs, x.by, x.differs)
		}
		if v.Outcome == Undecided && len(v.Causes) == 0 && len(v.Missing) == 0 {
			t.Errorf("%s: undecided and does not say why", x.name)
		}
	}
}

func TestFederateWithoutRoleID(t *testing.T) {
	f := Federation{Policies: identity(allow(instance + "/user/${aws:userid}")), Instance: instance, SessionName: "jane", Role: evidence.Role{ARN: roleARN}}
	if v := Federate(f); v.Outcome != Allowed || !v.Inferred {
		t.Errorf("%v, inferred %v", v.Outcome, v.Inferred)
	}
	f.Policies = identity(allow(instance + "/user/AROAOTHER:*"))
	if v := Federate(f); v.Outcome != Undecided || len(v.Missing) == 0 {
		t.Errorf("a literal role ID: %v, missing %v", v.Outcome, v.Missing)
	}
}

func TestFederateSessionTags(t *testing.T) {
	f := Federation{Policies: identity(allow("*", `,"Condition":{"StringEquals":{"aws:PrincipalTag/Team":"eng","saml:sub":"jane@example.com"}}`)),
		Instance: instance, SessionName: "jane", Role: evidence.Role{ARN: roleARN, ID: roleID}}
	f.SignIn = signIn(attr("https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team", "eng"))
	if v := Federate(f); v.Outcome != Allowed {
		t.Errorf("%v %+v", v.Outcome, v.Causes)
	}
	// The role may have tags of its own, so a tag that the session lacks is
	// not absent.
	f.SignIn = signIn()
	if v := Federate(f); v.Outcome != Undecided || !slices.Contains(v.Keys, "aws:PrincipalTag/Team") {
		t.Errorf("%v %v", v.Outcome, v.Keys)
	}
}

func TestNamesConnect(t *testing.T) {
	for doc, want := range map[string]bool{
		allow("*"): true,
		`{"Effect":"Allow","Action":"*","Resource":"*"}`:                          false,
		`{"Effect":"Allow","Action":"connect:*","Resource":"*"}`:                  false,
		`{"Effect":"Allow","Action":"connect:*","Resource":"` + instance + `/*"}`: true,
		`{"Effect":"Allow","Action":"connect:Get*","Resource":"*"}`:               true,
		`{"Effect":"Deny","Action":"connect:GetFederationToken","Resource":"*"}`:  false,
		`{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`:                   false,
	} {
		if got := NamesConnect(identity(doc)); got != want {
			t.Errorf("%s: %v", doc, got)
		}
	}
}

// The laboratory's role policies say which of them must refuse.
func TestLaboratoryPermissions(t *testing.T) {
	const dir = "../../../shared/corpus/captures/world-a/evidence/"
	for file, want := range map[string][]Class{
		"get-policy-version.json":                nil,
		"get-policy-version-no-permission.json":  {ClassPermission},
		"get-policy-version-other-instance.json": {ClassResource},
	} {
		b, err := os.ReadFile(dir + file)
		if err != nil {
			t.Skip("the laboratory's evidence is not here")
		}
		var p struct {
			PolicyVersion struct{ Document json.RawMessage }
		}
		if err := json.Unmarshal(b, &p); err != nil {
			t.Fatal(err)
		}
		v := Federate(Federation{Policies: identity(string(p.PolicyVersion.Document)), SessionName: "jdoe",
			Instance: "arn:aws:connect:us-east-1:218455601337:instance/6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911",
			Role:     evidence.Role{ARN: "arn:aws:iam::218455601337:role/ConnectAgentFederation"}})
		if !slices.Equal(classes(v.Causes), want) || (v.Outcome == Allowed) != (want == nil) {
			t.Errorf("%s: %v %v, want %v", file, v.Outcome, classes(v.Causes), want)
		}
		if want != nil && want[0] == ClassResource && !slices.Equal(v.Causes[0].Differs, []string{"instance"}) {
			t.Errorf("%s: differs in %v", file, v.Causes[0].Differs)
		}
	}
}
