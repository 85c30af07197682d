package emulator

import (
	"context"
	"fmt"
	"net/url"
	"sort"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) iamRoutes() {
	s.mux.Query("iam", "2010-05-08",
		op(s, "GetSAMLProvider", s.getSAMLProvider),
		op(s, "ListSAMLProviders", s.listSAMLProviders),
		op(s, "UpdateSAMLProvider", s.updateSAMLProvider),
		op(s, "GetRole", s.getRole),
		op(s, "ListRoles", s.listRoles),
		op(s, "UpdateAssumeRolePolicy", s.updateAssumeRolePolicy),
		op(s, "ListRolePolicies", s.listRolePolicies),
		op(s, "GetRolePolicy", s.getRolePolicy),
		op(s, "ListAttachedRolePolicies", s.listAttachedRolePolicies),
		op(s, "GetPolicy", s.getPolicy),
		op(s, "GetPolicyVersion", s.getPolicyVersion),
		op(s, "GetAccountSummary", s.getAccountSummary),
		op(s, "SimulatePrincipalPolicy", s.simulatePrincipalPolicy),
	)
}

// iamPages: Marker and MaxItems, 100 by default and 1000 at most.
var iamPages = pager{def: 100, max: 1000,
	tooLarge: func(m string) error { return &wire.Error{Code: "ValidationError", Message: m} },
	badToken: func(string) error {
		return &wire.Error{Code: "ValidationError", Message: "Invalid Marker: The marker is not valid"}
	},
}

func noSuchEntity(format string, args ...any) error {
	return &types.NoSuchEntityException{Message: aws.String(fmt.Sprintf(format, args...))}
}

// encoded is how IAM hands out documents: percent-encoded as in RFC 3986, so
// that a space is %20 and never a plus.
func encoded(d Document) *string {
	return aws.String(strings.ReplaceAll(url.QueryEscape(string(d)), "+", "%20"))
}

func tags(m map[string]string) []types.Tag {
	var out []types.Tag
	for k, v := range m {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(v)})
	}
	sort.Slice(out, func(i, j int) bool { return *out[i].Key < *out[j].Key })
	return out
}

// role finds a role by name. IAM compares names without case where it keeps
// them unique, and returns the name as it was made.
func (s *Server) role(name string) (*Role, error) {
	for i := range s.world.Roles {
		if strings.EqualFold(s.world.Roles[i].Name, name) {
			return &s.world.Roles[i], nil
		}
	}
	return nil, noSuchEntity("The role with name %s cannot be found.", name)
}

func (s *Server) getRole(_ context.Context, in *iam.GetRoleInput) (*iam.GetRoleOutput, error) {
	r, err := s.role(aws.ToString(in.RoleName))
	if err != nil {
		return nil, err
	}
	out := s.describe(r)
	out.Tags = tags(r.Tags)
	out.RoleLastUsed = &types.RoleLastUsed{}
	if !r.LastUsed.IsZero() {
		out.RoleLastUsed = &types.RoleLastUsed{LastUsedDate: aws.Time(r.LastUsed), Region: aws.String(r.LastUsedRegion)}
	}
	if r.Boundary != "" {
		out.PermissionsBoundary = &types.AttachedPermissionsBoundary{
			PermissionsBoundaryArn:  aws.String(r.Boundary),
			PermissionsBoundaryType: types.PermissionsBoundaryAttachmentTypePolicy,
		}
	}
	return &iam.GetRoleOutput{Role: &out}, nil
}

// describe is what ListRoles tells of a role; it omits the boundary, the tags
// and the last use.
func (s *Server) describe(r *Role) types.Role {
	out := types.Role{
		Arn: aws.String(s.world.roleARN(r)), RoleName: aws.String(r.Name), RoleId: aws.String(r.ID), Path: aws.String(r.Path),
		CreateDate: aws.Time(r.CreateDate), MaxSessionDuration: aws.Int32(r.MaxSessionDuration),
		AssumeRolePolicyDocument: encoded(r.Trust),
	}
	if r.Description != "" {
		out.Description = aws.String(r.Description)
	}
	return out
}

func (s *Server) listRoles(_ context.Context, in *iam.ListRolesInput) (*iam.ListRolesOutput, error) {
	prefix := aws.ToString(in.PathPrefix)
	list := []types.Role{}
	for i := range s.world.Roles {
		if r := &s.world.Roles[i]; strings.HasPrefix(r.Path, prefix) {
			list = append(list, s.describe(r))
		}
	}
	part, next, err := cut(iamPages, list, in.Marker, in.MaxItems, prefix)
	return &iam.ListRolesOutput{Roles: part, Marker: next, IsTruncated: next != nil}, err
}

func (s *Server) updateAssumeRolePolicy(_ context.Context, in *iam.UpdateAssumeRolePolicyInput) (*iam.UpdateAssumeRolePolicyOutput, error) {
	r, err := s.role(aws.ToString(in.RoleName))
	if err != nil {
		return nil, err
	}
	doc := aws.ToString(in.PolicyDocument)
	if _, err := parsePolicy(Document(doc)); err != nil {
		return nil, &types.MalformedPolicyDocumentException{Message: aws.String("This policy contains invalid Json")}
	}
	r.Trust = Document(doc)
	return &iam.UpdateAssumeRolePolicyOutput{}, nil
}

func (s *Server) listRolePolicies(_ context.Context, in *iam.ListRolePoliciesInput) (*iam.ListRolePoliciesOutput, error) {
	r, err := s.role(aws.ToString(in.RoleName))
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, p := range r.Inline {
		names = append(names, p.Name)
	}
	part, next, err := cut(iamPages, names, in.Marker, in.MaxItems, r.Name)
	return &iam.ListRolePoliciesOutput{PolicyNames: part, Marker: next, IsTruncated: next != nil}, err
}

func (s *Server) getRolePolicy(_ context.Context, in *iam.GetRolePolicyInput) (*iam.GetRolePolicyOutput, error) {
	r, err := s.role(aws.ToString(in.RoleName))
	if err != nil {
		return nil, err
	}
	for _, p := range r.Inline {
		if p.Name == aws.ToString(in.PolicyName) {
			return &iam.GetRolePolicyOutput{RoleName: aws.String(r.Name), PolicyName: in.PolicyName, PolicyDocument: encoded(p.Document)}, nil
		}
	}
	return nil, noSuchEntity("The role policy with name %s cannot be found.", aws.ToString(in.PolicyName))
}

func (s *Server) listAttachedRolePolicies(_ context.Context, in *iam.ListAttachedRolePoliciesInput) (*iam.ListAttachedRolePoliciesOutput, error) {
	r, err := s.role(aws.ToString(in.RoleName))
	if err != nil {
		return nil, err
	}
	list := []types.AttachedPolicy{}
	for _, arn := range r.Attached {
		list = append(list, types.AttachedPolicy{PolicyArn: aws.String(arn), PolicyName: aws.String(lastPart(arn))})
	}
	part, next, err := cut(iamPages, list, in.Marker, in.MaxItems, r.Name, aws.ToString(in.PathPrefix))
	return &iam.ListAttachedRolePoliciesOutput{AttachedPolicies: part, Marker: next, IsTruncated: next != nil}, err
}

func (s *Server) getPolicy(_ context.Context, in *iam.GetPolicyInput) (*iam.GetPolicyOutput, error) {
	p := s.world.policy(aws.ToString(in.PolicyArn))
	if p == nil {
		return nil, noSuchEntity("Policy %s was not found.", aws.ToString(in.PolicyArn))
	}
	return &iam.GetPolicyOutput{Policy: &types.Policy{
		Arn: aws.String(p.ARN), PolicyName: aws.String(lastPart(p.ARN)), PolicyId: aws.String("ANPA" + stamp(p.ARN, 17)), Path: aws.String("/"),
		DefaultVersionId: aws.String(p.version()), IsAttachable: true,
		CreateDate: aws.Time(orTime(time.Time{})), UpdateDate: aws.Time(orTime(time.Time{})),
	}}, nil
}

func (p *Policy) version() string {
	if p.Version == "" {
		return "v1"
	}
	return p.Version
}

func (s *Server) getPolicyVersion(_ context.Context, in *iam.GetPolicyVersionInput) (*iam.GetPolicyVersionOutput, error) {
	p := s.world.policy(aws.ToString(in.PolicyArn))
	if p == nil || p.version() != aws.ToString(in.VersionId) {
		return nil, noSuchEntity("Policy %s version %s does not exist or is not attachable.", aws.ToString(in.PolicyArn), aws.ToString(in.VersionId))
	}
	return &iam.GetPolicyVersionOutput{PolicyVersion: &types.PolicyVersion{
		Document: encoded(p.Document), VersionId: in.VersionId, IsDefaultVersion: true, CreateDate: aws.Time(orTime(time.Time{})),
	}}, nil
}

func (s *Server) getAccountSummary(context.Context, *iam.GetAccountSummaryInput) (*iam.GetAccountSummaryOutput, error) {
	return &iam.GetAccountSummaryOutput{SummaryMap: map[string]int32{
		"GlobalEndpointTokenVersion": s.world.TokenVersion,
		"Providers":                  int32(len(s.world.Providers)),
		"Roles":                      int32(len(s.world.Roles)),
		"Policies":                   int32(len(s.world.Policies)),
	}}, nil
}

func lastPart(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
