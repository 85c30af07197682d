package emulator

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer/types"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) analyzerRoutes() {
	// IAM knows no action ListFindingsV2: it is covered by ListFindings, and
	// GetFindingV2 by GetFinding. Faults and records use the operation's name.
	s.mux.REST("access-analyzer", wire.Shape{LowerNames: true, ISOTimes: true},
		wire.Route{Pattern: "GET /analyzer", Op: op(s, "ListAnalyzers", s.listAnalyzers)},
		wire.Route{Pattern: "POST /findingv2", Op: op(s, "ListFindingsV2", s.listFindings)},
		wire.Route{Pattern: "GET /findingv2/{Id}", Op: op(s, "GetFindingV2", s.getFinding)},
	)
}

func badAnalyzerInput(m string) error { return &types.ValidationException{Message: aws.String(m)} }

var analyzerPages = pager{def: 100, max: 100, tooLarge: badAnalyzerInput, badToken: badAnalyzerInput}

func (s *Server) analyzerARN(a *Analyzer) string {
	return s.world.arn("access-analyzer", cmp.Or(a.Region, s.world.Region), "analyzer/"+a.Name)
}

func (s *Server) listAnalyzers(ctx context.Context, in *accessanalyzer.ListAnalyzersInput) (*accessanalyzer.ListAnalyzersOutput, error) {
	list := []types.AnalyzerSummary{}
	for i := range s.world.Analyzers {
		a := &s.world.Analyzers[i]
		kind := cmp.Or(a.Type, "ACCOUNT")
		if cmp.Or(a.Region, s.world.Region) != s.regionOf(ctx) || in.Type != "" && string(in.Type) != kind {
			continue
		}
		list = append(list, types.AnalyzerSummary{
			Arn: aws.String(s.analyzerARN(a)), Name: aws.String(a.Name), Type: types.Type(kind), Status: types.AnalyzerStatusActive,
			CreatedAt: aws.Time(orTime(s.world.Now)),
		})
	}
	part, next, err := cut(analyzerPages, list, in.NextToken, in.MaxResults, in.Type)
	return &accessanalyzer.ListAnalyzersOutput{Analyzers: part, NextToken: next}, err
}

func (s *Server) analyzer(arn *string) (*Analyzer, error) {
	for i := range s.world.Analyzers {
		if a := &s.world.Analyzers[i]; s.analyzerARN(a) == aws.ToString(arn) {
			return a, nil
		}
	}
	return nil, &types.ResourceNotFoundException{
		Message: aws.String("Analyzer not found"), ResourceId: arn, ResourceType: aws.String("analyzer"),
	}
}

func (f *AnalyzerFinding) status() string       { return cmp.Or(f.Status, "ACTIVE") }
func (f *AnalyzerFinding) resourceType() string { return cmp.Or(f.ResourceType, "AWS::IAM::Role") }

// column is what a filter can ask of a finding.
func (f *AnalyzerFinding) column(name string) []string {
	switch name {
	case "resource":
		return []string{f.Resource}
	case "resourceType":
		return []string{f.resourceType()}
	case "status":
		return []string{f.status()}
	case "id":
		return []string{f.ID}
	case "findingType":
		return []string{"ExternalAccess"}
	case "principal.Federated":
		return []string{f.Principal["Federated"]}
	}
	return nil
}

func meetsCriterion(have []string, c types.Criterion) bool {
	has := func(l []string) bool {
		return anyOf(have, func(h string) bool { return slices.Contains(l, h) })
	}
	switch {
	case len(c.Eq) > 0:
		return has(c.Eq)
	case len(c.Neq) > 0:
		return !has(c.Neq)
	case c.Exists != nil:
		return *c.Exists == (len(have) > 0)
	case len(c.Contains) > 0:
		return has(c.Contains)
	}
	return true
}

func (s *Server) listFindings(_ context.Context, in *accessanalyzer.ListFindingsV2Input) (*accessanalyzer.ListFindingsV2Output, error) {
	a, err := s.analyzer(in.AnalyzerArn)
	if err != nil {
		return nil, err
	}
	list := []types.FindingSummaryV2{}
	for i := range a.Findings {
		f := &a.Findings[i]
		meets := true
		for name, c := range in.Filter {
			meets = meets && meetsCriterion(f.column(name), c)
		}
		if !meets {
			continue
		}
		at := aws.Time(orTime(f.At))
		list = append(list, types.FindingSummaryV2{
			Id: aws.String(f.ID), Resource: aws.String(f.Resource), ResourceType: types.ResourceType(f.resourceType()),
			ResourceOwnerAccount: aws.String(s.world.Account), Status: types.FindingStatus(f.status()), FindingType: types.FindingTypeExternalAccess,
			AnalyzedAt: at, CreatedAt: at, UpdatedAt: at,
		})
	}
	part, next, err := cut(analyzerPages, list, in.NextToken, in.MaxResults, aws.ToString(in.AnalyzerArn))
	return &accessanalyzer.ListFindingsV2Output{Findings: part, NextToken: next}, err
}

func (s *Server) getFinding(_ context.Context, in *accessanalyzer.GetFindingV2Input) (*accessanalyzer.GetFindingV2Output, error) {
	a, err := s.analyzer(in.AnalyzerArn)
	if err != nil {
		return nil, err
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		if f.ID != aws.ToString(in.Id) {
			continue
		}
		at := aws.Time(orTime(f.At))
		return &accessanalyzer.GetFindingV2Output{
			Id: aws.String(f.ID), Resource: aws.String(f.Resource), ResourceType: types.ResourceType(f.resourceType()),
			ResourceOwnerAccount: aws.String(s.world.Account), Status: types.FindingStatus(f.status()), FindingType: types.FindingTypeExternalAccess,
			AnalyzedAt: at, CreatedAt: at, UpdatedAt: at,
			FindingDetails: []types.FindingDetails{&types.FindingDetailsMemberExternalAccessDetails{Value: types.ExternalAccessDetails{
				Principal: f.Principal, Action: f.Action, Condition: f.Condition, IsPublic: aws.Bool(f.Public),
				ResourceControlPolicyRestriction: types.ResourceControlPolicyRestriction(cmp.Or(f.Restriction, "NOT_APPLICABLE")),
			}}},
		}, nil
	}
	return nil, &types.ResourceNotFoundException{Message: aws.String("Finding not found"), ResourceId: in.Id, ResourceType: aws.String("finding")}
}
