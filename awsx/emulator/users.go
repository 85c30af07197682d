package emulator

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

func (s *Server) listUsers(ctx context.Context, in *connect.ListUsersInput) (*connect.ListUsersOutput, error) {
	n, err := s.at(ctx, in.InstanceId)
	if err != nil {
		return nil, err
	}
	part, next, err := cut(connectPages(100, 1000), n.Users, in.NextToken, in.MaxResults, n.ID)
	if err != nil {
		return nil, err
	}
	out := &connect.ListUsersOutput{UserSummaryList: make([]types.UserSummary, len(part)), NextToken: next}
	for i := range part {
		u := &part[i]
		out.UserSummaryList[i] = types.UserSummary{
			Id: aws.String(u.ID), Arn: aws.String(s.world.userARN(n, u)), Username: aws.String(u.Username),
			LastModifiedTime: aws.Time(u.Modified), LastModifiedRegion: aws.String(n.Region),
		}
	}
	return out, nil
}

// maxConditions bounds the nesting of a search; AWS's own bound is lower.
const maxConditions = 8

// searchUsers answers a search. Whether AWS compares user names with or
// without case is not published: this compares without, so that a client that
// relies on case is found out.
func (s *Server) searchUsers(ctx context.Context, in *connect.SearchUsersInput) (*connect.SearchUsersOutput, error) {
	n, err := s.at(ctx, in.InstanceId)
	if err != nil {
		return nil, err
	}
	var found []*User
	for i := range n.Users {
		ok, err := meets(&n.Users[i], in.SearchCriteria, 0)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, &n.Users[i])
		}
	}
	part, next, err := cut(connectPages(100, 500), found, in.NextToken, in.MaxResults, n.ID, spell(in.SearchCriteria))
	if err != nil {
		return nil, err
	}
	out := &connect.SearchUsersOutput{ApproximateTotalCount: aws.Int64(int64(len(found))), Users: make([]types.UserSearchSummary, len(part)), NextToken: next}
	for i, u := range part {
		out.Users[i] = types.UserSearchSummary{
			Id: aws.String(u.ID), Arn: aws.String(s.world.userARN(n, u)), Username: aws.String(u.Username),
			IdentityInfo:       &types.UserIdentityInfoLite{FirstName: aws.String(u.FirstName), LastName: aws.String(u.LastName)},
			SecurityProfileIds: u.SecurityProfiles, RoutingProfileId: orNil(u.RoutingProfile),
		}
	}
	return out, nil
}

// spell writes a search out: %v of the shape itself would print addresses.
func spell(c *types.UserSearchCriteria) string {
	if c == nil {
		return ""
	}
	var b strings.Builder
	if sc := c.StringCondition; sc != nil {
		b.WriteString(aws.ToString(sc.FieldName) + " " + string(sc.ComparisonType) + " " + aws.ToString(sc.Value))
	}
	for i := range c.AndConditions {
		b.WriteString("&(" + spell(&c.AndConditions[i]) + ")")
	}
	for i := range c.OrConditions {
		b.WriteString("|(" + spell(&c.OrConditions[i]) + ")")
	}
	return b.String()
}

func meets(u *User, c *types.UserSearchCriteria, depth int) (bool, error) {
	if c == nil {
		return true, nil
	}
	if depth > maxConditions {
		return false, badParameter("The search criteria are nested too deeply")
	}
	if len(c.OrConditions) > 0 {
		one := false
		for i := range c.OrConditions {
			ok, err := meets(u, &c.OrConditions[i], depth+1)
			if err != nil {
				return false, err
			}
			one = one || ok
		}
		if !one {
			return false, nil
		}
	}
	for i := range c.AndConditions {
		if ok, err := meets(u, &c.AndConditions[i], depth+1); err != nil || !ok {
			return false, err
		}
	}
	if c.StringCondition == nil {
		return true, nil
	}
	return compare(u, c.StringCondition)
}

func compare(u *User, c *types.StringCondition) (bool, error) {
	var have []string
	switch strings.ToLower(aws.ToString(c.FieldName)) {
	case "username":
		have = []string{u.Username}
	case "firstname":
		have = []string{u.FirstName}
	case "lastname":
		have = []string{u.LastName}
	case "routingprofileid":
		have = []string{u.RoutingProfile}
	case "securityprofileid":
		have = u.SecurityProfiles
	case "resourceid":
		have = []string{u.ID}
	default:
		return false, badParameter("Invalid search field: " + aws.ToString(c.FieldName))
	}
	want := strings.ToLower(aws.ToString(c.Value))
	var test func(h string) bool
	switch c.ComparisonType {
	case types.StringComparisonTypeExact:
		test = func(h string) bool { return h == want }
	case types.StringComparisonTypeStartsWith:
		test = func(h string) bool { return strings.HasPrefix(h, want) }
	case types.StringComparisonTypeContains:
		if n := len([]rune(want)); n < 2 || n > 25 {
			return false, badParameter("The value of a CONTAINS search must have 2 to 25 characters")
		}
		test = func(h string) bool { return strings.Contains(h, want) }
	default:
		return false, badParameter("Invalid comparison type: " + string(c.ComparisonType))
	}
	return anyOf(have, func(h string) bool { return test(strings.ToLower(h)) }), nil
}

func (s *Server) describeUser(ctx context.Context, in *connect.DescribeUserInput) (*connect.DescribeUserOutput, error) {
	n, err := s.at(ctx, in.InstanceId)
	if err != nil {
		return nil, err
	}
	for i := range n.Users {
		u := &n.Users[i]
		if u.ID != aws.ToString(in.UserId) {
			continue
		}
		return &connect.DescribeUserOutput{User: &types.User{
			Id: aws.String(u.ID), Arn: aws.String(s.world.userARN(n, u)), Username: aws.String(u.Username),
			IdentityInfo:       &types.UserIdentityInfo{FirstName: orNil(u.FirstName), LastName: orNil(u.LastName), Email: orNil(u.Email)},
			SecurityProfileIds: u.SecurityProfiles, RoutingProfileId: orNil(u.RoutingProfile),
			LastModifiedTime: aws.Time(u.Modified), LastModifiedRegion: aws.String(n.Region),
		}}, nil
	}
	return nil, &types.ResourceNotFoundException{Message: aws.String("User not found: " + aws.ToString(in.UserId))}
}
