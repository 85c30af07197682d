package emulator

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/identitystore/document"
	"github.com/aws/aws-sdk-go-v2/service/identitystore/types"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// alternateIdentifiers reads the union that GetUserId asks by.
var alternateIdentifiers = json.UnmarshalFromFunc(func(d *jsontext.Decoder, v *types.AlternateIdentifier) error {
	var in struct {
		External        *types.ExternalId `json:"ExternalId"`
		UniqueAttribute *struct{ AttributePath, AttributeValue *string }
	}
	if err := json.UnmarshalDecode(d, &in); err != nil {
		return err
	}
	switch {
	case in.UniqueAttribute != nil:
		*v = &types.AlternateIdentifierMemberUniqueAttribute{Value: types.UniqueAttribute{
			AttributePath: in.UniqueAttribute.AttributePath, AttributeValue: document.NewLazyDocument(aws.ToString(in.UniqueAttribute.AttributeValue)),
		}}
	case in.External != nil:
		*v = &types.AlternateIdentifierMemberExternalId{Value: *in.External}
	}
	return nil
})

// memberIDs reads the union that a group's members are asked by.
var memberIDs = json.UnmarshalFromFunc(func(d *jsontext.Decoder, v *types.MemberId) error {
	var in struct {
		UserID *string `json:"UserId"`
	}
	if err := json.UnmarshalDecode(d, &in); err != nil {
		return err
	}
	if in.UserID != nil {
		*v = &types.MemberIdMemberUserId{Value: *in.UserID}
	}
	return nil
})

func badStoreInput(m string) error { return &types.ValidationException{Message: aws.String(m)} }

var storePages = pager{def: 100, max: 100, tooLarge: badStoreInput, badToken: badStoreInput}

// store finds an identity store by its ID or ARN.
func (s *Server) store(ctx context.Context, id *string) (*IdentityCenter, error) {
	for i := range s.world.IdentityCenters {
		if c := &s.world.IdentityCenters[i]; c.StoreID == lastPart(aws.ToString(id)) && s.here(ctx, c) {
			return c, nil
		}
	}
	return nil, noStoreResource("IDENTITY_STORE", "IDENTITYSTORE not found.")
}

func noStoreResource(kind, text string) error {
	return &types.ResourceNotFoundException{Message: aws.String(text), ResourceType: types.ResourceType(kind)}
}

func (c *IdentityCenter) user(u *StoreUser) types.User {
	out := types.User{
		IdentityStoreId: aws.String(c.StoreID), UserId: aws.String(u.ID), UserName: aws.String(u.UserName), DisplayName: orNil(u.DisplayName),
		Name: &types.Name{GivenName: orNil(u.GivenName), FamilyName: orNil(u.FamilyName)},
	}
	if u.Email != "" {
		out.Emails = []types.Email{{Value: aws.String(u.Email), Type: aws.String("work"), Primary: true}}
	}
	return out
}

func (s *Server) listStoreUsers(ctx context.Context, in *identitystore.ListUsersInput) (*identitystore.ListUsersOutput, error) {
	c, err := s.store(ctx, in.IdentityStoreId)
	if err != nil {
		return nil, err
	}
	name := ""
	//lint:ignore SA1019 deprecated is not gone: callers still filter so
	for _, f := range in.Filters { //nolint:staticcheck // as above
		if aws.ToString(f.AttributePath) != "UserName" {
			return nil, badStoreInput("Unsupported filter: " + aws.ToString(f.AttributePath))
		}
		name = aws.ToString(f.AttributeValue)
	}
	list := []types.User{}
	for i := range c.Users {
		if u := &c.Users[i]; name == "" || strings.EqualFold(u.UserName, name) {
			list = append(list, c.user(u))
		}
	}
	part, next, err := cut(storePages, list, in.NextToken, in.MaxResults, c.StoreID, name)
	return &identitystore.ListUsersOutput{Users: part, NextToken: next}, err
}

func (s *Server) getStoreUserID(ctx context.Context, in *identitystore.GetUserIdInput) (*identitystore.GetUserIdOutput, error) {
	c, err := s.store(ctx, in.IdentityStoreId)
	if err != nil {
		return nil, err
	}
	by, ok := in.AlternateIdentifier.(*types.AlternateIdentifierMemberUniqueAttribute)
	if !ok {
		return nil, noStoreResource("USER", "USER not found.")
	}
	want := ""
	// The lazy document's own Unmarshal hands back an empty interface, no string.
	if b, err := by.Value.AttributeValue.MarshalSmithyDocument(); err != nil || json.Unmarshal(b, &want) != nil {
		return nil, badStoreInput("AttributeValue is not a string")
	}
	for i := range c.Users {
		have := c.Users[i].UserName
		switch path := aws.ToString(by.Value.AttributePath); {
		case strings.EqualFold(path, "emails.value"):
			have = c.Users[i].Email
		case !strings.EqualFold(path, "userName"):
			return nil, badStoreInput("Unsupported attribute: " + path)
		}
		if strings.EqualFold(have, want) {
			return &identitystore.GetUserIdOutput{IdentityStoreId: aws.String(c.StoreID), UserId: aws.String(c.Users[i].ID)}, nil
		}
	}
	return nil, noStoreResource("USER", "USER not found.")
}

func (s *Server) describeStoreUser(ctx context.Context, in *identitystore.DescribeUserInput) (*identitystore.DescribeUserOutput, error) {
	c, err := s.store(ctx, in.IdentityStoreId)
	if err != nil {
		return nil, err
	}
	for i := range c.Users {
		if c.Users[i].ID == aws.ToString(in.UserId) {
			u := c.user(&c.Users[i])
			return &identitystore.DescribeUserOutput{
				IdentityStoreId: u.IdentityStoreId, UserId: u.UserId, UserName: u.UserName, DisplayName: u.DisplayName, Name: u.Name, Emails: u.Emails,
			}, nil
		}
	}
	return nil, noStoreResource("USER", "USER not found.")
}

func (s *Server) listMemberships(ctx context.Context, in *identitystore.ListGroupMembershipsForMemberInput) (*identitystore.ListGroupMembershipsForMemberOutput, error) {
	c, err := s.store(ctx, in.IdentityStoreId)
	if err != nil {
		return nil, err
	}
	m, ok := in.MemberId.(*types.MemberIdMemberUserId)
	if !ok {
		return nil, badStoreInput("MemberId is required")
	}
	for i := range c.Users {
		u := &c.Users[i]
		if u.ID != lastPart(m.Value) {
			continue
		}
		list := []types.GroupMembership{}
		for _, g := range u.Groups {
			id := uuid(u.ID + " in " + g)
			list = append(list, types.GroupMembership{
				IdentityStoreId: aws.String(c.StoreID), GroupId: aws.String(g), MemberId: m,
				MembershipId: aws.String(id), MembershipArn: aws.String("arn:" + s.world.Partition + ":identitystore:::membership/" + id),
			})
		}
		part, next, err := cut(storePages, list, in.NextToken, in.MaxResults, c.StoreID, u.ID)
		return &identitystore.ListGroupMembershipsForMemberOutput{GroupMemberships: part, NextToken: next}, err
	}
	return nil, noStoreResource("USER", "USER not found.")
}
