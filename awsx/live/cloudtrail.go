package live

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
)

// Events is cloudtrail:LookupEvents by event name, the one filter that the
// service applies itself; fifty a page, newest first.
func (c *Client) Events(ctx context.Context, w awsx.Window) awsx.Pages[evidence.TrailEvent] {
	api := cloudtrail.NewFromConfig(c.in(w.Region))
	return pages(ctx, "cloudtrail:LookupEvents", func(token *string) (b batch[evidence.TrailEvent], err error) {
		out, err := api.LookupEvents(ctx, &cloudtrail.LookupEventsInput{
			StartTime: &w.From, EndTime: &w.To, MaxResults: aws.Int32(50), NextToken: token,
			LookupAttributes: []types.LookupAttribute{{AttributeKey: types.LookupAttributeKeyEventName, AttributeValue: &w.EventName}},
		})
		if err != nil {
			return b, err
		}
		var lines strings.Builder
		for _, e := range out.Events {
			lines.WriteString(strings.ReplaceAll(aws.ToString(e.CloudTrailEvent), "\n", " "))
			lines.WriteByte('\n')
		}
		// Events that do not matter to a sign-in are left out; that none does
		// is no error.
		b.rows, _, _ = trail.Read(strings.NewReader(lines.String()), "")
		b.next = out.NextToken
		return b, nil
	})
}
