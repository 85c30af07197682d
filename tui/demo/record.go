package demo

import (
	"context"
	"fmt"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

// record signs in at the built-in AWS as the agent's browser did, and writes
// the capture of it. The addresses in it are AWS's own.
func (s *scene) record(ctx context.Context, srv *emulator.Server) ([]byte, error) {
	s.response.IssueInstant = s.response.IssueInstant.Add(s.skew)
	if s.response.Recipient == "" {
		s.response.Recipient = s.acs
	}
	signed, err := s.response.Sign(s.key)
	if err != nil {
		return nil, fmt.Errorf("sign the response: %w", err)
	}
	v, err := idp.Play(ctx, srv.URL(), "https://"+alias+".my.connect.aws/ccp-v2", idp.Visit{
		Browser: s.browser, At: s.at, Portal: s.portal, SSO: s.sso,
		Response: signed, RelayState: s.relay, Answer: idp.Page{URL: s.acs}, IDPSkew: s.skew,
	})
	if err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	return idp.HAR(v)
}
