package live

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// maxLevels bounds the way to the root: AWS allows five levels of units.
const maxLevels = 10

// Guardrails walks from the account to the root and reads the service and
// resource control policies attached on the way. They bind no management
// account: of that there are none.
func (c *Client) Guardrails(ctx context.Context, account string) ([]evidence.Guardrail, error) {
	w := guardrails{api: organizations.NewFromConfig(c.home()), documents: map[string]string{}, found: []evidence.Guardrail{}}
	org, err := w.api.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
	if none := new(types.AWSOrganizationsNotInUseException); errors.As(err, &none) {
		return w.found, failed("organizations:DescribeOrganization", err)
	}
	if err == nil && org.Organization != nil && aws.ToString(org.Organization.MasterAccountId) == account {
		return w.found, nil
	}
	target := account
	for range maxLevels {
		for _, kind := range []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy} {
			if err := w.attached(ctx, target, kind); err != nil {
				return w.found, err
			}
		}
		out, err := w.api.ListParents(ctx, &organizations.ListParentsInput{ChildId: &target})
		if err != nil {
			return w.found, failed("organizations:ListParents", err)
		}
		if len(out.Parents) == 0 {
			break
		}
		target = aws.ToString(out.Parents[0].Id)
		if out.Parents[0].Type == types.ParentTypeRoot {
			for _, kind := range []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy} {
				if err := w.attached(ctx, target, kind); err != nil {
					return w.found, err
				}
			}
			break
		}
	}
	return w.found, nil
}

type guardrails struct {
	api       *organizations.Client
	documents map[string]string // by policy ID
	found     []evidence.Guardrail
}

// attached reads the policies of one kind that are attached to a target.
func (w *guardrails) attached(ctx context.Context, target string, kind types.PolicyType) error {
	list, err := all(pages(ctx, "organizations:ListPoliciesForTarget", func(token *string) (b batch[types.PolicySummary], err error) {
		out, err := w.api.ListPoliciesForTarget(ctx, &organizations.ListPoliciesForTargetInput{TargetId: &target, Filter: kind, NextToken: token})
		if err != nil {
			return b, err
		}
		return batch[types.PolicySummary]{rows: out.Policies, next: out.NextToken}, nil
	}))
	if err != nil {
		// A kind of policy that the organization has not switched on is none.
		if own := new(awsx.Error); errors.As(err, &own) && own.Code == "PolicyTypeNotEnabledException" {
			return nil
		}
		return err
	}
	for _, p := range list {
		id := aws.ToString(p.Id)
		if _, ok := w.documents[id]; !ok {
			out, err := w.api.DescribePolicy(ctx, &organizations.DescribePolicyInput{PolicyId: &id})
			if err != nil {
				return failed("organizations:DescribePolicy", err)
			}
			if out.Policy != nil {
				w.documents[id] = awsx.PolicyText(aws.ToString(out.Policy.Content))
			}
		}
		short := map[types.PolicyType]string{types.PolicyTypeServiceControlPolicy: "SCP", types.PolicyTypeResourceControlPolicy: "RCP"}[kind]
		w.found = append(w.found, evidence.Guardrail{ID: id, Name: aws.ToString(p.Name), Kind: short, Target: target, Document: w.documents[id]})
	}
	return nil
}
