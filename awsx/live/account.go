package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/account"

	"example.com/samlens/diag/evidence"
)

// Regions is account:ListRegions: which Regions the account has, and which of
// those that have to be opted in to are.
func (c *Client) Regions(ctx context.Context) ([]evidence.Region, error) {
	api := account.NewFromConfig(c.home())
	return all(pages(ctx, "account:ListRegions", func(token *string) (b batch[evidence.Region], err error) {
		out, err := api.ListRegions(ctx, &account.ListRegionsInput{NextToken: token, MaxResults: aws.Int32(50)})
		if err != nil {
			return b, err
		}
		for _, r := range out.Regions {
			b.rows = append(b.rows, evidence.Region{Name: aws.ToString(r.RegionName), OptStatus: string(r.RegionOptStatus)})
		}
		b.next = out.NextToken
		return b, nil
	}))
}
