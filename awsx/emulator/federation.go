package emulator

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"example.com/samlens/awsx/emulator/wire"
)

// getFederationToken turns the session of a role into that of a Connect user.
func (s *Server) getFederationToken(ctx context.Context, in *connect.GetFederationTokenInput) (*connect.GetFederationTokenOutput, error) {
	c := wire.From(ctx)
	x, ok := s.sessions[c.AccessKey]
	if !ok {
		return nil, &types.InvalidRequestException{Message: aws.String(fmt.Sprintf("Provided identity: Principal: %s User: %s cannot be used for federation with Amazon Connect", s.world.Caller.ARN, s.world.Caller.UserID))}
	}
	n, u, err := s.federate(c, x, aws.ToString(in.InstanceId), s.regionOf(ctx))
	if err != nil {
		return nil, err
	}
	until := s.now().Add(time.Hour)
	return &connect.GetFederationTokenOutput{
		Credentials: &types.Credentials{
			AccessToken: aws.String(stamp("access"+x.key, 32)), AccessTokenExpiration: aws.Time(until),
			RefreshToken: aws.String(stamp("refresh"+x.key, 32)), RefreshTokenExpiration: aws.Time(x.expires),
		},
		SignInUrl: aws.String(n.AccessURL + "/connect/auth/sign-in"),
		UserId:    aws.String(u.ID), UserArn: aws.String(s.world.userARN(n, u)),
	}, nil
}

// federate judges a federation and logs it.
func (s *Server) federate(c *wire.Call, x session, id, region string) (*Instance, *User, error) {
	n, u, err := s.admit(x, id, region)
	if n != nil {
		region, id = n.Region, n.ID
	}
	s.logFederation(c, x, id, region, err)
	return n, u, err
}

func (s *Server) admit(x session, id, region string) (*Instance, *User, error) {
	n := s.world.instance(id, region)
	if n == nil {
		return nil, nil, &types.ResourceNotFoundException{Message: aws.String("Instance not found: " + id)}
	}
	r, err := s.role(x.role)
	if err != nil {
		return n, nil, s.noFederation(x, n, layerIdentity, implicitDeny)
	}
	if got := s.mayFederate(r, x, n); got.decision != allowed {
		return n, nil, s.noFederation(x, n, got.by, got.decision)
	}
	if n.IdentityType != "SAML" {
		return n, nil, &types.InvalidRequestException{Message: aws.String("Instance " + n.ID + " does not use SAML 2.0-based authentication")}
	}
	for i := range n.Users {
		u := &n.Users[i]
		if u.Username != x.name { // byte by byte: "All Amazon Connect usernames are case sensitive"
			continue
		}
		if u.BoundRole != "" && u.BoundRole != s.world.roleARN(r) {
			return n, nil, &types.DuplicateResourceException{Message: aws.String("A user of that name is federated through another role")}
		}
		return n, u, nil
	}
	return n, nil, &types.UserNotFoundException{Message: aws.String("No user with the specified credentials was found in the Amazon Connect instance.")}
}

// mayFederate asks the session's policies. AWS's samples name the resource as
// instance/ID/user/${aws:userid} and the authorization reference as
// instance/ID: either is good.
func (s *Server) mayFederate(r *Role, x session, n *Instance) ruling {
	q := request{action: "connect:GetFederationToken", context: map[string][]string{
		"aws:userid":           {x.userID},
		"aws:principalarn":     {s.world.roleARN(r)},
		"aws:principalaccount": {s.world.Account},
		"aws:principaltype":    {"AssumedRole"},
		"aws:requestedregion":  {n.Region},
		"aws:sourceip":         {x.source},
		"aws:currenttime":      {s.now().Format(time.RFC3339)},
		"aws:securetransport":  {"true"},
		"connect:instanceid":   {n.ID},
	}}
	if o := s.world.Organization; o != nil {
		q.context["aws:principalorgid"] = []string{o.ID}
	}
	var last ruling
	for _, resource := range []string{s.world.instanceARN(n), s.world.instanceARN(n) + "/user/" + x.userID} {
		q.resource = resource
		got := s.world.session(r, q)
		if got.decision == explicitDeny {
			return got
		}
		if last.decision != allowed {
			last = got
		}
	}
	return last
}

// noFederation is AWS's sentence about who refused.
func (s *Server) noFederation(x session, n *Instance, by layer, d decision) error {
	const action = "connect:GetFederationToken"
	text := fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s ", x.arn, action, s.world.instanceARN(n))
	if d == explicitDeny {
		article := "a"
		if by == layerIdentity {
			article = "an"
		}
		text += fmt.Sprintf("with an explicit deny in %s %s", article, by)
	} else {
		text += fmt.Sprintf("because no %s allows the %s action", by, action)
	}
	return &wire.Error{Code: "AccessDeniedException", Message: text, Status: http.StatusForbidden}
}
