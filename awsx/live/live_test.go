package live

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/collect"
	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"), goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"),
		goleak.IgnoreTopFunction("internal/poll.runtime_pollWait"))
}

const (
	accountID = "218455601337"
	instance  = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// site is a partition with the Region that the instance is in.
type site struct {
	partition endpoint.Partition
	region    string
}

func (p site) role() string {
	return "arn:" + string(p.partition) + ":iam::" + accountID + ":role/agents"
}
func (p site) provider() string {
	return "arn:" + string(p.partition) + ":iam::" + accountID + ":saml-provider/northwind"
}

var commercial = site{endpoint.AWS, "eu-west-2"}

const metadataXML = `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`

// world is an account in which everything is there.
func world(p site, users int) emulator.World {
	arn := func(kind string) string {
		return "arn:" + string(p.partition) + ":iam::" + accountID + ":policy/" + kind
	}
	event := func(i int, name, source, region, request string) emulator.Document {
		at := monday.Add(-time.Duration(i) * time.Minute).Format(time.RFC3339)
		return emulator.Document(fmt.Sprintf(`{"eventVersion":"1.11","eventID":"e-%s-%d","eventName":%q,"eventSource":%q,"eventTime":%q,"awsRegion":%q,"recipientAccountId":%q,"readOnly":%t,"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::%s:user/x"},"requestParameters":%s,"responseElements":null}`,
			region, i, name, source, at, region, accountID, name == "AssumeRoleWithSAML", accountID, request))
	}
	w := emulator.World{
		Account: accountID, Partition: string(p.partition), Region: p.region, Now: monday,
		Providers: []emulator.Provider{{Name: "northwind", UUID: "SAMLSPNORTHWIND0EXAMPLE", Metadata: metadataXML, CreateDate: monday.Add(-time.Hour), Encryption: "Allowed", Tags: map[string]string{"Team": "cc"}}, {Name: "other", Metadata: metadataXML}},
		Roles: []emulator.Role{{
			Name: "agents", ID: "AROAEXAMPLE", MaxSessionDuration: 43200, LastUsed: monday.Add(-time.Hour), LastUsedRegion: p.region,
			Trust:    emulator.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + p.provider() + `"},"Action":"sts:AssumeRoleWithSAML"}]}`),
			Inline:   []emulator.InlinePolicy{{Name: "federate", Document: emulator.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"arn:` + string(p.partition) + `:connect:` + p.region + `:` + accountID + `:instance/` + instance + `/user/${aws:userid}"}]}`)}},
			Attached: []string{arn("read")}, Boundary: arn("boundary"),
		}},
		Policies: []emulator.Policy{
			{ARN: arn("read"), Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:List*","Resource":"*"}]}`},
			{ARN: arn("boundary"), Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:*","Resource":"*"}]}`},
		},
		Instances: []emulator.Instance{
			{ID: instance, Alias: "northwind", Profiles: []emulator.AuthenticationProfile{{ID: "0c5f2f6e-7f5f-4a0e-9a53-1d6f0a0b0c01", Name: "Default", Default: true, BlockedIPs: []string{"198.51.100.0/24"}, MaxSession: 720, Inactivity: 60}}},
			{ID: "00000000-1111-4222-8333-444444444444", Alias: "second"},
		},
		Organization: &emulator.Organization{
			ID: "o-northwind1", ManagementAccount: "444455556666", Delegated: true,
			Root: emulator.Unit{ID: "r-nw01", Units: []emulator.Unit{{ID: "ou-nw01-contact0", Name: "CC", Accounts: []emulator.Account{{ID: accountID, Name: "cc"}}}}},
			Policies: []emulator.OrganizationPolicy{
				{ID: "p-FullAWSAccess", Name: "FullAWSAccess", AWSManaged: true, Targets: []string{"r-nw01", "ou-nw01-contact0", accountID}, Content: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`},
				{ID: "p-regions00", Name: "regions", Targets: []string{"ou-nw01-contact0"}, Content: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:*","Resource":"*"}]}`},
			},
		},
		Analyzers: []emulator.Analyzer{{Name: "account", Findings: []emulator.AnalyzerFinding{{ID: "f0f0c0de-0000-4000-8000-000000000001", Resource: p.role(),
			Principal: map[string]string{"Federated": p.provider()}, Action: []string{"sts:AssumeRoleWithSAML"}, At: monday.Add(-time.Hour)}}}},
		Regions: []emulator.RegionStatus{{Name: p.region, Status: "ENABLED_BY_DEFAULT"}, {Name: "af-south-1", Status: "DISABLED"}},
	}
	for i := range users {
		w.Instances[0].Users = append(w.Instances[0].Users, emulator.User{Username: fmt.Sprintf("agent%05d", i), FirstName: "A", LastName: "B", Modified: monday.Add(-time.Hour)})
	}
	saml := fmt.Sprintf(`{"roleArn":%q,"principalArn":%q,"roleSessionName":"agent00001","sAMLAssertionID":"_1"}`, p.role(), p.provider())
	for i := range 60 {
		w.Trail = append(w.Trail, event(i+1, "AssumeRoleWithSAML", "sts.amazonaws.com", awsx.Home(p.partition), saml))
	}
	w.Trail = append(w.Trail, event(70, "AssumeRoleWithSAML", "sts.amazonaws.com", p.region, saml),
		event(300, "UpdateSAMLProvider", "iam.amazonaws.com", awsx.Home(p.partition), fmt.Sprintf(`{"sAMLProviderArn":%q}`, p.provider())),
		event(301, "UpdateAssumeRolePolicy", "iam.amazonaws.com", awsx.Home(p.partition), `{"roleName":"somebody-elses"}`))
	return w
}

// signIn is a case of a sign-in to that account.
func signIn(p site, session string) evidence.Case {
	text := func(s string) evidence.Text { return evidence.Text{Value: s, Present: true} }
	attr := func(n, v string) evidence.Attribute {
		return evidence.Attribute{Name: text("https://aws.amazon.com/SAML/Attributes/" + n), Values: []evidence.Value{{Text: text(v)}}}
	}
	r := evidence.Response{Assertions: []evidence.Assertion{{ID: text("_1"), Issuer: text("https://idp.example.com"),
		Attributes: []evidence.Attribute{attr("Role", p.role()+","+p.provider()), attr("RoleSessionName", session)}}}}
	return evidence.Case{
		Capture:  evidence.Have(evidence.Capture{RelayState: evidence.Have(text(endpoint.Federate(p.region, instance)), "har")}, "har"),
		Response: evidence.Have(r, "har"), Now: monday, AsOf: evidence.AsOf{At: monday.Add(-time.Minute), Source: evidence.AsOfCapture},
		Asked: evidence.Asked{Region: p.region},
	}
}

// open starts a world and returns a client of it, and the server.
func open(t *testing.T, w emulator.World, p site) (*Client, *emulator.Server) {
	t.Helper()
	s, err := emulator.Start(context.Background(), w, emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLEEXAMPLE00")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_SESSION_TOKEN", "")
	t.Setenv("AWS_CONFIG_FILE", "/dev/null")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
	c, err := Open(t.Context(), Options{Endpoint: s.URL(), Partition: p.partition, Fallback: p.region, Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	c.pace = nil // the tests that need it set it again
	return c, s
}

// quick makes a client that keeps to no pace.
func gathered(t *testing.T, api awsx.API, c evidence.Case, todo []*awsx.Lookup) evidence.Case {
	t.Helper()
	for e := range awsx.Gather(t.Context(), api, c, todo) {
		c = c.With(e.Live)
	}
	return c
}

// without leaves out the lookups of some needs: those that read CloudTrail take
// seconds at AWS's pace.
func without(n evidence.Need) (out []*awsx.Lookup) {
	for _, l := range awsx.Lookups() {
		if l.Gives&n == 0 {
			out = append(out, l)
		}
	}
	return out
}

func TestEveryFactLiveAndFromTheCollectedFolder(t *testing.T) {
	for _, p := range []site{commercial, {endpoint.GovCloud, "us-gov-west-1"}, {endpoint.China, "cn-north-1"}} {
		t.Run(string(p.partition), func(t *testing.T) {
			api, _ := open(t, world(p, 1200), p)
			start := signIn(p, "agent00001")
			dir := t.TempDir()
			c, names, err := collect.Collect(t.Context(), api, start, awsx.Lookups(), dir, func(e awsx.Event) {
				if e.Phase == awsx.Done && e.Err != nil && !e.Lookup.Gives.Has(evidence.NeedCenter) {
					t.Errorf("%s: %v", e.Lookup.Title, e.Err)
				}
			})
			if err != nil || len(names) < 15 {
				t.Fatalf("%d files, %v", len(names), err)
			}
			for _, w := range evidence.Wants() {
				if s := c.StateOf(w.Need); w.Call != "" && w.Need != evidence.NeedCenter && s != evidence.Known {
					t.Errorf("%s is %v", w.Name, s)
				}
			}
			l := c.Live
			if len(l.Users.Value) != 1200 || len(l.Exact.Value) != 1 || len(l.Permissions.Value) != 3 || len(l.Guardrails.Value) != 4 || len(l.Instances.Value) != 2 {
				t.Errorf("users %d, exact %d, policies %d, guardrails %d, instances %d", len(l.Users.Value), len(l.Exact.Value), len(l.Permissions.Value), len(l.Guardrails.Value), len(l.Instances.Value))
			}
			if len(l.Trail.Value) != 61 || len(l.Changes.Value) != 1 {
				t.Errorf("trail %d, changes %d", len(l.Trail.Value), len(l.Changes.Value))
			}

			files, bad := folder.Open(folder.Folder, dir)
			e, more := folder.Read(files)
			if len(bad)+len(more) > 0 {
				t.Fatalf("%v %v", bad, more)
			}
			back := e.For(start)
			if diff := cmp.Diff(bare(l), bare(back), cmp.FilterPath(func(p cmp.Path) bool {
				return slices.Contains([]string{".Source", ".At", ".Why", ".Endpoint", ".X509"}, p.Last().String())
			}, cmp.Ignore())); diff != "" {
				t.Errorf("live and folder differ (-live +folder):\n%s", diff)
			}
		})
	}
}

// bare sorts what has no order.
func bare(l evidence.Live) evidence.Live {
	l.Permissions.Value = slices.SortedFunc(slices.Values(l.Permissions.Value), func(a, b evidence.Policy) int { return strings.Compare(a.Name, b.Name) })
	l.Guardrails.Value = slices.SortedFunc(slices.Values(l.Guardrails.Value), func(a, b evidence.Guardrail) int { return strings.Compare(a.Target+a.ID, b.Target+b.ID) })
	for _, es := range []*[]evidence.TrailEvent{&l.Trail.Value, &l.Changes.Value} {
		*es = slices.SortedFunc(slices.Values(*es), func(a, b evidence.TrailEvent) int { return strings.Compare(a.ID, b.ID) })
		for i := range *es {
			var v any
			if json.Unmarshal((*es)[i].Raw, &v) == nil {
				(*es)[i].Raw, _ = json.Marshal(v)
			}
		}
	}
	return l
}

func TestFaultsAreEachTheirOwn(t *testing.T) {
	w := world(commercial, 3)
	w.Denied = []string{"iam:GetSAMLProvider", "connect:DescribeUser"}
	w.Faults = []emulator.Fault{
		{Op: "cloudtrail:LookupEvents", Code: "throttled", Times: 1000},
		{Op: "account:ListRegions", CutAfter: 20, Times: 1000},
		{Op: "iam:ListSAMLProviders", Code: "expired", Times: 1000},
	}
	api, _ := open(t, w, commercial)
	c := gathered(t, api, signIn(commercial, "agent00001"), without(evidence.NeedChanges|evidence.NeedProviders))
	c = gathered(t, api, c, []*awsx.Lookup{awsx.Find(evidence.NeedProviders)})
	l := c.Live
	for _, tt := range []struct {
		name  string
		state evidence.State
		why   string
		want  evidence.State
		say   string
	}{
		{"provider", l.Provider.State, l.Provider.Why, evidence.Denied, "iam:GetSAMLProvider"},
		{"trail", l.Trail.State, l.Trail.Why, evidence.Failed, "throttling"},
		{"regions", l.Regions.State, l.Regions.Why, evidence.Failed, "account:ListRegions"},
		{"providers", l.Providers.State, l.Providers.Why, evidence.Failed, "aws sso login"},
		{"roles", l.Roles.State, "", evidence.Known, ""},
		{"users", l.Users.State, "", evidence.Known, ""},
	} {
		if tt.state != tt.want || !strings.Contains(tt.why, tt.say) {
			t.Errorf("%s: %v %q, want %v and %q", tt.name, tt.state, tt.why, tt.want, tt.say)
		}
	}
}

func TestWhatIsNotThereIsAbsent(t *testing.T) {
	w := world(commercial, 1)
	w.Providers, w.Roles, w.Instances, w.Organization = nil, nil, nil, nil
	api, _ := open(t, w, commercial)
	l := gathered(t, api, signIn(commercial, "agent00001"), without(evidence.NeedTrail|evidence.NeedChanges)).Live
	if l.Provider.State != evidence.Absent || l.Instance.State != evidence.Absent || l.Guardrails.State != evidence.Absent {
		t.Errorf("provider %v %q, instance %v %q, guardrails %v %q", l.Provider.State, l.Provider.Why, l.Instance.State, l.Instance.Why, l.Guardrails.State, l.Guardrails.Why)
	}
	if len(l.Roles.Value) != 1 || !l.Roles.Value[0].Missing || l.Roles.Value[0].ARN != commercial.role() {
		t.Errorf("roles: %+v", l.Roles)
	}
	if l.Exact.State == evidence.Absent || l.Users.State == evidence.Known {
		t.Errorf("a missing instance was taken for missing users: exact %v, users %v", l.Exact.State, l.Users.State)
	}
}

func TestARoleWithAnotherPathIsMissing(t *testing.T) {
	w := world(commercial, 1)
	w.Roles[0].Path = "/connect/"
	api, _ := open(t, w, commercial)
	l := gathered(t, api, signIn(commercial, "x"), []*awsx.Lookup{awsx.Find(evidence.NeedRoles)}).Live
	if len(l.Roles.Value) != 2 || !strings.Contains(l.Roles.Value[0].ARN, "/connect/agents") || !l.Roles.Value[1].Missing {
		t.Errorf("roles: %+v", l.Roles.Value)
	}
}

func TestThrottlingAtHTTP400IsTriedAgain(t *testing.T) {
	w := world(commercial, 1)
	w.Faults = []emulator.Fault{{Op: "cloudtrail:LookupEvents", Code: "throttled", Call: 1, Times: 1}}
	api, s := open(t, w, commercial)
	again, err := Open(t.Context(), Options{Endpoint: s.URL(), Fallback: commercial.region, Attempts: 3})
	if err != nil {
		t.Fatal(err)
	}
	_ = api
	n := 0
	for p, err := range again.Events(t.Context(), awsx.Window{Region: "us-east-1", EventName: "AssumeRoleWithSAML", From: monday.Add(-24 * time.Hour), To: monday}) {
		if err != nil {
			t.Fatal(err)
		}
		n += len(p.Rows)
	}
	if n != 60 {
		t.Errorf("%d events", n)
	}
}

func TestNoCallOfOursIsThrottled(t *testing.T) {
	w := world(commercial, 6500)
	w.Quotas, w.Now = true, time.Time{}
	w.Trail = nil
	_, s := open(t, w, commercial)
	api, err := Open(t.Context(), Options{Endpoint: s.URL(), Fallback: commercial.region, Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for p, err := range api.Users(t.Context(), awsx.Place{Region: commercial.region, Instance: instance}) {
		if err != nil {
			t.Fatal(err)
		}
		n += len(p.Rows)
		if p.More && p.Total != 0 && p.Total != 6500 {
			t.Errorf("total %d", p.Total)
		}
	}
	if n != 6500 {
		t.Errorf("%d users", n)
	}
}

func TestWithoutCredentials(t *testing.T) {
	_, s := open(t, world(commercial, 1), commercial)
	for _, k := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		t.Setenv(k, "")
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	api, err := Open(t.Context(), Options{Endpoint: s.URL(), Fallback: commercial.region})
	if err != nil {
		t.Fatal(err)
	}
	c := gathered(t, api, signIn(commercial, "x"), awsx.Lookups())
	if id := c.Live.Identity; id.State != evidence.Failed || !strings.Contains(id.Why, "NoCredentials") || !strings.Contains(id.Why, "aws sso login") {
		t.Errorf("%v %q", id.State, id.Why)
	}
	if n := len(s.Calls()); n != 0 {
		t.Errorf("%d calls were made", n)
	}
	if _, err := Open(t.Context(), Options{Profile: "no-such"}); err == nil || !strings.Contains(err.Error(), "no-such") {
		t.Errorf("a profile that is not there: %v", err)
	}
}

func TestTheEnvironmentsEndpoint(t *testing.T) {
	_, s := open(t, world(commercial, 1), commercial)
	t.Setenv("AWS_ENDPOINT_URL", s.URL())
	t.Setenv("AWS_REGION", "ap-southeast-2")
	api, err := Open(t.Context(), Options{Fallback: commercial.region})
	if err != nil {
		t.Fatal(err)
	}
	id, err := api.Identity(t.Context())
	if err != nil || id.Account != accountID || id.Endpoint != s.URL() || id.Region != "ap-southeast-2" || api.Region() != id.Region {
		t.Errorf("%+v, %v", id, err)
	}
}

// TestAPortalIsNotAWS: the sign-in page of a network that answers every request
// is told as what it is.
func TestAPortalIsNotAWS(t *testing.T) {
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>Hotel WLAN</title><form action=/login></form>")
	}))
	defer portal.Close()
	api, err := Open(t.Context(), Options{Endpoint: portal.URL, Fallback: commercial.region, BuiltIn: true, Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	_, err = api.Identity(t.Context())
	if err == nil || !strings.Contains(err.Error(), "what answered is not AWS") || strings.Contains(err.Error(), "deserial") {
		t.Errorf("sts: %v", err)
	}
	_, err = api.Instance(t.Context(), awsx.Place{Region: commercial.region, Instance: "3b1f6c52-8d0e-4c47-9f2a-71c5e04d9b36"})
	if err == nil || !strings.Contains(err.Error(), "what answered is not AWS") {
		t.Errorf("connect: %v", err)
	}
}

func TestNobodyListens(t *testing.T) {
	_, s := open(t, world(commercial, 1), commercial)
	url := s.URL()
	_ = s.Close()
	api, err := Open(t.Context(), Options{Endpoint: url, Fallback: commercial.region, Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.Identity(t.Context()); err == nil || !strings.Contains(err.Error(), "no connection to AWS") {
		t.Errorf("%v", err)
	}
}

// Who may use the application is settled by assignments, groups and whether
// the application asks for either; "no" is said only where all of it is known.
func TestIdentityCenterAssignments(t *testing.T) {
	const name, user, agents = "ana@example.com", "99999999-2222-4333-8444-555555555555", "11111111-2222-4333-8444-555555555555"
	yes, no := true, false
	to := func(id, kind string) []emulator.Assignment {
		return []emulator.Assignment{{PrincipalID: id, Type: kind}}
	}
	for _, tt := range []struct {
		name        string
		assignments []emulator.Assignment
		groups      []string
		open        bool
		denied      string
		want        *bool
	}{
		{name: "to nobody", want: &no},
		{name: "to another", assignments: to(agents, ""), want: &no},
		{name: "to the user", assignments: to(user, ""), want: &yes},
		{name: "to a group of the user's", assignments: to(agents, "GROUP"), groups: []string{"other", agents}, want: &yes},
		{name: "to another group", assignments: to(agents, "GROUP"), groups: []string{"other"}, want: &no},
		{name: "open to all", assignments: to(agents, ""), open: true, want: &yes},
		{name: "groups not to be read", assignments: to(agents, "GROUP"), groups: []string{agents}, denied: "identitystore:ListGroupMembershipsForMember"},
		{name: "setting not to be read", assignments: to(agents, ""), open: true, denied: "sso:GetApplicationAssignmentConfiguration", want: &no},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := world(commercial, 1)
			w.IdentityCenters = []emulator.IdentityCenter{{
				ARN: "arn:aws:sso:::instance/ssoins-1234567890abcdef", StoreID: "d-1234567890", Region: commercial.region,
				Applications: []emulator.Application{{ARN: "arn:aws:sso::" + accountID + ":application/ssoins-1234567890abcdef/apl-1234567890abcdef", Name: "Amazon Connect",
					Provider: "arn:aws:sso::aws:applicationProvider/custom-saml", Assignments: tt.assignments, Open: tt.open}},
				Users: []emulator.StoreUser{{ID: user, UserName: name, Email: name, Groups: tt.groups}},
			}}
			if tt.denied != "" {
				w.Denied = []string{tt.denied}
			}
			api, _ := open(t, w, commercial)
			q := awsx.CenterQuestion{Region: commercial.region, Issuer: "https://portal.sso.eu-west-2.amazonaws.com/saml/assertion/x", NameID: name}
			v, err := api.Center(t.Context(), q)
			if err != nil || v.Application == nil || v.User == nil || len(v.Application.Assignments) != len(tt.assignments) || v.User.Email != name {
				t.Fatalf("%+v, %v", v, err)
			}
			if diff := cmp.Diff(tt.want, v.Assigned); diff != "" {
				t.Errorf("assigned (-want +have): %s", diff)
			}
			if known := v.Application.AssignmentRequired; (known == nil) != strings.HasPrefix(tt.denied, "sso:") || known != nil && *known == tt.open {
				t.Errorf("assignment required: %v", known)
			}
			q.NameID = "nobody@example.com"
			if v, err = api.Center(t.Context(), q); err != nil || v.User != nil || v.UserSearched != q.NameID {
				t.Errorf("%+v, %v", v, err)
			}
		})
	}
}

func TestCancelEndsACallOnItsWay(t *testing.T) {
	w := world(commercial, 1)
	w.Faults = []emulator.Fault{{Op: "iam:GetRole", Delay: emulator.Duration(time.Hour), Times: 10}}
	api, _ := open(t, w, commercial)
	ctx, cancel := context.WithCancel(t.Context())
	events := awsx.Gather(ctx, api, signIn(commercial, "x"), []*awsx.Lookup{awsx.Find(evidence.NeedRoles)})
	<-events // it has begun
	began := time.Now()
	cancel()
	for range events {
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v to end", took)
	}
}

func TestAskSTSRefusesOldAssertions(t *testing.T) {
	api, s := open(t, world(commercial, 1), commercial)
	a := awsx.Assertion{Response: "PHNlY3JldC8+", RoleARN: commercial.role(), ProviderARN: commercial.provider(), Region: "us-east-1", Issued: monday.Add(-6 * time.Minute)}
	for _, issued := range []time.Time{{}, a.Issued} {
		a.Issued = issued
		if _, err := api.AskSTS(t.Context(), a, monday); err == nil || !strings.Contains(err.Error(), "not asked") {
			t.Errorf("issued %v: %v", issued, err)
		}
	}
	if n := len(s.Calls()); n != 0 {
		t.Errorf("%d calls were made", n)
	}
	a.Issued = monday.Add(-time.Minute)
	_, err := api.AskSTS(t.Context(), a, monday)
	if err == nil || strings.Contains(err.Error(), a.Response) || len(s.Calls()) != 1 {
		t.Errorf("STS's answer to nonsense: %v after %d calls", err, len(s.Calls()))
	}
}

func TestMessagesCarryNoSecrets(t *testing.T) {
	for _, s := range []string{
		"The security token ASIAEXAMPLEEXAMPLE12 is bad", "x-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE", "bad " + strings.Repeat("QUJD", 60), "Authorization: AWS4-HMAC-SHA256",
	} {
		if got := clean(s); !strings.Contains(got, "[removed]") {
			t.Errorf("%q became %q", s, got)
		}
	}
	if got := clean("a\x1b[31mb\u202ec\nd"); got != "a[31mbc d" {
		t.Errorf("%q", got)
	}
}
