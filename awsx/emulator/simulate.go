package emulator

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// simulatePrincipalPolicy evaluates a role's identity policies and boundary
// against the context that the caller gives. As AWS's simulator it knows no
// trust policies, and leaves out service control policies that have conditions.
func (s *Server) simulatePrincipalPolicy(_ context.Context, in *iam.SimulatePrincipalPolicyInput) (*iam.SimulatePrincipalPolicyOutput, error) {
	arn := aws.ToString(in.PolicySourceArn)
	var role *Role
	for i := range s.world.Roles {
		if s.world.roleARN(&s.world.Roles[i]) == arn {
			role = &s.world.Roles[i]
		}
	}
	if role == nil {
		return nil, noSuchEntity("The policy source ARN %s cannot be found.", arn)
	}
	with := *role
	for i, p := range in.PolicyInputList {
		with.Inline = append(slices.Clip(with.Inline), InlinePolicy{"PolicyInputList." + string(rune('1'+i%9)), Document(p)})
	}
	given := map[string][]string{}
	for _, e := range in.ContextEntries {
		given[strings.ToLower(aws.ToString(e.ContextKeyName))] = e.ContextKeyValues
	}
	resources := in.ResourceArns
	if len(resources) == 0 {
		resources = []string{"*"}
	}
	list := []types.EvaluationResult{}
	for _, action := range in.ActionNames {
		for _, resource := range resources {
			q := request{action: action, resource: resource, context: given}
			list = append(list, s.simulate(&with, q))
		}
	}
	part, next, err := cut(iamPages, list, in.Marker, in.MaxItems, arn, in.ActionNames, resources)
	return &iam.SimulatePrincipalPolicyOutput{EvaluationResults: part, Marker: next, IsTruncated: next != nil}, err
}

func (s *Server) simulate(r *Role, q request) types.EvaluationResult {
	got := s.world.identity(r, q)
	out := types.EvaluationResult{
		EvalActionName: aws.String(q.action), EvalResourceName: aws.String(q.resource),
		MatchedStatements: []types.Statement{}, MissingContextValues: s.missing(r, q),
	}
	if r.Boundary != "" {
		out.PermissionsBoundaryDecisionDetail = &types.PermissionsBoundaryDecisionDetail{AllowedByPermissionsBoundary: got.by != layerBoundary}
	}
	if o := s.world.Organization; o != nil && o.ManagementAccount != s.world.Account {
		unconditional := *o
		unconditional.Policies = nil
		for _, p := range o.Policies {
			if !hasConditions(p.Content) {
				unconditional.Policies = append(unconditional.Policies, p)
			}
		}
		w := s.world
		w.Organization = &unconditional
		above := w.above(q)
		out.OrganizationsDecisionDetail = &types.OrganizationsDecisionDetail{AllowedByOrganizations: above.decision == allowed}
		if above.decision != allowed {
			got = above
		}
	}
	out.EvalDecision = map[decision]types.PolicyEvaluationDecisionType{
		allowed:      types.PolicyEvaluationDecisionTypeAllowed,
		explicitDeny: types.PolicyEvaluationDecisionTypeExplicitDeny,
		implicitDeny: types.PolicyEvaluationDecisionTypeImplicitDeny,
	}[got.decision]
	if got.by == layerIdentity {
		for _, name := range got.matched {
			out.MatchedStatements = append(out.MatchedStatements, types.Statement{SourcePolicyId: aws.String(name), SourcePolicyType: types.PolicySourceTypeRole})
		}
	}
	return out
}

func hasConditions(d Document) bool {
	p, err := parsePolicy(d)
	if err != nil {
		return false
	}
	for _, s := range p.Statement {
		if len(s.Condition) > 0 {
			return true
		}
	}
	return false
}

// missing lists the keys that the role's policies ask for and the caller did
// not give.
func (s *Server) missing(r *Role, q request) []string {
	out := []string{}
	add := func(d Document) {
		p, err := parsePolicy(d)
		if err != nil {
			return
		}
		for _, st := range p.Statement {
			for _, keys := range st.Condition {
				for k := range keys {
					if _, ok := q.values(k); !ok && !anyOf(out, func(o string) bool { return o == k }) {
						out = append(out, k)
					}
				}
			}
		}
	}
	for _, p := range r.Inline {
		add(p.Document)
	}
	for _, arn := range r.Attached {
		if p := s.world.policy(arn); p != nil {
			add(p.Document)
		}
	}
	return out
}
