package collect

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
)

// The test binary is the AWS CLI of the scripts that the tests run: it answers
// from a folder of encoded evidence.
func TestMain(m *testing.M) {
	if dir := os.Getenv("COLLECT_TEST_ANSWERS"); dir != "" {
		os.Exit(answer(dir, os.Args[1:]))
	}
	os.Exit(m.Run())
}

type written struct {
	Command []string
	Output  json.RawMessage
	Error   *struct{ Code, Message string }
}

// answer plays the AWS CLI: it prints the output of the encoded call that has
// all its options in argv, or its error.
func answer(dir string, argv []string) int {
	line, err := json.Marshal(argv)
	if err != nil {
		return 1
	}
	log, err := os.OpenFile(filepath.Join(dir, "calls.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 1
	}
	defer log.Close()
	fmt.Fprintf(log, "%s\n", line)
	query := slices.Contains(argv, "--query")
	if query && argv[1] == "get-policy" {
		fmt.Println("v1")
		return 0
	}
	if argv[1] == "list-parents" {
		fmt.Println(map[string]string{account: "ou-1", "ou-1": "r-1", "r-1": "None"}[argv[3]])
		return 0
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return 1
		}
		var w written
		if json.Unmarshal(b, &w) != nil || !slices.Equal(w.Command[1:3], argv[:2]) || !has(argv, w.Command[3:]) {
			continue
		}
		if w.Error != nil {
			fmt.Fprintf(os.Stderr, "\nAn error occurred (%s) when calling the X operation: %s\n", w.Error.Code, w.Error.Message)
			return 254
		}
		if query {
			fmt.Print(queried(argv[1], w.Output))
			return 0
		}
		fmt.Println(string(w.Output))
		return 0
	}
	fmt.Fprintf(os.Stderr, "\nAn error occurred (AccessDenied) when calling the X operation: User: \"x\\y\" is not authorized\n")
	return 254
}

func has(argv, options []string) bool {
	for i := 0; i+1 < len(options); i += 2 {
		if at := slices.Index(argv, options[i]); at < 0 || at+1 >= len(argv) || argv[at+1] != options[i+1] {
			return false
		}
	}
	return true
}

// queried is what --query leaves, as text.
func queried(op string, out json.RawMessage) string {
	var v struct {
		AttachedPolicies []struct{ PolicyArn string }
		PolicyNames      []string
		Policies         []struct {
			ID string `json:"Id"`
		}
		AuthenticationProfileSummaryList []struct {
			ID string `json:"Id"`
		}
		Role struct {
			PermissionsBoundary struct{ PermissionsBoundaryArn string }
		}
	}
	if json.Unmarshal(out, &v) != nil {
		return ""
	}
	var rows []string
	for _, p := range v.AttachedPolicies {
		rows = append(rows, p.PolicyArn)
	}
	for _, p := range v.Policies {
		rows = append(rows, p.ID)
	}
	for _, p := range v.AuthenticationProfileSummaryList {
		rows = append(rows, p.ID)
	}
	rows = append(rows, v.PolicyNames...)
	if op == "get-role" {
		rows = append(rows, v.Role.PermissionsBoundary.PermissionsBoundaryArn)
	}
	if len(rows) == 0 || rows[0] == "" {
		return "None\n"
	}
	return strings.Join(rows, "\n") + "\n"
}

const (
	account  = "218455601337"
	role     = "arn:aws:iam::" + account + ":role/agents"
	provider = "arn:aws:iam::" + account + ":saml-provider/northwind"
	instance = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// signIn is a case of a sign-in with this role session name.
func signIn(session string) evidence.Case {
	text := func(s string) evidence.Text { return evidence.Text{Value: s, Present: true} }
	attr := func(n, v string) evidence.Attribute {
		return evidence.Attribute{Name: text("https://aws.amazon.com/SAML/Attributes/" + n), Values: []evidence.Value{{Text: text(v)}}}
	}
	r := evidence.Response{Assertions: []evidence.Assertion{{Issuer: text("https://idp.example.com"),
		Attributes: []evidence.Attribute{attr("Role", role+","+provider), attr("RoleSessionName", session)}}}}
	return evidence.Case{
		Capture:  evidence.Have(evidence.Capture{RelayState: evidence.Have(text("https://us-east-1.console.aws.amazon.com/connect/federate/"+instance), "har")}, "har"),
		Response: evidence.Have(r, "har"), Now: monday, AsOf: evidence.AsOf{At: monday, Source: evidence.AsOfCapture},
	}
}

// known is what AWS says of that sign-in.
func known() evidence.Live {
	const doc = "{\n  \"Statement\": []\n}"
	user := evidence.User{ID: "u1", ARN: "arn:aws:connect:us-east-1:" + account + ":instance/" + instance + "/agent/u1", Username: "jdoe", Instance: instance}
	event := func(id, name, source string) evidence.TrailEvent {
		raw := fmt.Sprintf(`{"eventID":%q,"eventName":%q,"eventSource":%q,"eventTime":"2026-11-23T08:00:00Z","awsRegion":"us-east-1","readOnly":%t}`, id, name, source, name == "AssumeRoleWithSAML")
		return evidence.TrailEvent{ID: id, Name: name, Source: source, Time: monday.Add(-time.Hour), Region: "us-east-1", ReadOnly: name == "AssumeRoleWithSAML", Raw: []byte(raw)}
	}
	return evidence.Live{
		Identity:  evidence.Have(evidence.Identity{Account: account, ARN: "arn:aws:iam::" + account + ":user/x", UserID: "AIDA", Partition: "aws"}, ""),
		Providers: evidence.Have([]evidence.ProviderName{{ARN: provider, CreateDate: monday}}, ""),
		Provider: evidence.Have(evidence.Provider{ARN: provider, UUID: "SAMLSPX", Full: true, CreateDate: monday,
			Metadata: metadata.Parse([]byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"/>`), "iam")}, ""),
		Roles: evidence.Have([]evidence.Role{{ARN: role, Name: "agents", Path: "/", ID: "AROA", Trust: doc, MaxSession: time.Hour, Boundary: "arn:aws:iam::" + account + ":policy/fence", Full: true}}, ""),
		Permissions: evidence.Have([]evidence.Policy{
			{Name: "fence", ARN: "arn:aws:iam::" + account + ":policy/fence", Kind: evidence.Boundary, Version: "v1", Document: doc},
			{Name: "in line'd", Kind: evidence.Inline, Document: doc},
			{Name: "read", ARN: "arn:aws:iam::" + account + ":policy/read", Kind: evidence.Managed, Version: "v1", Document: doc},
		}, ""),
		Instance:     evidence.Fact[evidence.Instance]{State: evidence.Denied, Why: "connect:DescribeInstance: AccessDeniedException: no"},
		Instances:    evidence.Have([]evidence.Instance{{ID: instance, ARN: "arn:aws:connect:us-east-1:" + account + ":instance/" + instance, Region: "us-east-1", Account: account, IdentityType: "SAML"}}, ""),
		AuthProfiles: evidence.Have([]evidence.AuthProfile{{ID: "p1", Name: "Default", Default: true, BlockedIPs: []string{"198.51.100.0/24"}, MaxSession: 12 * time.Hour}}, ""),
		Exact:        evidence.Fact[[]evidence.User]{State: evidence.Absent},
		Users:        evidence.Have([]evidence.User{user}, ""),
		Trail:        evidence.Have([]evidence.TrailEvent{event("1", "AssumeRoleWithSAML", "sts.amazonaws.com")}, ""),
		Changes:      evidence.Have([]evidence.TrailEvent{event("2", "DeleteSAMLProvider", "iam.amazonaws.com")}, ""),
		Guardrails: evidence.Have([]evidence.Guardrail{{ID: "p-1", Name: "One", Kind: "SCP", Target: "r-1", Document: doc}, {ID: "p-1", Name: "One", Kind: "SCP", Target: account, Document: doc},
			{ID: "p-2", Name: "Two", Kind: "RCP", Target: "r-1", Document: doc}}, ""),
		Regions: evidence.Have([]evidence.Region{{Name: "us-east-1", OptStatus: "ENABLED"}}, ""),
	}
}

// same compares facts apart from where and when they came from.
func same(a, b evidence.Live) string {
	sorted := func(l evidence.Live) evidence.Live {
		l.Permissions.Value = slices.SortedFunc(slices.Values(l.Permissions.Value), func(a, b evidence.Policy) int { return strings.Compare(a.Name, b.Name) })
		l.Guardrails.Value = slices.SortedFunc(slices.Values(l.Guardrails.Value), func(a, b evidence.Guardrail) int { return strings.Compare(a.Target+a.ID, b.Target+b.ID) })
		return l
	}
	return cmp.Diff(sorted(a), sorted(b), cmp.FilterPath(func(p cmp.Path) bool {
		return slices.Contains([]string{".Source", ".At", ".Why", ".Region"}, p.Last().String())
	}, cmp.Ignore()))
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	c := signIn("jdoe").With(known())
	c.Live.Exact = evidence.Fact[[]evidence.User]{State: evidence.Absent} // With leaves what is Absent
	yes := true
	app := evidence.CenterApplication{ARN: "arn:aws:sso::1:application/a/b", Name: "Amazon Connect", Status: "ENABLED", Provider: "arn:aws:sso::aws:applicationProvider/x", Assignments: []string{"g1"}, AssignmentRequired: &yes}
	c.Live.Center = evidence.Have(evidence.IdentityCenter{
		InstanceARN: "arn:aws:sso:::instance/i", IdentityStore: "d-1", Applications: []evidence.CenterApplication{app}, Application: &app, Assigned: &yes,
		User: &evidence.CenterUser{ID: "99", UserName: "ana", Email: "ana@example.com", Groups: []string{"g1"}},
	}, "")
	c.Live.External = evidence.Have([]evidence.ExternalAccess{{ID: "f1", Resource: role, Status: "ACTIVE", Principal: map[string]string{"Federated": provider}, Action: []string{"sts:AssumeRoleWithSAML"}, UpdatedAt: monday}}, "")
	c.Live.Simulated = evidence.Have([]evidence.Simulation{{Action: "connect:GetFederationToken", Resource: "*", Decision: "allowed", AllowedByBoundary: &yes, Matched: []string{"p"}}}, "")
	dir := filepath.Join(t.TempDir(), "evidence")
	names, err := Write(dir, c)
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	files, bad := folder.Open(folder.Folder, dir)
	e, more := folder.Read(files)
	if len(bad)+len(more) > 0 {
		t.Fatal(bad, more)
	}
	if diff := same(c.Live, e.For(signIn("jdoe"))); diff != "" {
		t.Errorf("-written +read:\n%s", diff)
	}
	// What is not known is written as nothing, and not as an empty list.
	app.AssignmentRequired, app.Assignments = nil, nil
	for name, v := range map[string]evidence.IdentityCenter{
		"nobody":  {UserSearched: "nobody@example.com"},
		"unknown": {User: &evidence.CenterUser{ID: "99", UserName: "nobody@example.com"}, UserSearched: "nobody@example.com"},
	} {
		v.InstanceARN, v.IdentityStore, v.Applications, v.Application = "arn:aws:sso:::instance/i", "d-1", []evidence.CenterApplication{app}, &app
		c := signIn("jdoe")
		c.Response.Value.Assertions[0].Subject = &evidence.Subject{NameID: evidence.Text{Value: "nobody@example.com", Present: true}}
		start := c
		c.Live.Center = evidence.Have(v, "")
		dir := filepath.Join(t.TempDir(), "evidence")
		if _, err := Write(dir, c); err != nil {
			t.Fatal(err)
		}
		files, _ := folder.Open(folder.Folder, dir)
		e, bad := folder.Read(files)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		if diff := same(c.Live, e.For(start)); diff != "" {
			t.Errorf("%s: -written +read:\n%s", name, diff)
		}
	}
	if _, err := Write(dir, c); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a second incident went into the same folder: %v", err)
	}
	if info, err := os.Stat(names[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("anybody may read it: %v %v", info.Mode(), err)
	}
}

func TestScriptMakesTheSameFolder(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	if raced {
		t.Skip("the script runs this binary sixty times, which the race detector makes slow; it is one goroutine")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := signIn("jdoe").With(known())
	c.Live.Exact = evidence.Fact[[]evidence.User]{State: evidence.Absent}
	answers, bin, out := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "with space")
	if err := os.Remove(answers); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(answers, c); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "aws")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(sh, "-s", out)
	cmd.Stdin = strings.NewReader(Script(signIn("jdoe"), POSIX))
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "COLLECT_TEST_ANSWERS="+answers)
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	files, bad := folder.Open(folder.Folder, out)
	e, more := folder.Read(files)
	if len(bad)+len(more) > 0 {
		t.Fatal(bad, more)
	}
	got := e.For(signIn("jdoe"))
	// The stand-in refuses what it has no answer for: events of other names.
	if diff := same(c.Live, got); diff != "" {
		t.Errorf("-asked +collected:\n%s", diff)
	}
}

func TestScriptsQuoteWhatTheAssertionSays(t *testing.T) {
	const evil = "$(touch /tmp/x)`id`'\";rm -rf ~\x1b[2J\u202e"
	c := signIn(evil)
	c.Asked.InstanceID, c.Asked.Region = evil, evil
	posix := Script(c, POSIX)
	for _, s := range []string{posix, Script(c, PowerShell)} {
		if strings.ContainsAny(s, "\x1b\u202e") {
			t.Error("control characters are in the script")
		}
		if !strings.Contains(s, "touch") {
			t.Error("the test's value is not in the script at all")
		}
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	for _, v := range []string{evil, "a'b", "''", "\\", "$x"} {
		out, err := exec.Command(sh, "-c", "printf %s "+quoteSH(v)).Output()
		if err != nil || string(out) != visible(v) {
			t.Errorf("%q came out as %q, %v", v, out, err)
		}
	}
	if out, err := exec.Command(sh, "-n", "-c", posix).CombinedOutput(); err != nil {
		t.Errorf("%v %s", err, out)
	}
}

func TestScriptsOnlyRead(t *testing.T) {
	for _, sh := range []Shell{POSIX, PowerShell} {
		s := Script(signIn("jdoe"), sh)
		for _, verb := range []string{"create-", "delete-", "update-", "put-", "attach-role", "detach-", "assume-"} {
			if strings.Contains(s, " "+verb) || strings.Contains(s, "'"+verb) {
				t.Errorf("%s calls %s", sh, verb)
			}
		}
		for _, want := range []string{"get-saml-provider", "list-users", "1000", "lookup-events", "AssumeRoleWithSAML", "list-policies-for-target", instance, "get-role"} {
			if !strings.Contains(s, want) {
				t.Errorf("%s lacks %s", sh, want)
			}
		}
	}
}
