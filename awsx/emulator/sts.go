package emulator

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"example.com/samlens/awsx/emulator/wire"
)

// routes puts every service on the mux.
func (s *Server) routes() {
	s.iamRoutes()
	s.stsRoutes()
	s.trailRoutes()
	s.connectRoutes()
	s.organizationsRoutes()
	s.analyzerRoutes()
	s.accountRoutes()
	s.identityCenterRoutes()
	s.pages()
}

func (s *Server) stsRoutes() {
	s.mux.Query("sts", "2011-06-15",
		op(s, "GetCallerIdentity", s.getCallerIdentity),
		op(s, "AssumeRoleWithSAML", s.assumeRoleWithSAML).Unsigned(),
	)
}

func (s *Server) getCallerIdentity(ctx context.Context, _ *sts.GetCallerIdentityInput) (*sts.GetCallerIdentityOutput, error) {
	out := &sts.GetCallerIdentityOutput{Account: aws.String(s.world.Account), Arn: aws.String(s.world.Caller.ARN), UserId: aws.String(s.world.Caller.UserID)}
	if x, ok := s.sessions[wire.From(ctx).AccessKey]; ok {
		out.Arn, out.UserId = aws.String(x.arn), aws.String(x.userID)
	}
	return out, nil
}
