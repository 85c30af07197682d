package emulator_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer"
	aatypes "github.com/aws/aws-sdk-go-v2/service/accessanalyzer/types"
	acct "github.com/aws/aws-sdk-go-v2/service/account"
	accttypes "github.com/aws/aws-sdk-go-v2/service/account/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/identitystore/document"
	istypes "github.com/aws/aws-sdk-go-v2/service/identitystore/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"
	ssotypes "github.com/aws/aws-sdk-go-v2/service/ssoadmin/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"example.com/samlens/awsx/emulator"
)

// must is the output of a call that has to succeed.
func must[Out any](t testing.TB) func(*Out, error) *Out {
	t.Helper()
	return func(out *Out, err error) *Out {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// fails checks the SDK's own exception, and what it says.
func fails[E error](t testing.TB, err error, text string) {
	t.Helper()
	var e E
	if !errors.As(err, &e) || !strings.Contains(err.Error(), text) {
		t.Errorf("%v, want a %T about %q", err, e, text)
	}
}

func decoded(t testing.TB, document *string) string {
	t.Helper()
	if strings.ContainsAny(*document, "{ +") {
		t.Errorf("%s is not URL-encoded as in RFC 3986", *document)
	}
	s, err := url.PathUnescape(*document)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestIAM(t *testing.T) {
	w := northwind(t)
	s := start(t, w)
	ctx := context.Background()
	c := iam.NewFromConfig(config(s))

	p := must[iam.GetSAMLProviderOutput](t)(c.GetSAMLProvider(ctx, &iam.GetSAMLProviderInput{SAMLProviderArn: aws.String(provider)}))
	if *p.SAMLMetadataDocument != w.Providers[0].Metadata || *p.SAMLProviderUUID != "SAMLSPNORTHWIND0EXAMPLE" || p.ValidUntil.Year() != 2124 {
		t.Errorf("%s %v", *p.SAMLProviderUUID, p.ValidUntil)
	}
	_, err := c.GetSAMLProvider(ctx, &iam.GetSAMLProviderInput{SAMLProviderArn: aws.String(provider + "x")})
	fails[*iamtypes.NoSuchEntityException](t, err, "northwindx")
	_, err = c.GetSAMLProvider(ctx, &iam.GetSAMLProviderInput{SAMLProviderArn: aws.String(strings.Replace(provider, account, "999999999999", 1))})
	if got := brief(err); !strings.HasPrefix(got, "AccessDenied: User: arn:aws:iam::111122223333:user/investigator is not authorized to perform: iam:GetSAMLProvider on resource: arn:aws:iam::999999999999:") {
		t.Error(got)
	}
	if l := must[iam.ListSAMLProvidersOutput](t)(c.ListSAMLProviders(ctx, nil)); len(l.SAMLProviderList) != 1 || *l.SAMLProviderList[0].Arn != provider {
		t.Errorf("%+v", l)
	}

	r := must[iam.GetRoleOutput](t)(c.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String("AGENTS")})).Role
	if *r.Arn != role || *r.RoleName != "agents" || *r.MaxSessionDuration != 43200 || decoded(t, r.AssumeRolePolicyDocument) != string(w.Roles[0].Trust) ||
		*r.PermissionsBoundary.PermissionsBoundaryArn != w.Roles[0].Boundary || !r.RoleLastUsed.LastUsedDate.Equal(w.Roles[0].LastUsed) {
		t.Errorf("%+v", r)
	}
	_, err = c.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String("nobody")})
	fails[*iamtypes.NoSuchEntityException](t, err, "nobody")
	if l := must[iam.ListRolesOutput](t)(c.ListRoles(ctx, &iam.ListRolesInput{PathPrefix: aws.String("/connect/")})); len(l.Roles) != 1 || l.Roles[0].PermissionsBoundary != nil || l.Roles[0].RoleLastUsed != nil {
		t.Errorf("%+v", l)
	}
	if l := must[iam.ListRolePoliciesOutput](t)(c.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: aws.String("agents")})); len(l.PolicyNames) != 1 {
		t.Errorf("%+v", l)
	}
	rp := must[iam.GetRolePolicyOutput](t)(c.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: aws.String("agents"), PolicyName: aws.String("federate")}))
	if decoded(t, rp.PolicyDocument) != string(w.Roles[0].Inline[0].Document) {
		t.Error(*rp.PolicyDocument)
	}
	at := must[iam.ListAttachedRolePoliciesOutput](t)(c.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: aws.String("agents")}))
	mp := must[iam.GetPolicyOutput](t)(c.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: at.AttachedPolicies[0].PolicyArn}))
	v := must[iam.GetPolicyVersionOutput](t)(c.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: mp.Policy.Arn, VersionId: mp.Policy.DefaultVersionId}))
	if decoded(t, v.PolicyVersion.Document) != string(w.Policies[0].Document) {
		t.Error(*v.PolicyVersion.Document)
	}
	if m := must[iam.GetAccountSummaryOutput](t)(c.GetAccountSummary(ctx, nil)).SummaryMap; m["GlobalEndpointTokenVersion"] != 1 || m["Providers"] != 1 {
		t.Error(m)
	}
}

// A fix that the program prints can be tried on a world.
func TestIAMWrites(t *testing.T) {
	s := start(t, northwind(t))
	ctx := context.Background()
	c := iam.NewFromConfig(config(s))
	if _, err := assume(t, s, signed(t, ana(), "idp-a-next"), nil); err == nil {
		t.Fatal("the new certificate is known before it was uploaded")
	}
	must[iam.UpdateSAMLProviderOutput](t)(c.UpdateSAMLProvider(ctx, &iam.UpdateSAMLProviderInput{SAMLProviderArn: aws.String(provider), SAMLMetadataDocument: aws.String(metadata(t, "idp-a", "idp-a-next"))}))
	if _, err := assume(t, s, signed(t, ana(), "idp-a-next"), nil); err != nil {
		t.Error(err)
	}
	update := func(change func(*iam.UpdateSAMLProviderInput)) error {
		in := &iam.UpdateSAMLProviderInput{SAMLProviderArn: aws.String(provider)}
		change(in)
		_, err := c.UpdateSAMLProvider(ctx, in)
		return err
	}
	fails[*iamtypes.InvalidInputException](t, update(func(in *iam.UpdateSAMLProviderInput) {
		in.SAMLMetadataDocument = aws.String("\ufeff" + strings.Repeat("<x/>", 300))
	}), "Unable to parse metadata")
	fails[*iamtypes.InvalidInputException](t, update(func(*iam.UpdateSAMLProviderInput) {}), "No updates are defined")
	fails[*iamtypes.InvalidInputException](t, update(func(in *iam.UpdateSAMLProviderInput) { in.AssertionEncryptionMode = "Required" }), "no private key is provided")
	fails[*iamtypes.InvalidInputException](t, update(func(in *iam.UpdateSAMLProviderInput) { in.AddPrivateKey = aws.String("not a key, but long enough") }), "Invalid private key.")
	if err := update(func(in *iam.UpdateSAMLProviderInput) {
		in.AddPrivateKey, in.AssertionEncryptionMode = aws.String(keyPEM(t, "sp")), "Required"
	}); err != nil {
		t.Error(err)
	}
	must[iam.UpdateAssumeRolePolicyOutput](t)(c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: aws.String("agents"), PolicyDocument: aws.String(string(trust("{}")))}))
	if got := s.World().Roles[0].Trust; got != trust("{}") {
		t.Errorf("the trust policy is %s", got)
	}
	_, err := c.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: aws.String("agents"), PolicyDocument: aws.String("{")})
	fails[*iamtypes.MalformedPolicyDocumentException](t, err, "invalid Json")
}

func TestSimulate(t *testing.T) {
	w := northwind(t)
	s := start(t, w)
	c := iam.NewFromConfig(config(s))
	user := "AROAEXAMPLENORTHWIND1:ana"
	ask := func(resource string) iamtypes.EvaluationResult {
		return must[iam.SimulatePrincipalPolicyOutput](t)(c.SimulatePrincipalPolicy(context.Background(), &iam.SimulatePrincipalPolicyInput{
			PolicySourceArn: aws.String(role), ActionNames: []string{"connect:GetFederationToken"}, ResourceArns: []string{resource},
			ContextEntries: []iamtypes.ContextEntry{{ContextKeyName: aws.String("aws:userid"), ContextKeyType: "string", ContextKeyValues: []string{user}}},
		})).EvaluationResults[0]
	}
	good := "arn:aws:connect:us-east-1:111122223333:instance/" + instance + "/user/" + user
	if r := ask(good); r.EvalDecision != "allowed" || !r.OrganizationsDecisionDetail.AllowedByOrganizations || len(r.MatchedStatements) != 1 || *r.MatchedStatements[0].SourcePolicyId != "federate" {
		t.Errorf("%+v", r)
	}
	if r := ask(strings.Replace(good, "us-east-1", "us-west-2", 1)); r.EvalDecision != "implicitDeny" {
		t.Errorf("%+v", r)
	}
	s.Update(func(w *emulator.World) {
		w.Policies[1].Document = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	})
	if r := ask(good); r.EvalDecision != "implicitDeny" || r.PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary {
		t.Errorf("%+v", r)
	}
}

func TestOrganizations(t *testing.T) {
	w := northwind(t)
	s := start(t, w)
	ctx := context.Background()
	c := organizations.NewFromConfig(config(s))
	if o := must[organizations.DescribeOrganizationOutput](t)(c.DescribeOrganization(ctx, nil)).Organization; *o.MasterAccountId != "444455556666" {
		t.Errorf("%+v", o)
	}
	var path []string
	for id := account; ; {
		p := must[organizations.ListParentsOutput](t)(c.ListParents(ctx, &organizations.ListParentsInput{ChildId: aws.String(id)})).Parents[0]
		id = *p.Id
		path = append(path, string(p.Type)+" "+id)
		if p.Type == orgtypes.ParentTypeRoot {
			break
		}
	}
	if strings.Join(path, ", ") != "ORGANIZATIONAL_UNIT ou-nw01-contact0, ROOT r-nw01" {
		t.Error(path)
	}
	l := must[organizations.ListPoliciesForTargetOutput](t)(c.ListPoliciesForTarget(ctx, &organizations.ListPoliciesForTargetInput{TargetId: aws.String("ou-nw01-contact0"), Filter: orgtypes.PolicyTypeServiceControlPolicy}))
	if len(l.Policies) != 2 || !l.Policies[0].AwsManaged {
		t.Errorf("%+v", l.Policies)
	}
	d := must[organizations.DescribePolicyOutput](t)(c.DescribePolicy(ctx, &organizations.DescribePolicyInput{PolicyId: l.Policies[1].Id}))
	if *d.Policy.Content != string(w.Organization.Policies[1].Content) {
		t.Error(*d.Policy.Content)
	}
	if r := must[organizations.ListRootsOutput](t)(c.ListRoots(ctx, nil)); *r.Roots[0].Id != "r-nw01" {
		t.Errorf("%+v", r)
	}
	if r := must[organizations.ListTargetsForPolicyOutput](t)(c.ListTargetsForPolicy(ctx, &organizations.ListTargetsForPolicyInput{PolicyId: aws.String("p-FullAWSAccess"), MaxResults: aws.Int32(2)})); len(r.Targets) != 2 || r.NextToken == nil {
		t.Errorf("%+v", r)
	}
	_, err := c.ListPoliciesForTarget(ctx, &organizations.ListPoliciesForTargetInput{TargetId: aws.String("ou-nw01-contact0"), Filter: orgtypes.PolicyTypeServiceControlPolicy, MaxResults: aws.Int32(21)})
	fails[*orgtypes.InvalidInputException](t, err, "20")

	s.Update(func(w *emulator.World) { o := *w.Organization; o.Delegated = false; w.Organization = &o })
	_, err = c.ListParents(ctx, &organizations.ListParentsInput{ChildId: aws.String(account)})
	fails[*orgtypes.AccessDeniedException](t, err, "You don't have permissions")
	s.Update(func(w *emulator.World) { w.Organization = nil })
	_, err = c.DescribeOrganization(ctx, nil)
	fails[*orgtypes.AWSOrganizationsNotInUseException](t, err, "not a member")
}

func TestAccessAnalyzer(t *testing.T) {
	s := start(t, northwind(t))
	ctx := context.Background()
	c := accessanalyzer.NewFromConfig(config(s))
	a := must[accessanalyzer.ListAnalyzersOutput](t)(c.ListAnalyzers(ctx, &accessanalyzer.ListAnalyzersInput{Type: aatypes.TypeAccount})).Analyzers
	if len(a) != 1 || a[0].Status != aatypes.AnalyzerStatusActive {
		t.Fatalf("%+v", a)
	}
	if l := must[accessanalyzer.ListAnalyzersOutput](t)(accessanalyzer.NewFromConfig(configIn(s, "us-west-2")).ListAnalyzers(ctx, nil)); len(l.Analyzers) != 0 {
		t.Error("an analyzer is seen in another region")
	}
	list := func(resource string) []aatypes.FindingSummaryV2 {
		return must[accessanalyzer.ListFindingsV2Output](t)(c.ListFindingsV2(ctx, &accessanalyzer.ListFindingsV2Input{AnalyzerArn: a[0].Arn, Filter: map[string]aatypes.Criterion{
			"resource": {Eq: []string{resource}}, "status": {Eq: []string{"ACTIVE"}}, "resourceType": {Eq: []string{"AWS::IAM::Role"}},
		}})).Findings
	}
	f := list(role)
	if len(f) != 1 || len(list(role+"x")) != 0 || !f[0].CreatedAt.Equal(time.Date(2024, 4, 2, 9, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v", f)
	}
	g := must[accessanalyzer.GetFindingV2Output](t)(c.GetFindingV2(ctx, &accessanalyzer.GetFindingV2Input{AnalyzerArn: a[0].Arn, Id: f[0].Id}))
	d, ok := g.FindingDetails[0].(*aatypes.FindingDetailsMemberExternalAccessDetails)
	if !ok || d.Value.Principal["Federated"] != provider || d.Value.Condition["SAML:aud"] != acs || d.Value.Action[0] != "sts:AssumeRoleWithSAML" {
		t.Errorf("%+v", g.FindingDetails)
	}
	_, err := c.GetFindingV2(ctx, &accessanalyzer.GetFindingV2Input{AnalyzerArn: a[0].Arn, Id: aws.String("none")})
	fails[*aatypes.ResourceNotFoundException](t, err, "Finding not found")
}

func TestAccountRegions(t *testing.T) {
	s := start(t, northwind(t))
	ctx := context.Background()
	c := acct.NewFromConfig(config(s))
	l := must[acct.ListRegionsOutput](t)(c.ListRegions(ctx, &acct.ListRegionsInput{RegionOptStatusContains: []accttypes.RegionOptStatus{accttypes.RegionOptStatusDisabled}}))
	if len(l.Regions) != 1 || *l.Regions[0].RegionName != "af-south-1" {
		t.Errorf("%+v", l)
	}
	if g := must[acct.GetRegionOptStatusOutput](t)(c.GetRegionOptStatus(ctx, &acct.GetRegionOptStatusInput{RegionName: aws.String("us-west-2")})); g.RegionOptStatus != accttypes.RegionOptStatusEnabledByDefault {
		t.Errorf("%+v", g)
	}
	_, err := c.GetRegionOptStatus(ctx, &acct.GetRegionOptStatusInput{RegionName: aws.String("mars-1")})
	fails[*accttypes.ValidationException](t, err, "mars-1")
}

func TestIdentityCenter(t *testing.T) {
	w := northwind(t)
	app := "arn:aws:sso::111122223333:application/ssoins-1234567890abcdef/apl-1234567890abcdef"
	w.IdentityCenters = []emulator.IdentityCenter{{
		ARN: "arn:aws:sso:::instance/ssoins-1234567890abcdef", StoreID: "d-1234567890", Region: "eu-west-1",
		Applications: []emulator.Application{{ARN: app, Name: "Amazon Connect", Visible: true, Assignments: []emulator.Assignment{{PrincipalID: "u-1"}, {PrincipalID: "g-1", Type: "GROUP"}}}},
		Users:        []emulator.StoreUser{{ID: "u-1", UserName: "ana.souza@northwind.example", Email: "ana@northwind.example", GivenName: "Ana", FamilyName: "Souza", Groups: []string{"g-1", "g-2"}}},
	}}
	s := start(t, w)
	ctx := context.Background()
	c := ssoadmin.NewFromConfig(configIn(s, "eu-west-1"))
	in := must[ssoadmin.ListInstancesOutput](t)(c.ListInstances(ctx, nil)).Instances
	if len(in) != 1 || *in[0].IdentityStoreId != "d-1234567890" {
		t.Fatalf("%+v", in)
	}
	apps := must[ssoadmin.ListApplicationsOutput](t)(c.ListApplications(ctx, &ssoadmin.ListApplicationsInput{InstanceArn: in[0].InstanceArn})).Applications
	d := must[ssoadmin.DescribeApplicationOutput](t)(c.DescribeApplication(ctx, &ssoadmin.DescribeApplicationInput{ApplicationArn: apps[0].ApplicationArn}))
	if d.Status != ssotypes.ApplicationStatusEnabled || d.PortalOptions.SignInOptions.Origin != ssotypes.SignInOriginIdentityCenter || d.CreatedDate == nil {
		t.Errorf("%+v", d)
	}
	if g := must[ssoadmin.ListApplicationAssignmentsOutput](t)(c.ListApplicationAssignments(ctx, &ssoadmin.ListApplicationAssignmentsInput{ApplicationArn: aws.String(app)})); len(g.ApplicationAssignments) != 2 || g.ApplicationAssignments[1].PrincipalType != ssotypes.PrincipalTypeGroup {
		t.Errorf("%+v", g)
	}
	for _, open := range []bool{false, true} {
		s.Update(func(w *emulator.World) { w.IdentityCenters[0].Applications[0].Open = open })
		if g := must[ssoadmin.GetApplicationAssignmentConfigurationOutput](t)(c.GetApplicationAssignmentConfiguration(ctx, &ssoadmin.GetApplicationAssignmentConfigurationInput{ApplicationArn: aws.String(app)})); *g.AssignmentRequired == open {
			t.Errorf("open %t: assignment required %t", open, *g.AssignmentRequired)
		}
	}
	_, err := c.DescribeApplication(ctx, &ssoadmin.DescribeApplicationInput{ApplicationArn: aws.String(app + "x")})
	fails[*ssotypes.ResourceNotFoundException](t, err, "Application not found")
	_, err = c.GetApplicationAssignmentConfiguration(ctx, &ssoadmin.GetApplicationAssignmentConfigurationInput{ApplicationArn: aws.String(app + "x")})
	fails[*ssotypes.ResourceNotFoundException](t, err, "Application not found")

	st := identitystore.NewFromConfig(configIn(s, "eu-west-1"))
	id := must[identitystore.GetUserIdOutput](t)(st.GetUserId(ctx, &identitystore.GetUserIdInput{IdentityStoreId: aws.String("d-1234567890"), AlternateIdentifier: &istypes.AlternateIdentifierMemberUniqueAttribute{
		Value: istypes.UniqueAttribute{AttributePath: aws.String("emails.value"), AttributeValue: document.NewLazyDocument("ana@northwind.example")},
	}}))
	if u := must[identitystore.DescribeUserOutput](t)(st.DescribeUser(ctx, &identitystore.DescribeUserInput{IdentityStoreId: aws.String("d-1234567890"), UserId: id.UserId})); *u.UserName != "ana.souza@northwind.example" || *u.Emails[0].Value != "ana@northwind.example" {
		t.Errorf("%+v", u)
	}
	if l := must[identitystore.ListUsersOutput](t)(st.ListUsers(ctx, &identitystore.ListUsersInput{IdentityStoreId: aws.String("d-1234567890")})); len(l.Users) != 1 || *l.Users[0].Name.GivenName != "Ana" {
		t.Errorf("%+v", l)
	}
	of := func(user string, token *string) *identitystore.ListGroupMembershipsForMemberInput {
		return &identitystore.ListGroupMembershipsForMemberInput{IdentityStoreId: aws.String("d-1234567890"), MemberId: &istypes.MemberIdMemberUserId{Value: user}, MaxResults: aws.Int32(1), NextToken: token}
	}
	m := must[identitystore.ListGroupMembershipsForMemberOutput](t)(st.ListGroupMembershipsForMember(ctx, of("u-1", nil)))
	if len(m.GroupMemberships) != 1 || *m.GroupMemberships[0].GroupId != "g-1" {
		t.Errorf("%+v", m)
	}
	if member, ok := m.GroupMemberships[0].MemberId.(*istypes.MemberIdMemberUserId); !ok || member.Value != "u-1" {
		t.Errorf("%+v", m.GroupMemberships[0].MemberId)
	}
	if m = must[identitystore.ListGroupMembershipsForMemberOutput](t)(st.ListGroupMembershipsForMember(ctx, of("u-1", m.NextToken))); *m.GroupMemberships[0].GroupId != "g-2" || m.NextToken != nil {
		t.Errorf("%+v", m)
	}
	_, err = st.ListGroupMembershipsForMember(ctx, of("u-2", nil))
	fails[*istypes.ResourceNotFoundException](t, err, "USER not found")
	_, err = st.DescribeUser(ctx, &identitystore.DescribeUserInput{IdentityStoreId: aws.String("d-1234567890"), UserId: aws.String("u-2")})
	fails[*istypes.ResourceNotFoundException](t, err, "USER not found")
}

func TestCallerIdentity(t *testing.T) {
	s := start(t, northwind(t))
	g := must[sts.GetCallerIdentityOutput](t)(sts.NewFromConfig(config(s)).GetCallerIdentity(context.Background(), nil))
	if *g.Account != account || *g.Arn != "arn:aws:iam::111122223333:user/investigator" {
		t.Errorf("%+v", g)
	}
	anonymous := config(s)
	anonymous.Credentials = aws.AnonymousCredentials{}
	_, err := sts.NewFromConfig(anonymous).GetCallerIdentity(context.Background(), nil)
	if got := brief(err); got != "MissingAuthenticationToken: Request is missing Authentication Token" {
		t.Error(got)
	}
}
