package emulator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	cttypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"

	"example.com/samlens/awsx/emulator"
)

func TestConnect(t *testing.T) {
	w := northwind(t)
	w.Instances[0].Replication = &emulator.Replication{SourceRegion: "us-east-1", GlobalSignInEndpoint: "https://northwind.us-east-1.sign-in.connect.aws/saml", Regions: []string{"us-west-2"}}
	s := start(t, w)
	ctx := context.Background()
	c := connect.NewFromConfig(config(s))
	l := must[connect.ListInstancesOutput](t)(c.ListInstances(ctx, nil)).InstanceSummaryList
	if len(l) != 1 || l[0].IdentityManagementType != types.DirectoryTypeSaml || l[0].InstanceStatus != types.InstanceStatusActive || *l[0].InstanceAlias != "northwind" {
		t.Fatalf("%+v", l)
	}
	if o := must[connect.ListInstancesOutput](t)(connect.NewFromConfig(configIn(s, "us-west-2")).ListInstances(ctx, nil)); len(o.InstanceSummaryList) != 0 {
		t.Error("an instance is seen in another region")
	}
	d := must[connect.DescribeInstanceOutput](t)(c.DescribeInstance(ctx, &connect.DescribeInstanceInput{InstanceId: l[0].Id}))
	if *d.ReplicationConfiguration.SourceRegion != "us-east-1" || *d.Instance.Arn != "arn:aws:connect:us-east-1:111122223333:instance/"+instance {
		t.Errorf("%+v", d)
	}
	_, err := connect.NewFromConfig(configIn(s, "us-west-2")).DescribeInstance(ctx, &connect.DescribeInstanceInput{InstanceId: l[0].Id})
	fails[*types.ResourceNotFoundException](t, err, instance)
	search := func(how types.StringComparisonType, value string) []types.UserSearchSummary {
		return must[connect.SearchUsersOutput](t)(c.SearchUsers(ctx, &connect.SearchUsersInput{InstanceId: aws.String(instance), SearchCriteria: &types.UserSearchCriteria{
			StringCondition: &types.StringCondition{FieldName: aws.String("Username"), ComparisonType: how, Value: aws.String(value)},
		}})).Users
	}
	if u := search(types.StringComparisonTypeExact, "ben.okafor@northwind.example"); len(u) != 1 || *u[0].Username != "Ben.Okafor@northwind.example" {
		t.Errorf("%+v", u)
	}
	if u := search(types.StringComparisonTypeContains, "northwind"); len(u) != 4 {
		t.Errorf("%d users", len(u))
	}
	u := search(types.StringComparisonTypeStartsWith, "chloe")
	full := must[connect.DescribeUserOutput](t)(c.DescribeUser(ctx, &connect.DescribeUserInput{InstanceId: aws.String(instance), UserId: u[0].Id})).User
	if *full.IdentityInfo.FirstName != "Chloé" || full.LastModifiedTime == nil {
		t.Errorf("%+v", full)
	}
	both := must[connect.SearchUsersOutput](t)(c.SearchUsers(ctx, &connect.SearchUsersInput{InstanceId: aws.String(instance), SearchCriteria: &types.UserSearchCriteria{
		OrConditions: []types.UserSearchCriteria{
			{StringCondition: &types.StringCondition{FieldName: aws.String("FirstName"), ComparisonType: types.StringComparisonTypeExact, Value: aws.String("Ana")}},
			{StringCondition: &types.StringCondition{FieldName: aws.String("LastName"), ComparisonType: types.StringComparisonTypeExact, Value: aws.String("Lee")}},
		},
	}}))
	if len(both.Users) != 2 || *both.ApproximateTotalCount != 2 {
		t.Errorf("%+v", both)
	}
	_, err = c.DescribeUser(ctx, &connect.DescribeUserInput{InstanceId: aws.String(instance), UserId: aws.String("gone")})
	fails[*types.ResourceNotFoundException](t, err, "gone")
	p := must[connect.ListAuthenticationProfilesOutput](t)(c.ListAuthenticationProfiles(ctx, &connect.ListAuthenticationProfilesInput{InstanceId: aws.String(instance)})).AuthenticationProfileSummaryList
	a := must[connect.DescribeAuthenticationProfileOutput](t)(c.DescribeAuthenticationProfile(ctx, &connect.DescribeAuthenticationProfileInput{InstanceId: aws.String(instance), AuthenticationProfileId: p[0].Id}))
	if *a.AuthenticationProfile.MaxSessionDuration != 720 || !a.AuthenticationProfile.IsDefault {
		t.Errorf("%+v", a)
	}
}

func TestUsersPage(t *testing.T) {
	w := northwind(t)
	for i := range 2_345 {
		w.Instances[0].Users = append(w.Instances[0].Users, emulator.User{Username: fmt.Sprintf("agent%04d", i)})
	}
	s := start(t, w)
	ctx := context.Background()
	c := connect.NewFromConfig(config(s))
	pages := func(size *int32) (n, users int) {
		p := connect.NewListUsersPaginator(c, &connect.ListUsersInput{InstanceId: aws.String(instance), MaxResults: size})
		seen := map[string]bool{}
		for p.HasMorePages() {
			n++
			for _, u := range must[connect.ListUsersOutput](t)(p.NextPage(ctx)).UserSummaryList {
				seen[*u.Id+*u.Username] = true
			}
		}
		return n, len(seen)
	}
	if n, users := pages(nil); n != 24 || users != 2350 {
		t.Errorf("by default %d users on %d pages", users, n)
	}
	if n, users := pages(aws.Int32(1000)); n != 3 || users != 2350 {
		t.Errorf("at most %d users on %d pages", users, n)
	}
	_, err := c.ListUsers(ctx, &connect.ListUsersInput{InstanceId: aws.String(instance), MaxResults: aws.Int32(1001)})
	fails[*types.InvalidParameterException](t, err, "1000")
	first := must[connect.SearchUsersOutput](t)(c.SearchUsers(ctx, &connect.SearchUsersInput{InstanceId: aws.String(instance), MaxResults: aws.Int32(500)}))
	if len(first.Users) != 500 || *first.ApproximateTotalCount != 2350 {
		t.Errorf("%d of %d", len(first.Users), *first.ApproximateTotalCount)
	}
	_, err = c.SearchUsers(ctx, &connect.SearchUsersInput{InstanceId: aws.String(instance), NextToken: first.NextToken, SearchCriteria: &types.UserSearchCriteria{
		StringCondition: &types.StringCondition{FieldName: aws.String("Username"), ComparisonType: types.StringComparisonTypeStartsWith, Value: aws.String("agent")},
	}})
	fails[*types.InvalidParameterException](t, err, "NextToken")
}

// agentOf signs in and calls with the session's credentials.
func agentOf(t testing.TB, s *emulator.Server, name string) *connect.Client {
	t.Helper()
	r := ana()
	r.SessionName = name
	out, err := assume(t, s, signed(t, r, "idp-a"), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := config(s)
	c.Credentials = credentials.NewStaticCredentialsProvider(*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken)
	return connect.NewFromConfig(c)
}

func TestGetFederationToken(t *testing.T) {
	const anas = "ana.souza@northwind.example"
	id := &connect.GetFederationTokenInput{InstanceId: aws.String(instance)}
	for _, c := range []struct {
		name, session string
		world         func(*emulator.World)
		want          string
	}{
		{name: "in", session: anas},
		{name: "resource of the authorization reference", session: anas, world: func(w *emulator.World) {
			w.Roles[0].Inline[0].Document = emulator.Document(strings.Replace(string(w.Roles[0].Inline[0].Document), "/user/${aws:userid}", "", 1))
		}},
		{name: "case", session: "Ana.Souza@northwind.example", want: "UserNotFoundException: No user with the specified credentials was found"},
		{name: "no permission", session: anas, world: func(w *emulator.World) { w.Roles[0].Inline = nil }, want: "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/agents/ana.souza@northwind.example is not authorized to perform: connect:GetFederationToken on resource: arn:aws:connect:us-east-1:111122223333:instance/" + instance + " because no identity-based policy allows the connect:GetFederationToken action"},
		{name: "no variables in 2008", session: anas, world: func(w *emulator.World) {
			w.Roles[0].Inline[0].Document = emulator.Document(strings.Replace(string(w.Roles[0].Inline[0].Document), "2012-10-17", "2008-10-17", 1))
		}, want: "AccessDeniedException: "},
		{name: "boundary", session: anas, world: func(w *emulator.World) { w.Roles[0].Boundary += "x" }, want: "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/agents/ana.souza@northwind.example is not authorized to perform: connect:GetFederationToken on resource: arn:aws:connect:us-east-1:111122223333:instance/" + instance + " because no permissions boundary allows"},
		{name: "service control policy", session: anas, world: func(w *emulator.World) {
			w.Organization.Policies[1].Content = emulator.Document(strings.Replace(string(w.Organization.Policies[1].Content), `"us-east-1",`, "", 1))
		}, want: "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/agents/ana.souza@northwind.example is not authorized to perform: connect:GetFederationToken on resource: arn:aws:connect:us-east-1:111122223333:instance/" + instance + " with an explicit deny in a service control policy"},
		{name: "bound to another role", session: anas, world: func(w *emulator.World) { w.Instances[0].Users[0].BoundRole = role + "2" }, want: "DuplicateResourceException: "},
		{name: "not SAML", session: anas, world: func(w *emulator.World) { w.Instances[0].IdentityType = "CONNECT_MANAGED" }, want: "InvalidRequestException: "},
		{name: "no instance", session: anas, world: func(w *emulator.World) { w.Instances = nil }, want: "ResourceNotFoundException: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := northwind(t)
			if c.world != nil {
				c.world(&w)
			}
			s := start(t, w)
			out, err := agentOf(t, s, c.session).GetFederationToken(context.Background(), id)
			if got := brief(err); got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want)) {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			if err == nil && !strings.HasPrefix(*out.SignInUrl, "https://northwind.my.connect.aws/") {
				t.Error(*out.SignInUrl)
			}
			trail := s.World().Trail
			if last := string(trail[len(trail)-1]); !strings.Contains(last, `"eventSource":"connect.amazonaws.com"`) {
				t.Errorf("no event: %s", last)
			}
		})
	}
	_, err := connect.NewFromConfig(config(start(t, northwind(t)))).GetFederationToken(context.Background(), id)
	fails[*types.InvalidRequestException](t, err, "cannot be used for federation")
}

func events(n int, at time.Time, region string) []emulator.Document {
	var out []emulator.Document
	for i := range n {
		b, _ := json.Marshal(map[string]any{
			"eventID": fmt.Sprintf("%s-%04d", region, i), "eventName": "AssumeRoleWithSAML", "eventSource": "sts.amazonaws.com", "awsRegion": region,
			"eventTime": at.Add(time.Duration(-i) * time.Minute).Format(time.RFC3339), "errorCode": "AccessDenied", "readOnly": true,
			"userIdentity": map[string]string{"type": "SAMLUser", "userName": fmt.Sprintf("user%d", i%3)},
			"resources":    []map[string]string{{"ARN": role, "type": "AWS::IAM::Role"}},
		})
		out = append(out, emulator.Document(b))
	}
	return out
}

func TestLookupEvents(t *testing.T) {
	w := northwind(t)
	w.Lag = emulator.Duration(15 * time.Minute)
	w.Trail = append(w.Trail, events(130, monday, "us-east-1")...)
	w.Trail = append(w.Trail, events(3, monday.Add(-time.Hour), "us-west-2")...)
	s := start(t, w)
	ctx := context.Background()
	lookup := func(region, key, value string, size int32) (pages, found int, newest *time.Time) {
		c := cloudtrail.NewFromConfig(configIn(s, region))
		p := cloudtrail.NewLookupEventsPaginator(c, &cloudtrail.LookupEventsInput{MaxResults: aws.Int32(size), LookupAttributes: []cttypes.LookupAttribute{{AttributeKey: cttypes.LookupAttributeKey(key), AttributeValue: aws.String(value)}}})
		var last *time.Time
		for p.HasMorePages() {
			pages++
			for _, e := range must[cloudtrail.LookupEventsOutput](t)(p.NextPage(ctx)).Events {
				if last != nil && e.EventTime.After(*last) {
					t.Error("not the newest first")
				}
				if newest == nil {
					newest = e.EventTime
				}
				last = e.EventTime
				found++
			}
		}
		return pages, found, newest
	}
	// The fifteen youngest are not there yet.
	if p, n, newest := lookup("us-east-1", "EventName", "AssumeRoleWithSAML", 50); p != 3 || n != 115 || !newest.Equal(monday.Add(-15*time.Minute)) {
		t.Errorf("%d events on %d pages, from %v", n, p, newest)
	}
	if _, n, _ := lookup("us-west-2", "EventName", "AssumeRoleWithSAML", 50); n != 3 {
		t.Errorf("%d events in the other region", n)
	}
	if _, n, _ := lookup("us-east-1", "Username", "user1", 50); n != 38 {
		t.Errorf("%d events of one user", n)
	}
	if _, n, _ := lookup("us-east-1", "ResourceName", "agents", 50); n != 115 {
		t.Errorf("%d events about the role", n)
	}
	c := cloudtrail.NewFromConfig(config(s))
	_, err := c.LookupEvents(ctx, &cloudtrail.LookupEventsInput{MaxResults: aws.Int32(51)})
	fails[*cttypes.InvalidMaxResultsException](t, err, "50")
	_, err = c.LookupEvents(ctx, &cloudtrail.LookupEventsInput{StartTime: aws.Time(monday), EndTime: aws.Time(monday.Add(-time.Hour))})
	fails[*cttypes.InvalidTimeRangeException](t, err, "")
	_, err = c.LookupEvents(ctx, &cloudtrail.LookupEventsInput{LookupAttributes: make([]cttypes.LookupAttribute, 2)[:0:0], NextToken: aws.String("made up")})
	fails[*cttypes.InvalidNextTokenException](t, err, "")
}

func TestFaults(t *testing.T) {
	w := northwind(t)
	w.Faults = []emulator.Fault{
		{Op: "connect:SearchUsers", Call: 2, Code: "throttled"},
		{Op: "cloudtrail:*", Code: "throttled"},
		{Op: "iam:GetRole", Code: "denied"},
		{Op: "iam:ListRoles", Code: "expired"},
		{Op: "organizations:*", Code: "expired"},
		{Op: "iam:ListSAMLProviders", Code: "ServiceFailure", Status: 500, Message: "try again"},
		{Op: "connect:ListUsers", CutAfter: 40},
		{Op: "connect:DescribeInstance", Delay: emulator.Duration(time.Hour)},
	}
	w.Denied = []string{"connect:ListAuth*", "ds:*", "access-analyzer:ListFindings"}
	s := start(t, w)
	ctx := context.Background()
	c, i := connect.NewFromConfig(config(s)), iam.NewFromConfig(config(s))
	id := aws.String(instance)
	for n, want := range []string{"", "ThrottlingException: Rate exceeded", ""} {
		if _, err := c.SearchUsers(ctx, &connect.SearchUsersInput{InstanceId: id}); brief(err) != want {
			t.Errorf("call %d: %v", n+1, err)
		}
	}
	_, err := c.ListAuthenticationProfiles(ctx, &connect.ListAuthenticationProfilesInput{InstanceId: id})
	if want := "AccessDeniedException: User: arn:aws:iam::111122223333:user/investigator is not authorized to perform: connect:ListAuthenticationProfiles on resource: arn:aws:connect:us-east-1:111122223333:instance/" + instance + " because no identity-based policy allows"; !strings.HasPrefix(brief(err), want) {
		t.Error(err)
	}
	_, err = cloudtrail.NewFromConfig(config(s)).LookupEvents(ctx, nil)
	if !strings.Contains(err.Error(), "StatusCode: 400") || brief(err) != "ThrottlingException: Rate exceeded" {
		t.Error(err)
	}
	_, err = i.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String("agents")})
	if !strings.Contains(err.Error(), "StatusCode: 403") || !strings.HasPrefix(brief(err), "AccessDenied: User: ") {
		t.Error(err)
	}
	_, err = i.ListRoles(ctx, nil)
	if !strings.Contains(err.Error(), "StatusCode: 403") || brief(err) != "ExpiredToken: The security token included in the request is expired" {
		t.Error(err)
	}
	_, err = i.ListSAMLProviders(ctx, nil)
	fails[*iamtypes.ServiceFailureException](t, err, "try again")
	if _, err = c.ListUsers(ctx, &connect.ListUsersInput{InstanceId: id}); err == nil || !strings.Contains(err.Error(), "unexpected EOF") {
		t.Errorf("cut short: %v", err)
	}
	slow, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	if _, err = c.DescribeInstance(slow, &connect.DescribeInstanceInput{InstanceId: id}); err == nil {
		t.Error("an hour passed")
	}
	_, err = c.ListInstances(ctx, nil)
	if want := "AccessDeniedException: User: arn:aws:iam::111122223333:user/investigator is not authorized to perform: ds:DescribeDirectories on resource: *"; !strings.HasPrefix(brief(err), want) {
		t.Error(err)
	}
	calls := s.Calls()
	if in, ok := calls[0].Input.(*connect.SearchUsersInput); !ok || *in.InstanceId != instance || calls[0].Op != "connect:SearchUsers" || calls[0].Region != "us-east-1" || calls[1].Code != "ThrottlingException" {
		t.Errorf("%+v", calls[:2])
	}
}

func TestQuotas(t *testing.T) {
	w := northwind(t)
	w.Quotas = true
	s := start(t, w)
	c := connect.NewFromConfig(config(s))
	throttled := 0
	for range 8 {
		if _, err := c.ListUsers(context.Background(), &connect.ListUsersInput{InstanceId: aws.String(instance)}); err != nil {
			fails[*types.ThrottlingException](t, err, "429")
			throttled++
		}
	}
	if throttled == 0 {
		t.Error("eight calls at once met no quota")
	}
}

// Credentials run out in the middle of a run, and stay so.
func TestExpiryInMidRun(t *testing.T) {
	w := northwind(t)
	w.Faults = []emulator.Fault{{Op: "*", Call: 3, Times: -1, Code: "expired"}}
	s := start(t, w)
	c, i := connect.NewFromConfig(config(s)), iam.NewFromConfig(config(s))
	for n, want := range []string{"", "", "ExpiredToken", "ExpiredTokenException", "ExpiredToken"} {
		var err error
		if n%2 == 0 {
			_, err = i.ListSAMLProviders(context.Background(), nil)
		} else {
			_, err = c.ListInstances(context.Background(), nil)
		}
		if code, _, _ := strings.Cut(brief(err), ":"); code != want {
			t.Errorf("call %d: %v, want %s", n+1, err, want)
		}
	}
}
