package folder

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
)

const (
	account  = "218455601337"
	roleA    = "arn:aws:iam::" + account + ":role/ConnectAgents"
	roleB    = "arn:aws:iam::" + account + ":role/Supervisors"
	provA    = "arn:aws:iam::" + account + ":saml-provider/Northwind"
	instance = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
	other    = "00000000-1111-4222-8333-444444444444"
	issuer   = "https://idp.example.com/a"
)

// signIn is a case of a sign-in with the given pairs.
func signIn(t testing.TB, session string, pairs ...string) evidence.Case {
	t.Helper()
	text := func(s string) evidence.Text { return evidence.Text{Value: s, Present: true} }
	attr := func(name string, vs ...string) evidence.Attribute {
		a := evidence.Attribute{Name: text("https://aws.amazon.com/SAML/Attributes/" + name)}
		for _, v := range vs {
			a.Values = append(a.Values, evidence.Value{Text: text(v)})
		}
		return a
	}
	r := evidence.Response{Assertions: []evidence.Assertion{{
		ID: text("_1"), Issuer: text(issuer), Subject: &evidence.Subject{
			NameID: text(session), Confirmations: []evidence.Confirmation{{Recipient: text("https://us-east-1.signin.aws.amazon.com/saml/acs/SAMLSPAAAAAAAAAAAAAAAA")}},
		},
		Attributes: []evidence.Attribute{attr("Role", pairs...), attr("RoleSessionName", session)},
	}}}
	cp := evidence.Capture{RelayState: evidence.Have(text("https://us-east-1.console.aws.amazon.com/connect/federate/"+instance), "har")}
	return evidence.Case{Capture: evidence.Have(cp, "har"), Response: evidence.Have(r, "har")}
}

func metadataOf(entity string) string {
	return `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + entity +
		`"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`
}

func providerJSON(entity, uuid string) string {
	return `{"SAMLProviderUUID":"` + uuid + `","SAMLMetadataDocument":` + quote(metadataOf(entity)) + `,"CreateDate":"2024-02-01T10:00:00+00:00","ValidUntil":4863484800.0}`
}

func quote(s string) string {
	return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
}

const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + provA + `"},"Action":"sts:AssumeRoleWithSAML"}]}`

func roleJSON(arn string) string {
	return `{"Role":{"Path":"/","RoleName":"` + arn[strings.LastIndexByte(arn, '/')+1:] + `","RoleId":"AROAX","Arn":"` + arn + `","AssumeRolePolicyDocument":` + trust + `,"MaxSessionDuration":28800}}`
}

const allow = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"*"}}`

func users(more string, names ...string) string {
	var rows []string
	for i, n := range names {
		rows = append(rows, `{"Id":"u`+string(rune('a'+i))+n+`","Arn":"arn:aws:connect:us-east-1:`+account+`:instance/`+instance+`/agent/u`+n+`","Username":"`+n+`"}`)
	}
	return `{"UserSummaryList":[` + strings.Join(rows, ",") + `]` + more + `}`
}

func file(flag Flag, name, data string) File { return File{Flag: flag, Name: name, Data: []byte(data)} }

// summary says what of a case's facts the tests look at.
func summary(l evidence.Live) map[string]string {
	mark := func(s evidence.State, inferred bool) string {
		if inferred {
			return s.String() + " inferred"
		}
		return s.String()
	}
	return map[string]string{
		"provider": mark(l.Provider.State, l.Provider.Inferred), "providers": mark(l.Providers.State, false),
		"roles": mark(l.Roles.State, l.Roles.Inferred), "permissions": mark(l.Permissions.State, l.Permissions.Inferred),
		"instance": mark(l.Instance.State, l.Instance.Inferred), "instances": mark(l.Instances.State, false), "users": mark(l.Users.State, false),
		"exact": mark(l.Exact.State, false), "trail": mark(l.Trail.State, false), "changes": mark(l.Changes.State, false),
		"guardrails": mark(l.Guardrails.State, false), "idp": mark(l.IdPMetadata.State, l.IdPMetadata.Inferred), "regions": mark(l.Regions.State, false),
	}
}

func TestFacts(t *testing.T) {
	pair := roleA + "," + provA
	pairB := roleB + "," + provA
	instanceJSON := func(id string) string {
		return `{"Instance":{"Id":"` + id + `","Arn":"arn:aws:connect:us-east-1:` + account + `:instance/` + id + `","IdentityManagementType":"SAML","InstanceStatus":"ACTIVE"}}`
	}
	attached := `{"AttachedPolicies":[{"PolicyName":"One","PolicyArn":"arn:aws:iam::` + account + `:policy/One"},{"PolicyName":"Two","PolicyArn":"arn:aws:iam::` + account + `:policy/Two"}]}`
	version := `{"PolicyVersion":{"Document":` + allow + `,"VersionId":"v1","IsDefaultVersion":true}}`
	boundary := strings.Replace(roleJSON(roleA), `"MaxSession`, `"PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::`+account+`:policy/Fence"},"MaxSession`, 1)
	for _, tt := range []struct {
		name  string
		pairs []string
		files []File
		want  map[string]string
	}{
		{"one metadata document is the provider's, whatever its entityID", []string{pair},
			[]File{file(Metadata, "m.xml", metadataOf("https://elsewhere.example"))}, map[string]string{"provider": "known"}},
		{"of two, the issuer's", []string{pair},
			[]File{file(Metadata, "m.xml", metadataOf("https://elsewhere.example")), file(Metadata, "n.json", providerJSON(issuer, "SAMLSPB"))}, map[string]string{"provider": "known"}},
		{"of two of the issuer's, the one of the ACS", []string{pair},
			[]File{file(Metadata, "m.json", providerJSON(issuer, "SAMLSPB")), file(Metadata, "n.json", providerJSON(issuer, "SAMLSPAAAAAAAAAAAAAAAA"))}, map[string]string{"provider": "known"}},
		{"then the one that is called so", []string{pair},
			[]File{file(Metadata, "m.json", providerJSON(issuer, "SAMLSPB")), file(Metadata, "northwind.json", providerJSON(issuer, "SAMLSPC"))}, map[string]string{"provider": "known"}},
		{"else it is inferred", []string{pair},
			[]File{file(Metadata, "m.json", providerJSON(issuer, "SAMLSPB")), file(Metadata, "n.json", providerJSON(issuer, "SAMLSPC"))}, map[string]string{"provider": "known inferred"}},
		{"the same document twice is one", []string{pair},
			[]File{file(Metadata, "m.xml", metadataOf(issuer)), file(Metadata, "n.xml", metadataOf(issuer))}, map[string]string{"provider": "known"}},
		{"a list without the provider", []string{pair},
			[]File{file(Providers, "p.json", `{"SAMLProviderList":[{"Arn":"arn:aws:iam::`+account+`:saml-provider/Other","ValidUntil":"2124-02-01T10:00:00+00:00"}]}`)},
			map[string]string{"providers": "known", "provider": "absent"}},
		{"a list of another account", []string{pair},
			[]File{file(Providers, "p.json", `{"SAMLProviderList":[{"Arn":"arn:aws:iam::111122223333:saml-provider/Other"}]}`)}, map[string]string{"providers": "unasked", "provider": "unasked"}},
		{"the pair's role", []string{pair}, []File{file(Role, "r.json", roleJSON(roleA))}, map[string]string{"roles": "known"}},
		{"another role's file says nothing", []string{pair}, []File{file(Role, "r.json", roleJSON(roleB))}, map[string]string{"roles": "unasked"}},
		{"a role whose case differs comes along", []string{pair}, []File{file(Role, "r.json", roleJSON(strings.ToLower(roleA)))}, map[string]string{"roles": "known"}},
		{"a bare trust policy is the only role's", []string{pair}, []File{file(Role, "t.json", trust)}, map[string]string{"roles": "known"}},
		{"with two roles it is inferred", []string{pair, pairB}, []File{file(Role, "t.json", trust)}, map[string]string{"roles": "known inferred"}},
		{"a policy is the role's", []string{pair}, []File{file(RolePolicy, "p.json", version)}, map[string]string{"permissions": "known"}},
		{"with two roles it is inferred", []string{pair, pairB}, []File{file(RolePolicy, "p.json", version)}, map[string]string{"permissions": "known inferred"}},
		{"a policy of another role says nothing", []string{pair},
			[]File{file(RolePolicy, "p.json", `{"RoleName":"Supervisors","PolicyName":"P","PolicyDocument":`+allow+`}`)}, map[string]string{"permissions": "unasked"}},
		{"the list says that a document is missing", []string{pair},
			[]File{file(RolePolicy, "p.json", version), file(RolePolicy, "l.json", attached)}, map[string]string{"permissions": "partial"}},
		{"the boundary's document is missing", []string{pair},
			[]File{file(RolePolicy, "p.json", version), file(Role, "r.json", boundary)}, map[string]string{"permissions": "partial"}},
		{"the boundary's document by its name", []string{pair},
			[]File{file(RolePolicy, "p.json", version), file(RolePolicy, "Fence.json", strings.Replace(version, `"*"`, `"arn:x"`, 1)), file(Role, "r.json", boundary)}, map[string]string{"permissions": "known"}},
		{"two policies given singly are both the role's", []string{pair},
			[]File{file(RolePolicy, "p.json", version), file(RolePolicy, "q.json", strings.Replace(version, `"*"`, `"arn:x"`, 1))}, map[string]string{"permissions": "known"}},
		{"of a folder they may be another's", []string{pair},
			[]File{file(Folder, "p.json", version), file(Folder, "q.json", strings.Replace(version, `"*"`, `"arn:x"`, 1))}, map[string]string{"permissions": "known inferred"}},
		{"the instance", []string{pair}, []File{file(Instance, "i.json", instanceJSON(instance))}, map[string]string{"instance": "known"}},
		{"another instance is only one of the account's", []string{pair}, []File{file(Instance, "i.json", instanceJSON(other))}, map[string]string{"instance": "unasked", "instances": "partial"}},
		{"a list of the Region without it", []string{pair},
			[]File{file(Instance, "i.json", `{"InstanceSummaryList":[{"Id":"`+other+`","Arn":"arn:aws:connect:us-east-1:`+account+`:instance/`+other+`"}]}`)},
			map[string]string{"instance": "absent", "instances": "known"}},
		{"a list of another Region says nothing of it", []string{pair},
			[]File{file(Instance, "i.json", `{"InstanceSummaryList":[{"Id":"`+other+`","Arn":"arn:aws:connect:eu-west-2:`+account+`:instance/`+other+`"}]}`)},
			map[string]string{"instance": "unasked", "instances": "known"}},
		{"all users, and he is there", []string{pair}, []File{file(Users, "u.json", users("", "ann", "jdoe"))}, map[string]string{"users": "known", "exact": "known"}},
		{"all users, and he is not", []string{pair}, []File{file(Users, "u.json", users("", "ann", "JDoe"))}, map[string]string{"users": "known", "exact": "absent"}},
		{"a page, and he is not in it", []string{pair}, []File{file(Users, "u.json", users(`,"NextToken":"x"`, "ann"))}, map[string]string{"users": "partial", "exact": "unasked"}},
		{"a page, and he is in it", []string{pair}, []File{file(Users, "u.json", users(`,"NextToken":"x"`, "jdoe"))}, map[string]string{"users": "partial", "exact": "known"}},
		{"a page beside the whole", []string{pair},
			[]File{file(Users, "u.json", users(`,"NextToken":"x"`, "ann")), file(Users, "v.json", users("", "ann", "bob"))}, map[string]string{"users": "known", "exact": "absent"}},
		{"describe-user says nothing of the others", []string{pair}, []File{file(Users, "u.json", `{"Id":"x","Arn":"arn:aws:connect:us-east-1:`+account+`:instance/`+instance+`/agent/x","Username":"jdoe"}`)}, map[string]string{"users": "partial", "exact": "known"}},
		{"the CLI's text", []string{pair}, []File{file(Users, "u.txt", "USERSUMMARYLIST\tarn:aws:connect:us-east-1:"+account+":instance/"+instance+"/agent/x\tx\tjdoe\n")}, map[string]string{"users": "known", "exact": "known"}},
		{"a terminal's text", []string{pair}, []File{file(Users, "u.txt", "$ aws connect list-users\n"+users("", "jdoe")+"\n$ \n")}, map[string]string{"users": "known", "exact": "known"}},
		{"UTF-16 that lost its mark", []string{pair}, []File{file(Role, "r.json", utf16le(roleJSON(roleA))[2:])}, map[string]string{"roles": "known"}},
		{"a list of roles without its key", []string{pair}, []File{file(Role, "r.json", "["+strings.TrimSuffix(strings.TrimPrefix(roleJSON(roleA), `{"Role":`), "}")+"]")}, map[string]string{"roles": "known"}},
		{"all that IAM tells of an account", []string{pair}, []File{file(Role, "r.json", `{"UserDetailList":[],"RoleDetailList":[`+strings.TrimSuffix(strings.TrimPrefix(roleJSON(roleA), `{"Role":`), "}")+`],"Policies":[]}`)}, map[string]string{"roles": "known"}},
		{"a trust policy as a string", []string{pair}, []File{file(Role, "r.json", quote(trust))}, map[string]string{"roles": "known"}},
		{"a trust policy as IAM sends it", []string{pair}, []File{file(Role, "r.txt", url.QueryEscape(trust))}, map[string]string{"roles": "known"}},
		{"an instance without its key", []string{pair}, []File{file(Instance, "i.json", strings.TrimSuffix(strings.TrimPrefix(instanceJSON(instance), `{"Instance":`), "}"))}, map[string]string{"instance": "known"}},
		{"a name a line", []string{pair}, []File{file(Users, "u.txt", "ann\r\njdoe\r\n")}, map[string]string{"users": "known", "exact": "known"}},
		{"CSV", []string{pair}, []File{file(Users, "u.csv", "first name;last name;user login\nJ;Doe;\"jdoe\"\n")}, map[string]string{"users": "known", "exact": "known"}},
		{"users as UTF-16, as PowerShell writes", []string{pair}, []File{file(Users, "u.json", utf16le(users("", "jdoe")))}, map[string]string{"users": "known", "exact": "known"}},
		{"users of another instance", []string{pair},
			[]File{file(Users, "u.json", strings.ReplaceAll(users("", "jdoe"), instance, other))}, map[string]string{"users": "partial", "exact": "unasked"}},
		{"an error in place of an answer", []string{pair},
			[]File{file(Role, "r.json", "\nAn error occurred (AccessDenied) when calling the GetRole operation: User: x is not authorized\n")}, map[string]string{"roles": "denied"}},
		{"no such role", []string{pair},
			[]File{file(Role, "r.json", "An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name ConnectAgents cannot be found.")}, map[string]string{"roles": "known"}},
		{"events of sign-ins only", []string{pair},
			[]File{file(Trail, "t.json", `{"Events":[{"EventId":"1","EventName":"AssumeRoleWithSAML","CloudTrailEvent":"{\"eventID\":\"1\",\"eventName\":\"AssumeRoleWithSAML\",\"eventSource\":\"sts.amazonaws.com\",\"eventTime\":\"2026-11-23T04:55:12Z\"}"}]}`)},
			map[string]string{"trail": "known", "changes": "unasked"}},
		{"a log file holds changes too", []string{pair},
			[]File{file(Trail, "t.json", `{"Records":[{"eventID":"1","eventName":"AssumeRoleWithSAML","eventSource":"sts.amazonaws.com","eventTime":"2026-11-23T04:55:12Z"}]}`)},
			map[string]string{"trail": "known", "changes": "known"}},
		{"an answer that has no events", []string{pair}, []File{file(Trail, "t.json", `{"Events":[]}`)}, map[string]string{"trail": "known"}},
		{"an SCP", []string{pair},
			[]File{file(Folder, "d/p.json", `{"Policy":{"PolicySummary":{"Id":"p-1","Name":"P","Type":"SERVICE_CONTROL_POLICY"},"Content":"{\"Statement\":[]}"}}`)}, map[string]string{"guardrails": "known"}},
		{"an SCP that is only listed", []string{pair},
			[]File{file(Folder, "d/l.json", `{"Policies":[{"Id":"p-1","Name":"P","Type":"SERVICE_CONTROL_POLICY"}]}`)}, map[string]string{"guardrails": "partial"}},
		{"what the IdP publishes", []string{pair}, []File{file(IdPMetadata, "i.xml", metadataOf(issuer))}, map[string]string{"idp": "known", "provider": "unasked"}},
		{"the list of Regions", []string{pair}, []File{file(Folder, "r.json", `{"Regions":[{"RegionName":"us-east-1","RegionOptStatus":"ENABLED_BY_DEFAULT"}]}`)}, map[string]string{"regions": "known"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, bad := Read(tt.files)
			for _, p := range bad {
				t.Errorf("problem: %v", p)
			}
			got := summary(e.For(signIn(t, "jdoe", tt.pairs...)))
			for k, want := range tt.want {
				if got[k] != want {
					t.Errorf("%s is %s, want %s", k, got[k], want)
				}
			}
		})
	}
}

func utf16le(s string) string {
	out := []byte("\xFF\xFE")
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func TestWrongContentIsToldInOneSentence(t *testing.T) {
	for _, tt := range []struct{ flag, data, want string }{
		{"--role", providerJSON(issuer, "X"), "--metadata"},
		{"--role", allow, "--role-policy"},
		{"--role-policy", trust, "--role"},
		{"--metadata", roleJSON(roleA), "--role"},
		{"--users", metadataOf(issuer), "XML"},
		{"--users", "UserSummaryList:\n- Id: x\n  Username: y\n", "--output json"},
		{"--role", "ROLE\tarn:aws:iam::1:role/x\t2024-01-01\n", "--output json"},
		{"--instance", users("", "a"), "--users"},
		{"--providers", `{"Foo":1}`, `"Foo"`},
		{"--metadata", `{"SAMLMetadataDocument": `, "not JSON"},
		{"--metadata", "", "empty"},
		{"--trail", `{"hello":"world"}`, "CloudTrail"},
		{"--idp-metadata", providerJSON(issuer, "X"), "--metadata"},
	} {
		e, bad := Read([]File{file(Flag(tt.flag), "f.json", tt.data)})
		if len(bad) != 1 || bad[0].Note || bad[0].Source != "f.json" || !strings.Contains(bad[0].Message, tt.want) || strings.Contains(bad[0].Message, "\n") {
			t.Errorf("%s with %.40q: %+v, want one problem with %q", tt.flag, tt.data, bad, tt.want)
		}
		if !e.Empty() {
			t.Errorf("%s with %.40q was used all the same", tt.flag, tt.data)
		}
	}
}

func TestSinglyNamedFileOverridesFolder(t *testing.T) {
	e, _ := Read([]File{file(Folder, "d/iam-get-role.json", roleJSON(roleA)), file(Role, "proposed.json", strings.Replace(roleJSON(roleA), "AssumeRoleWithSAML", "AssumeRole", 1))})
	l := e.For(signIn(t, "jdoe", roleA+","+provA))
	if l.Roles.Inferred || !strings.Contains(l.Roles.Value[0].Trust, `"sts:AssumeRole"`) || l.Roles.Source != "proposed.json" {
		t.Errorf("the folder's role was taken: %+v", l.Roles)
	}
}

func TestFilesOfACollectedCallNameTheirSubject(t *testing.T) {
	wrap := func(out string, argv ...string) string {
		return `{"schema":"` + schema + `","command":["aws","` + strings.Join(argv, `","`) + `"],"at":"2026-11-23T05:00:00Z","output":` + out + `}`
	}
	e, bad := Read([]File{
		file(Folder, "d/1.json", wrap(providerJSON(issuer, "SAMLSPB"), "iam", "get-saml-provider", "--saml-provider-arn", provA+"X")),
		file(Folder, "d/2.json", wrap(providerJSON("https://elsewhere.example", "SAMLSPC"), "iam", "get-saml-provider", "--saml-provider-arn", provA)),
	})
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	f := e.For(signIn(t, "jdoe", roleA+","+provA)).Provider
	if f.State != evidence.Known || f.Inferred || f.Value.ARN != provA || f.Value.UUID != "SAMLSPC" || f.At.IsZero() {
		t.Errorf("the call's ARN did not decide: %v %v %q", f.State, f.Inferred, f.Value.ARN)
	}
}

// corpus is the folder of sample answers; tests that use it skip without it.
func corpus(t *testing.T, parts ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "..", "shared", "corpus"}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus is not here")
	}
	return dir
}

func TestCorpusAnswersAreKnown(t *testing.T) {
	dirs, _ := filepath.Glob(filepath.Join(corpus(t, "captures"), "*", "evidence"))
	for _, dir := range dirs {
		files, bad := Open(Folder, dir)
		e, more := Read(files)
		for _, p := range append(bad, more...) {
			if !p.Note {
				t.Errorf("%v", p)
			}
		}
		if len(e.providers) == 0 || len(e.roles) == 0 || len(e.policies) == 0 || len(e.instances) == 0 || len(e.users) == 0 || len(e.trail) == 0 || len(e.names) == 0 {
			t.Errorf("%s: something was not known: %+v", dir, e)
		}
	}
	for _, f := range []struct{ flag, name string }{
		{"--role", "iam__get-role.rst-block2.json"}, {"--metadata", "iam__get-saml-provider.rst-block2.json"}, {"--role-policy", "iam__list-role-policies.rst-block2.json"},
	} {
		files, _ := Open(Flag(f.flag), filepath.Join(corpus(t, "public", "awscli", "awscli"), f.name))
		if _, bad := Read(files); len(bad) > 0 {
			t.Errorf("%v", bad)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{providerJSON(issuer, "X"), roleJSON(roleA), trust, allow, users(`,"NextToken":"x"`, "a"), metadataOf(issuer), "a\nb\n", "user login,x\na,b\n",
		`{"schema":"` + schema + `","command":["aws","iam","get-role","--role-name","x"],"error":{"code":"NoSuchEntity"}}`, `[{"Username":"x"}]`, `["a"]`, `{"Policies":[]}`,
		`{"Events":[]}`, "An error occurred (AccessDenied) when calling the GetRole operation: no", utf16le(allow), `{"findings":[{"id":"1"}]}`, `{"Instances":[{}]}`} {
		for _, flag := range []Flag{Folder, Users, Role} {
			f.Add(string(flag), []byte(s))
		}
	}
	c := signIn(f, "jdoe", roleA+","+provA)
	f.Fuzz(func(t *testing.T, flag string, data []byte) {
		e, bad := Read([]File{{Flag: Flag(flag), Name: "f", Data: data}})
		if len(bad) > 1 {
			t.Errorf("%d problems for one file", len(bad))
		}
		for _, p := range bad {
			if strings.ContainsAny(p.Message, "\x1b\n") {
				t.Errorf("a problem carries control characters: %q", p.Message)
			}
		}
		e.For(c)
	})
}

// PowerShell 5 writes what --query printed as UTF-16; IAM never saw that.
func TestMetadataThatPowerShellSaved(t *testing.T) {
	e, bad := Read([]File{file(Metadata, "m.xml", utf16le(metadataOf(issuer)))})
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	m := e.For(signIn(t, "jdoe", roleA+","+provA)).Provider.Value.Metadata
	if m.Problem != "" || len(m.Entities) != 1 {
		t.Errorf("%d entities, %s", len(m.Entities), m.Problem)
	}
}
