package emulator

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) organizationsRoutes() {
	s.mux.JSON("organizations", "AWSOrganizationsV20161128", wire.Shape{},
		op(s, "DescribeOrganization", s.describeOrganization),
		op(s, "ListRoots", s.listRoots),
		op(s, "ListParents", s.listParents),
		op(s, "ListPoliciesForTarget", s.listPoliciesForTarget),
		op(s, "ListTargetsForPolicy", s.listTargetsForPolicy),
		op(s, "DescribePolicy", s.describePolicy),
	)
}

var organizationPages = pager{def: 20, max: 20,
	tooLarge: func(m string) error { return &types.InvalidInputException{Message: aws.String(m)} },
	badToken: func(string) error {
		return &types.InvalidInputException{Message: aws.String("You provided an invalid NextToken."), Reason: types.InvalidInputExceptionReasonInvalidPaginationToken}
	},
}

// organization is the one the account is in.
func (s *Server) organization() (*Organization, error) {
	if s.world.Organization == nil {
		return nil, &types.AWSOrganizationsNotInUseException{Message: aws.String("Your account is not a member of an organization.")}
	}
	return s.world.Organization, nil
}

// managed is the same for callers that may read the tree: the management
// account's and a delegated administrator's.
func (s *Server) managed() (*Organization, error) {
	o, err := s.organization()
	if err == nil && o.ManagementAccount != s.world.Account && !o.Delegated {
		return nil, &types.AccessDeniedException{Message: aws.String("You don't have permissions to access this resource.")}
	}
	return o, err
}

func (s *Server) orgARN(o *Organization, resource string) *string {
	return aws.String("arn:" + s.world.Partition + ":organizations::" + o.ManagementAccount + ":" + resource)
}

func (s *Server) describeOrganization(context.Context, *organizations.DescribeOrganizationInput) (*organizations.DescribeOrganizationOutput, error) {
	o, err := s.organization()
	if err != nil {
		return nil, err
	}
	return &organizations.DescribeOrganizationOutput{Organization: &types.Organization{
		Id: aws.String(o.ID), Arn: s.orgARN(o, "organization/"+o.ID), FeatureSet: types.OrganizationFeatureSetAll,
		MasterAccountId: aws.String(o.ManagementAccount), MasterAccountEmail: orNil(o.ManagementEmail),
		MasterAccountArn: s.orgARN(o, "account/"+o.ID+"/"+o.ManagementAccount),
	}}, nil
}

func (s *Server) listRoots(context.Context, *organizations.ListRootsInput) (*organizations.ListRootsOutput, error) {
	o, err := s.managed()
	if err != nil {
		return nil, err
	}
	kinds := []types.PolicyTypeSummary{}
	for _, k := range []string{serviceControl, resourceControl} {
		if slices.ContainsFunc(o.Policies, func(p OrganizationPolicy) bool { return p.kind() == k }) {
			kinds = append(kinds, types.PolicyTypeSummary{Type: types.PolicyType(k), Status: types.PolicyTypeStatusEnabled})
		}
	}
	return &organizations.ListRootsOutput{Roots: []types.Root{{
		Id: aws.String(o.Root.ID), Name: aws.String("Root"), Arn: s.orgARN(o, "root/"+o.ID+"/"+o.Root.ID), PolicyTypes: kinds,
	}}}, nil
}

// A node is a place in the tree.
type node struct {
	id, name, parent string
	kind             types.TargetType
}

// nodes lists the tree, parents first.
func (o *Organization) nodes() []node {
	out := []node{{o.Root.ID, "Root", "", types.TargetTypeRoot}}
	var walk func(u Unit)
	walk = func(u Unit) {
		for _, a := range u.Accounts {
			out = append(out, node{a.ID, a.Name, u.ID, types.TargetTypeAccount})
		}
		for _, c := range u.Units {
			out = append(out, node{c.ID, c.Name, u.ID, types.TargetTypeOrganizationalUnit})
			walk(c)
		}
	}
	walk(o.Root)
	return out
}

func (o *Organization) find(id string) (node, bool) {
	for _, n := range o.nodes() {
		if n.id == id {
			return n, true
		}
	}
	return node{}, false
}

func (s *Server) listParents(_ context.Context, in *organizations.ListParentsInput) (*organizations.ListParentsOutput, error) {
	o, err := s.managed()
	if err != nil {
		return nil, err
	}
	n, ok := o.find(aws.ToString(in.ChildId))
	if !ok || n.parent == "" {
		return nil, &types.ChildNotFoundException{Message: aws.String("You specified a child that doesn't exist.")}
	}
	kind := types.ParentTypeOrganizationalUnit
	if n.parent == o.Root.ID {
		kind = types.ParentTypeRoot
	}
	return &organizations.ListParentsOutput{Parents: []types.Parent{{Id: aws.String(n.parent), Type: kind}}}, nil
}

func (s *Server) summary(o *Organization, p OrganizationPolicy) types.PolicySummary {
	place := "policy/" + o.ID + "/"
	arn := s.orgARN(o, place+policyFolder(p.kind())+"/"+p.ID)
	if p.AWSManaged {
		arn = aws.String("arn:" + s.world.Partition + ":organizations::aws:policy/" + policyFolder(p.kind()) + "/" + p.ID)
	}
	return types.PolicySummary{Id: aws.String(p.ID), Name: aws.String(p.Name), Arn: arn, Type: types.PolicyType(p.kind()), AwsManaged: p.AWSManaged}
}

func policyFolder(kind string) string {
	if kind == resourceControl {
		return "resource_control_policy"
	}
	return "service_control_policy"
}

// listPoliciesForTarget lists what is attached to this very target; what it
// inherits is found by walking up.
func (s *Server) listPoliciesForTarget(_ context.Context, in *organizations.ListPoliciesForTargetInput) (*organizations.ListPoliciesForTargetOutput, error) {
	o, err := s.managed()
	if err != nil {
		return nil, err
	}
	target := aws.ToString(in.TargetId)
	if _, ok := o.find(target); !ok {
		return nil, &types.TargetNotFoundException{Message: aws.String("You specified a target that doesn't exist.")}
	}
	list := []types.PolicySummary{}
	for _, p := range o.Policies {
		if p.kind() == string(in.Filter) && slices.Contains(p.Targets, target) {
			list = append(list, s.summary(o, p))
		}
	}
	part, next, err := cut(organizationPages, list, in.NextToken, in.MaxResults, target, in.Filter)
	return &organizations.ListPoliciesForTargetOutput{Policies: part, NextToken: next}, err
}

func (s *Server) orgPolicy(id *string) (*Organization, OrganizationPolicy, error) {
	o, err := s.managed()
	if err != nil {
		return nil, OrganizationPolicy{}, err
	}
	for _, p := range o.Policies {
		if p.ID == aws.ToString(id) {
			return o, p, nil
		}
	}
	return nil, OrganizationPolicy{}, &types.PolicyNotFoundException{Message: aws.String("You specified a policy that doesn't exist.")}
}

func (s *Server) listTargetsForPolicy(_ context.Context, in *organizations.ListTargetsForPolicyInput) (*organizations.ListTargetsForPolicyOutput, error) {
	o, p, err := s.orgPolicy(in.PolicyId)
	if err != nil {
		return nil, err
	}
	list := []types.PolicyTargetSummary{}
	for _, n := range o.nodes() {
		if slices.Contains(p.Targets, n.id) {
			list = append(list, types.PolicyTargetSummary{TargetId: aws.String(n.id), Name: aws.String(n.name), Type: n.kind})
		}
	}
	part, next, err := cut(organizationPages, list, in.NextToken, in.MaxResults, p.ID)
	return &organizations.ListTargetsForPolicyOutput{Targets: part, NextToken: next}, err
}

func (s *Server) describePolicy(_ context.Context, in *organizations.DescribePolicyInput) (*organizations.DescribePolicyOutput, error) {
	o, p, err := s.orgPolicy(in.PolicyId)
	if err != nil {
		return nil, err
	}
	sum := s.summary(o, p)
	return &organizations.DescribePolicyOutput{Policy: &types.Policy{Content: aws.String(string(p.Content)), PolicySummary: &sum}}, nil
}
