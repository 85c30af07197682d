package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// Identity asks STS whose credentials these are. It needs no permission, so
// that its success shows a connection and credentials and nothing else.
func (c *Client) Identity(ctx context.Context) (evidence.Identity, error) {
	out, err := sts.NewFromConfig(c.cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return evidence.Identity{}, failed("sts:GetCallerIdentity", err)
	}
	id := evidence.Identity{
		Account: aws.ToString(out.Account), ARN: aws.ToString(out.Arn), UserID: aws.ToString(out.UserId),
		Region: c.cfg.Region, Profile: c.opts.Profile, Endpoint: c.Endpoint(),
	}
	if a, ok := endpoint.ParseARN(id.ARN); ok {
		id.Partition = string(a.Partition)
	}
	return id, nil
}
