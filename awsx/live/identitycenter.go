package live

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/identitystore/document"
	istypes "github.com/aws/aws-sdk-go-v2/service/identitystore/types"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// maxApplications bounds how many applications are looked into.
const maxApplications = 20

// Center reads what IAM Identity Center's API tells of a sign-in: its
// applications with their assignments, and the user of the NameID. Which
// application issued it no API tells: where several could be, all are given.
func (c *Client) Center(ctx context.Context, q awsx.CenterQuestion) (evidence.IdentityCenter, error) {
	api := ssoadmin.NewFromConfig(c.in(q.Region))
	v := evidence.IdentityCenter{UserSearched: q.NameID}
	instances, err := api.ListInstances(ctx, &ssoadmin.ListInstancesInput{})
	if err != nil {
		return v, failed("sso:ListInstances", err)
	}
	if len(instances.Instances) == 0 {
		return v, &awsx.Error{State: evidence.Absent, Op: "sso:ListInstances", Message: "the account has no instance of IAM Identity Center in " + q.Region}
	}
	v.InstanceARN, v.IdentityStore = aws.ToString(instances.Instances[0].InstanceArn), aws.ToString(instances.Instances[0].IdentityStoreId)
	v.Applications, err = applications(ctx, api, v.InstanceARN)
	if err != nil {
		return v, err
	}
	v.User, err = c.centerUser(ctx, q, v.IdentityStore)
	if err != nil {
		return v, err
	}
	awsx.Assigned(&v)
	if v.Assigned != nil && !*v.Assigned && (len(v.Application.Assignments) >= maxRows || len(v.User.Groups) >= maxRows) {
		v.Assigned = nil // the rest of the list may hold it
	}
	return v, nil
}

// applications lists those that may be Amazon Connect's: by their name, where
// any is called so, else all.
func applications(ctx context.Context, api *ssoadmin.Client, instance string) ([]evidence.CenterApplication, error) {
	list, err := all(pages(ctx, "sso:ListApplications", func(token *string) (b batch[evidence.CenterApplication], err error) {
		out, err := api.ListApplications(ctx, &ssoadmin.ListApplicationsInput{InstanceArn: &instance, NextToken: token})
		if err != nil {
			return b, err
		}
		for _, a := range out.Applications {
			b.rows = append(b.rows, evidence.CenterApplication{
				ARN: aws.ToString(a.ApplicationArn), Name: aws.ToString(a.Name), Status: string(a.Status), Provider: aws.ToString(a.ApplicationProviderArn)})
		}
		b.next = out.NextToken
		return b, nil
	}))
	var connect []evidence.CenterApplication
	for _, a := range list {
		if strings.Contains(strings.ToLower(a.Name+a.Provider), "connect") {
			connect = append(connect, a)
		}
	}
	if len(connect) > 0 {
		list = connect
	}
	list = list[:min(len(list), maxApplications)]
	if err != nil {
		return list, err
	}
	for i := range list {
		if err := assignments(ctx, api, &list[i]); err != nil {
			return list, err
		}
	}
	return list, nil
}

func assignments(ctx context.Context, api *ssoadmin.Client, a *evidence.CenterApplication) (err error) {
	a.Assignments, err = all(pages(ctx, "sso:ListApplicationAssignments", func(token *string) (b batch[string], err error) {
		out, err := api.ListApplicationAssignments(ctx, &ssoadmin.ListApplicationAssignmentsInput{ApplicationArn: &a.ARN, NextToken: token})
		if err != nil {
			return b, err
		}
		for _, s := range out.ApplicationAssignments {
			b.rows = append(b.rows, aws.ToString(s.PrincipalId))
		}
		b.next = out.NextToken
		return b, nil
	}))
	if err != nil {
		return err
	}
	// Where the setting may not be read, "not assigned" is inferred, and that
	// is all.
	if out, err := api.GetApplicationAssignmentConfiguration(ctx, &ssoadmin.GetApplicationAssignmentConfigurationInput{ApplicationArn: &a.ARN}); err == nil {
		a.AssignmentRequired = out.AssignmentRequired
	}
	return nil
}

// centerUser finds the user of a NameID, by user name and then by e-mail; nil
// where there is none.
func (c *Client) centerUser(ctx context.Context, q awsx.CenterQuestion, store string) (*evidence.CenterUser, error) {
	if q.NameID == "" || store == "" {
		return nil, nil
	}
	api := identitystore.NewFromConfig(c.in(q.Region))
	for _, path := range []string{"userName", "emails.value"} {
		id, err := api.GetUserId(ctx, &identitystore.GetUserIdInput{IdentityStoreId: &store, AlternateIdentifier: &istypes.AlternateIdentifierMemberUniqueAttribute{
			Value: istypes.UniqueAttribute{AttributePath: aws.String(path), AttributeValue: document.NewLazyDocument(q.NameID)}}})
		if gone := new(istypes.ResourceNotFoundException); errors.As(err, &gone) {
			continue
		}
		if err != nil {
			return nil, failed("identitystore:GetUserId", err)
		}
		out, err := api.DescribeUser(ctx, &identitystore.DescribeUserInput{IdentityStoreId: &store, UserId: id.UserId})
		if err != nil {
			return nil, failed("identitystore:DescribeUser", err)
		}
		u := &evidence.CenterUser{ID: aws.ToString(out.UserId), UserName: aws.ToString(out.UserName)}
		for _, m := range out.Emails {
			if u.Email == "" || m.Primary {
				u.Email = aws.ToString(m.Value)
			}
		}
		// Without the groups "not assigned" is not said, and that is all.
		if groups, err := memberships(ctx, api, store, u.ID); err == nil {
			u.Groups = groups
		}
		return u, nil
	}
	return nil, nil
}

func memberships(ctx context.Context, api *identitystore.Client, store, user string) ([]string, error) {
	return all(pages(ctx, "identitystore:ListGroupMembershipsForMember", func(token *string) (b batch[string], err error) {
		out, err := api.ListGroupMembershipsForMember(ctx, &identitystore.ListGroupMembershipsForMemberInput{
			IdentityStoreId: &store, MemberId: &istypes.MemberIdMemberUserId{Value: user}, NextToken: token})
		if err != nil {
			return b, err
		}
		for _, g := range out.GroupMemberships {
			b.rows = append(b.rows, aws.ToString(g.GroupId))
		}
		b.next = out.NextToken
		return b, nil
	}))
}
