package emulator

import (
	"cmp"
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin/types"
	"github.com/go-json-experiment/json"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) identityCenterRoutes() {
	s.mux.JSON("sso", "SWBExternalService", wire.Shape{},
		op(s, "ListInstances", s.listCenters),
		op(s, "ListApplications", s.listApplications),
		op(s, "DescribeApplication", s.describeApplication),
		op(s, "ListApplicationAssignments", s.listApplicationAssignments),
		op(s, "GetApplicationAssignmentConfiguration", s.assignmentConfiguration),
	)
	s.mux.JSON("identitystore", "AWSIdentityStore", wire.Shape{Decode: json.JoinUnmarshalers(alternateIdentifiers, memberIDs)},
		op(s, "ListUsers", s.listStoreUsers),
		op(s, "GetUserId", s.getStoreUserID),
		op(s, "DescribeUser", s.describeStoreUser),
		op(s, "ListGroupMembershipsForMember", s.listMemberships),
	)
}

func badCenterInput(m string) error { return &types.ValidationException{Message: aws.String(m)} }

var centerPages = pager{def: 100, max: 100, tooLarge: badCenterInput, badToken: badCenterInput}

// here reports whether an Identity Center lives where a request was signed for.
func (s *Server) here(ctx context.Context, c *IdentityCenter) bool {
	return cmp.Or(c.Region, s.world.Region) == s.regionOf(ctx)
}

func (s *Server) storeARN(c *IdentityCenter) *string {
	return aws.String("arn:" + s.world.Partition + ":identitystore::" + cmp.Or(c.Owner, s.world.Account) + ":identitystore/" + c.StoreID)
}

func (s *Server) listCenters(ctx context.Context, in *ssoadmin.ListInstancesInput) (*ssoadmin.ListInstancesOutput, error) {
	list := []types.InstanceMetadata{}
	for i := range s.world.IdentityCenters {
		c := &s.world.IdentityCenters[i]
		if !s.here(ctx, c) {
			continue
		}
		list = append(list, types.InstanceMetadata{
			InstanceArn: aws.String(c.ARN), IdentityStoreId: aws.String(c.StoreID), IdentityStoreArn: s.storeARN(c), Name: orNil(c.Name),
			OwnerAccountId: aws.String(cmp.Or(c.Owner, s.world.Account)), Status: types.InstanceStatusActive,
		})
	}
	part, next, err := cut(centerPages, list, in.NextToken, in.MaxResults)
	return &ssoadmin.ListInstancesOutput{Instances: part, NextToken: next}, err
}

func notFound(what, id string) error {
	return &types.ResourceNotFoundException{Message: aws.String(what + " not found: " + id)}
}

func (s *Server) application(c *IdentityCenter, a *Application) types.Application {
	visibility := types.ApplicationVisibilityDisabled
	if a.Visible {
		visibility = types.ApplicationVisibilityEnabled
	}
	return types.Application{
		ApplicationArn: aws.String(a.ARN), Name: aws.String(a.Name), InstanceArn: aws.String(c.ARN), IdentityStoreArn: s.storeARN(c),
		ApplicationAccount:     aws.String(cmp.Or(c.Owner, s.world.Account)),
		ApplicationProviderArn: aws.String(cmp.Or(a.Provider, "arn:aws:sso::aws:applicationProvider/custom-saml")),
		Status:                 types.ApplicationStatus(cmp.Or(a.Status, "ENABLED")), CreatedDate: aws.Time(orTime(a.Created)),
		PortalOptions: &types.PortalOptions{Visibility: visibility, SignInOptions: &types.SignInOptions{Origin: types.SignInOrigin(cmp.Or(a.Origin, "IDENTITY_CENTER"))}},
	}
}

func (s *Server) listApplications(ctx context.Context, in *ssoadmin.ListApplicationsInput) (*ssoadmin.ListApplicationsOutput, error) {
	for i := range s.world.IdentityCenters {
		c := &s.world.IdentityCenters[i]
		if c.ARN != aws.ToString(in.InstanceArn) || !s.here(ctx, c) {
			continue
		}
		list := []types.Application{}
		for j := range c.Applications {
			a := s.application(c, &c.Applications[j])
			if f := in.Filter; f != nil && (f.ApplicationProvider != nil && *f.ApplicationProvider != *a.ApplicationProviderArn ||
				f.ApplicationAccount != nil && *f.ApplicationAccount != *a.ApplicationAccount) {
				continue
			}
			list = append(list, a)
		}
		part, next, err := cut(centerPages, list, in.NextToken, in.MaxResults, c.ARN)
		return &ssoadmin.ListApplicationsOutput{Applications: part, NextToken: next}, err
	}
	return nil, notFound("Instance", aws.ToString(in.InstanceArn))
}

func (s *Server) findApplication(ctx context.Context, arn string) (*IdentityCenter, *Application, error) {
	for i := range s.world.IdentityCenters {
		c := &s.world.IdentityCenters[i]
		for j := range c.Applications {
			if c.Applications[j].ARN == arn && s.here(ctx, c) {
				return c, &c.Applications[j], nil
			}
		}
	}
	return nil, nil, notFound("Application", arn)
}

func (s *Server) describeApplication(ctx context.Context, in *ssoadmin.DescribeApplicationInput) (*ssoadmin.DescribeApplicationOutput, error) {
	c, a, err := s.findApplication(ctx, aws.ToString(in.ApplicationArn))
	if err != nil {
		return nil, err
	}
	out := s.application(c, a)
	return &ssoadmin.DescribeApplicationOutput{
		ApplicationArn: out.ApplicationArn, Name: out.Name, InstanceArn: out.InstanceArn, IdentityStoreArn: out.IdentityStoreArn,
		ApplicationAccount: out.ApplicationAccount, ApplicationProviderArn: out.ApplicationProviderArn,
		Status: out.Status, CreatedDate: out.CreatedDate, PortalOptions: out.PortalOptions,
	}, nil
}

func (s *Server) listApplicationAssignments(ctx context.Context, in *ssoadmin.ListApplicationAssignmentsInput) (*ssoadmin.ListApplicationAssignmentsOutput, error) {
	_, a, err := s.findApplication(ctx, aws.ToString(in.ApplicationArn))
	if err != nil {
		return nil, err
	}
	list := []types.ApplicationAssignment{}
	for _, g := range a.Assignments {
		list = append(list, types.ApplicationAssignment{
			ApplicationArn: aws.String(a.ARN), PrincipalId: aws.String(g.PrincipalID), PrincipalType: types.PrincipalType(cmp.Or(strings.ToUpper(g.Type), "USER")),
		})
	}
	part, next, err := cut(centerPages, list, in.NextToken, in.MaxResults, a.ARN)
	return &ssoadmin.ListApplicationAssignmentsOutput{ApplicationAssignments: part, NextToken: next}, err
}

func (s *Server) assignmentConfiguration(ctx context.Context, in *ssoadmin.GetApplicationAssignmentConfigurationInput) (*ssoadmin.GetApplicationAssignmentConfigurationOutput, error) {
	_, a, err := s.findApplication(ctx, aws.ToString(in.ApplicationArn))
	if err != nil {
		return nil, err
	}
	return &ssoadmin.GetApplicationAssignmentConfigurationOutput{AssignmentRequired: aws.Bool(!a.Open)}, nil
}
