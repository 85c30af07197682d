package live

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

func (c *Client) connect(region string) *connect.Client { return connect.NewFromConfig(c.in(region)) }

// Instance is connect:DescribeInstance.
func (c *Client) Instance(ctx context.Context, at awsx.Place) (evidence.Instance, error) {
	out, err := c.connect(at.Region).DescribeInstance(ctx, &connect.DescribeInstanceInput{InstanceId: &at.Instance})
	if err != nil {
		return evidence.Instance{}, failed("connect:DescribeInstance", err)
	}
	if out.Instance == nil {
		return evidence.Instance{}, &awsx.Error{State: evidence.Absent, Op: "connect:DescribeInstance", Message: "the answer holds no instance"}
	}
	in := out.Instance
	i := evidence.Instance{
		ID: aws.ToString(in.Id), ARN: aws.ToString(in.Arn), Alias: aws.ToString(in.InstanceAlias), IdentityType: string(in.IdentityManagementType),
		Status: string(in.InstanceStatus), AccessURL: aws.ToString(in.InstanceAccessUrl), Created: aws.ToTime(in.CreatedTime),
	}
	if in.StatusReason != nil {
		i.StatusReason = aws.ToString(in.StatusReason.Message)
	}
	place(&i)
	if r := out.ReplicationConfiguration; r != nil {
		i.Replication = &evidence.Replication{SourceRegion: aws.ToString(r.SourceRegion), GlobalSignInEndpoint: aws.ToString(r.GlobalSignInEndpoint)}
		for _, s := range r.ReplicationStatusSummaryList {
			i.Replication.Regions = append(i.Replication.Regions, aws.ToString(s.Region))
		}
	}
	return i, nil
}

// place reads an instance's Region and account from its ARN.
func place(i *evidence.Instance) {
	if a, ok := endpoint.ParseARN(i.ARN); ok {
		i.Region, i.Account = a.Region, a.Account
	}
}

// Instances is connect:ListInstances, ten at a time.
func (c *Client) Instances(ctx context.Context, region string) awsx.Pages[evidence.Instance] {
	api := c.connect(region)
	return pages(ctx, "connect:ListInstances", func(token *string) (b batch[evidence.Instance], err error) {
		out, err := api.ListInstances(ctx, &connect.ListInstancesInput{NextToken: token, MaxResults: aws.Int32(10)})
		if err != nil {
			return b, err
		}
		for _, s := range out.InstanceSummaryList {
			i := evidence.Instance{
				ID: aws.ToString(s.Id), ARN: aws.ToString(s.Arn), Alias: aws.ToString(s.InstanceAlias), IdentityType: string(s.IdentityManagementType),
				Status: string(s.InstanceStatus), AccessURL: aws.ToString(s.InstanceAccessUrl), Created: aws.ToTime(s.CreatedTime),
			}
			place(&i)
			b.rows = append(b.rows, i)
		}
		b.next = out.NextToken
		return b, nil
	})
}

// Named is connect:SearchUsers for the exact user name.
func (c *Client) Named(ctx context.Context, at awsx.Place, username string) ([]evidence.User, error) {
	api := c.connect(at.Region)
	return all(pages(ctx, "connect:SearchUsers", func(token *string) (b batch[evidence.User], err error) {
		out, err := api.SearchUsers(ctx, &connect.SearchUsersInput{
			InstanceId: &at.Instance, NextToken: token, MaxResults: aws.Int32(100),
			SearchCriteria: &types.UserSearchCriteria{StringCondition: &types.StringCondition{
				FieldName: aws.String("Username"), Value: &username, ComparisonType: types.StringComparisonTypeExact}},
		})
		if err != nil {
			return b, err
		}
		for _, u := range out.Users {
			v := evidence.User{
				ID: aws.ToString(u.Id), ARN: aws.ToString(u.Arn), Username: aws.ToString(u.Username), Instance: at.Instance,
				SecurityProfiles: u.SecurityProfileIds, RoutingProfile: aws.ToString(u.RoutingProfileId), Hierarchy: aws.ToString(u.HierarchyGroupId),
			}
			if n := u.IdentityInfo; n != nil {
				v.FirstName, v.LastName = aws.ToString(n.FirstName), aws.ToString(n.LastName)
			}
			b.rows = append(b.rows, v)
		}
		b.next = out.NextToken
		return b, nil
	}))
}

// Users is connect:ListUsers, a thousand at a time: the default of a hundred
// would take ten times as long. Where a second page follows, a search tells
// how many there are in all.
func (c *Client) Users(ctx context.Context, at awsx.Place) awsx.Pages[evidence.User] {
	api := c.connect(at.Region)
	first := true
	return pages(ctx, "connect:ListUsers", func(token *string) (b batch[evidence.User], err error) {
		out, err := api.ListUsers(ctx, &connect.ListUsersInput{InstanceId: &at.Instance, NextToken: token, MaxResults: aws.Int32(1000)})
		if err != nil {
			return b, err
		}
		for _, u := range out.UserSummaryList {
			b.rows = append(b.rows, evidence.User{
				ID: aws.ToString(u.Id), ARN: aws.ToString(u.Arn), Username: aws.ToString(u.Username), Instance: at.Instance,
				LastModified: aws.ToTime(u.LastModifiedTime), LastRegion: aws.ToString(u.LastModifiedRegion),
			})
		}
		b.next = out.NextToken
		if first && aws.ToString(b.next) != "" {
			// Only an estimate hangs on it: where it is refused, there is none.
			if s, err := api.SearchUsers(ctx, &connect.SearchUsersInput{InstanceId: &at.Instance, MaxResults: aws.Int32(1)}); err == nil {
				b.total = int(aws.ToInt64(s.ApproximateTotalCount))
			}
		}
		first = false
		return b, nil
	})
}

// AuthProfiles lists and describes Connect's authentication profiles, a
// preview API that not every Region has.
func (c *Client) AuthProfiles(ctx context.Context, at awsx.Place) ([]evidence.AuthProfile, error) {
	api := c.connect(at.Region)
	ids, err := all(pages(ctx, "connect:ListAuthenticationProfiles", func(token *string) (b batch[string], err error) {
		out, err := api.ListAuthenticationProfiles(ctx, &connect.ListAuthenticationProfilesInput{InstanceId: &at.Instance, NextToken: token})
		if err != nil {
			return b, err
		}
		for _, p := range out.AuthenticationProfileSummaryList {
			b.rows = append(b.rows, aws.ToString(p.Id))
		}
		b.next = out.NextToken
		return b, nil
	}))
	list := []evidence.AuthProfile{}
	if err != nil {
		return list, err
	}
	for _, id := range ids {
		out, err := api.DescribeAuthenticationProfile(ctx, &connect.DescribeAuthenticationProfileInput{InstanceId: &at.Instance, AuthenticationProfileId: &id})
		if err != nil {
			return list, failed("connect:DescribeAuthenticationProfile", err)
		}
		if p := out.AuthenticationProfile; p != nil {
			list = append(list, evidence.AuthProfile{
				ID: aws.ToString(p.Id), Name: aws.ToString(p.Name), Default: p.IsDefault, AllowedIPs: p.AllowedIps, BlockedIPs: p.BlockedIps,
				MaxSession: minutes(p.MaxSessionDuration), Inactivity: minutes(p.SessionInactivityDuration),
			})
		}
	}
	return list, nil
}

func minutes(n *int32) time.Duration { return time.Duration(aws.ToInt32(n)) * time.Minute }
