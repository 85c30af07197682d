package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer/types"

	"example.com/samlens/diag/evidence"
)

// maxFindings bounds how many findings are described.
const maxFindings = 50

// External reads the active findings on some resources of every analyzer for
// external access. The list tells no principal; each finding does.
func (c *Client) External(ctx context.Context, region string, resources []string) ([]evidence.ExternalAccess, error) {
	api := accessanalyzer.NewFromConfig(c.in(region))
	list := []evidence.ExternalAccess{}
	analyzers, err := all(pages(ctx, "access-analyzer:ListAnalyzers", func(token *string) (b batch[string], err error) {
		out, err := api.ListAnalyzers(ctx, &accessanalyzer.ListAnalyzersInput{NextToken: token})
		if err != nil {
			return b, err
		}
		for _, a := range out.Analyzers {
			if a.Type == types.TypeAccount || a.Type == types.TypeOrganization {
				b.rows = append(b.rows, aws.ToString(a.Arn))
			}
		}
		b.next = out.NextToken
		return b, nil
	}))
	if err != nil {
		return list, err
	}
	for _, arn := range analyzers {
		found, err := all(pages(ctx, "access-analyzer:ListFindingsV2", func(token *string) (b batch[types.FindingSummaryV2], err error) {
			out, err := api.ListFindingsV2(ctx, &accessanalyzer.ListFindingsV2Input{AnalyzerArn: &arn, NextToken: token,
				Filter: map[string]types.Criterion{"resource": {Eq: resources}, "status": {Eq: []string{"ACTIVE"}}}})
			if err != nil {
				return b, err
			}
			return batch[types.FindingSummaryV2]{rows: out.Findings, next: out.NextToken}, nil
		}))
		if err != nil {
			return list, err
		}
		for _, f := range found[:min(len(found), maxFindings)] {
			x, err := finding(ctx, api, arn, f)
			list = append(list, x)
			if err != nil {
				return list, err
			}
		}
	}
	return list, nil
}

func finding(ctx context.Context, api *accessanalyzer.Client, analyzer string, f types.FindingSummaryV2) (evidence.ExternalAccess, error) {
	x := evidence.ExternalAccess{ID: aws.ToString(f.Id), Resource: aws.ToString(f.Resource), Status: string(f.Status), UpdatedAt: aws.ToTime(f.UpdatedAt)}
	out, err := api.GetFindingV2(ctx, &accessanalyzer.GetFindingV2Input{AnalyzerArn: &analyzer, Id: f.Id})
	if err != nil {
		return x, failed("access-analyzer:GetFindingV2", err)
	}
	for _, d := range out.FindingDetails {
		if e, ok := d.(*types.FindingDetailsMemberExternalAccessDetails); ok {
			x.Principal, x.Action, x.Condition, x.Public = e.Value.Principal, e.Value.Action, e.Value.Condition, aws.ToBool(e.Value.IsPublic)
		}
	}
	return x, nil
}
