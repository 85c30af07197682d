package emulator

import (
	"cmp"
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) connectRoutes() {
	s.mux.REST("connect", wire.Shape{},
		wire.Route{Pattern: "GET /instance", Op: op(s, "ListInstances", s.listInstances)},
		wire.Route{Pattern: "GET /instance/{InstanceId}", Op: op(s, "DescribeInstance", s.describeInstance)},
		wire.Route{Pattern: "GET /users-summary/{InstanceId}", Op: op(s, "ListUsers", s.listUsers)},
		wire.Route{Pattern: "POST /search-users", Op: op(s, "SearchUsers", s.searchUsers)},
		wire.Route{Pattern: "GET /users/{InstanceId}/{UserId}", Op: op(s, "DescribeUser", s.describeUser)},
		wire.Route{Pattern: "GET /user/federate/{InstanceId}", Op: op(s, "GetFederationToken", s.getFederationToken)},
		wire.Route{Pattern: "GET /authentication-profiles-summary/{InstanceId}", Op: op(s, "ListAuthenticationProfiles", s.listAuthenticationProfiles)},
		wire.Route{Pattern: "GET /authentication-profiles/{InstanceId}/{AuthenticationProfileId}", Op: op(s, "DescribeAuthenticationProfile", s.describeAuthenticationProfile)},
	)
}

func badParameter(m string) error {
	return &types.InvalidParameterException{Message: aws.String(m)}
}

func connectPages(def, most int32) pager {
	return pager{def: def, max: most, tooLarge: badParameter, badToken: badParameter}
}

// regionOf is where a request was signed for.
func (s *Server) regionOf(ctx context.Context) string {
	return cmp.Or(wire.From(ctx).Region, s.world.Region)
}

// at finds an instance in the request's region.
func (s *Server) at(ctx context.Context, id *string) (*Instance, error) {
	if n := s.world.instance(aws.ToString(id), s.regionOf(ctx)); n != nil {
		return n, nil
	}
	return nil, &types.ResourceNotFoundException{Message: aws.String("Instance not found: " + aws.ToString(id))}
}

func (s *Server) listInstances(ctx context.Context, in *connect.ListInstancesInput) (*connect.ListInstancesOutput, error) {
	list := []types.InstanceSummary{}
	for i := range s.world.Instances {
		n := &s.world.Instances[i]
		if n.Region != s.regionOf(ctx) {
			continue
		}
		list = append(list, types.InstanceSummary{
			Id: aws.String(n.ID), Arn: aws.String(s.world.instanceARN(n)), InstanceAlias: orNil(n.Alias), CreatedTime: aws.Time(n.Created),
			IdentityManagementType: types.DirectoryType(n.IdentityType), InstanceStatus: types.InstanceStatus(n.Status),
			InstanceAccessUrl: aws.String(n.AccessURL), InboundCallsEnabled: aws.Bool(true), OutboundCallsEnabled: aws.Bool(true),
			ServiceRole: aws.String(s.serviceRole(n)),
		})
	}
	part, next, err := cut(connectPages(10, 10), list, in.NextToken, in.MaxResults, s.regionOf(ctx))
	return &connect.ListInstancesOutput{InstanceSummaryList: part, NextToken: next}, err
}

func (s *Server) serviceRole(n *Instance) string {
	return s.world.arn("iam", "", "role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_"+stamp(n.ID, 16))
}

func (s *Server) describeInstance(ctx context.Context, in *connect.DescribeInstanceInput) (*connect.DescribeInstanceOutput, error) {
	n, err := s.at(ctx, in.InstanceId)
	if err != nil {
		return nil, err
	}
	out := &connect.DescribeInstanceOutput{Instance: &types.Instance{
		Id: aws.String(n.ID), Arn: aws.String(s.world.instanceARN(n)), InstanceAlias: orNil(n.Alias), CreatedTime: aws.Time(n.Created),
		IdentityManagementType: types.DirectoryType(n.IdentityType), InstanceStatus: types.InstanceStatus(n.Status),
		InstanceAccessUrl: aws.String(n.AccessURL), InboundCallsEnabled: aws.Bool(true), OutboundCallsEnabled: aws.Bool(true),
		ServiceRole: aws.String(s.serviceRole(n)),
	}}
	if n.StatusReason != "" {
		out.Instance.StatusReason = &types.InstanceStatusReason{Message: aws.String(n.StatusReason)}
	}
	if r := n.Replication; r != nil {
		out.ReplicationConfiguration = &types.ReplicationConfiguration{SourceRegion: aws.String(r.SourceRegion), GlobalSignInEndpoint: orNil(r.GlobalSignInEndpoint)}
		for _, region := range r.Regions {
			out.ReplicationConfiguration.ReplicationStatusSummaryList = append(out.ReplicationConfiguration.ReplicationStatusSummaryList,
				types.ReplicationStatusSummary{Region: aws.String(region), ReplicationStatus: types.InstanceReplicationStatusInstanceReplicationComplete})
		}
	}
	return out, nil
}

func (s *Server) listAuthenticationProfiles(ctx context.Context, in *connect.ListAuthenticationProfilesInput) (*connect.ListAuthenticationProfilesOutput, error) {
	n, err := s.at(ctx, in.InstanceId)
	if err != nil {
		return nil, err
	}
	list := []types.AuthenticationProfileSummary{}
	for _, p := range n.Profiles {
		list = append(list, types.AuthenticationProfileSummary{
			Id: aws.String(p.ID), Name: aws.String(p.Name), IsDefault: p.Default, Arn: aws.String(s.profileARN(n, p.ID)),
			LastModifiedTime: aws.Time(n.Created), LastModifiedRegion: aws.String(n.Region),
		})
	}
	part, next, err := cut(connectPages(100, 1000), list, in.NextToken, in.MaxResults, n.ID)
	return &connect.ListAuthenticationProfilesOutput{AuthenticationProfileSummaryList: part, NextToken: next}, err
}

func (s *Server) profileARN(n *Instance, id string) string {
	return s.world.instanceARN(n) + "/authentication-profile/" + id
}

func (s *Server) describeAuthenticationProfile(ctx context.Context, in *connect.DescribeAuthenticationProfileInput) (*connect.DescribeAuthenticationProfileOutput, error) {
	n, err := s.at(ctx, in.InstanceId)
	if err != nil {
		return nil, err
	}
	id := aws.ToString(in.AuthenticationProfileId)
	if _, after, ok := strings.Cut(id, "/authentication-profile/"); ok {
		id = after
	}
	for _, p := range n.Profiles {
		if p.ID != id {
			continue
		}
		return &connect.DescribeAuthenticationProfileOutput{AuthenticationProfile: &types.AuthenticationProfile{
			Id: aws.String(p.ID), Name: aws.String(p.Name), Description: orNil(p.Description), Arn: aws.String(s.profileARN(n, p.ID)),
			AllowedIps: p.AllowedIPs, BlockedIps: p.BlockedIPs, IsDefault: p.Default,
			MaxSessionDuration: aws.Int32(cmp.Or(p.MaxSession, 720)), SessionInactivityDuration: aws.Int32(cmp.Or(p.Inactivity, 60)),
			SessionInactivityHandlingEnabled: aws.Bool(p.Inactivity != 0),
			CreatedTime:                      aws.Time(n.Created), LastModifiedTime: aws.Time(n.Created), LastModifiedRegion: aws.String(n.Region),
		}}, nil
	}
	return nil, &types.ResourceNotFoundException{Message: aws.String("Authentication profile not found: " + id)}
}
