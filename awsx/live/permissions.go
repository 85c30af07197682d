package live

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"golang.org/x/sync/errgroup"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// Permissions reads a role's inline policies, attached policies and boundary,
// each in its default version. A document that may not be read leaves the
// others.
func (c *Client) Permissions(ctx context.Context, r evidence.Role) ([]evidence.Policy, error) {
	api := c.iam()
	found, errList := all(pages(ctx, "iam:ListAttachedRolePolicies", func(token *string) (b batch[evidence.Policy], err error) {
		out, err := api.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &r.Name, Marker: token})
		if err != nil {
			return b, err
		}
		for _, p := range out.AttachedPolicies {
			b.rows = append(b.rows, evidence.Policy{Name: aws.ToString(p.PolicyName), ARN: aws.ToString(p.PolicyArn), Kind: evidence.Managed})
		}
		b.next = out.Marker
		return b, nil
	}))
	names, errInline := all(pages(ctx, "iam:ListRolePolicies", func(token *string) (b batch[string], err error) {
		out, err := api.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &r.Name, Marker: token})
		if err != nil {
			return b, err
		}
		return batch[string]{rows: out.PolicyNames, next: out.Marker}, nil
	}))
	for _, n := range names {
		found = append(found, evidence.Policy{Name: n, Kind: evidence.Inline})
	}
	if r.Boundary != "" {
		a, _ := endpoint.ParseARN(r.Boundary)
		found = append(found, evidence.Policy{Name: a.Name(), ARN: r.Boundary, Kind: evidence.Boundary})
	}
	errs := make([]error, len(found))
	var g errgroup.Group
	g.SetLimit(4)
	for i := range found {
		g.Go(func() error {
			errs[i] = readDocument(ctx, api, r.Name, &found[i])
			return nil
		})
	}
	_ = g.Wait() // each error is kept with its policy
	read := []evidence.Policy{}
	for i, p := range found {
		if errs[i] == nil {
			read = append(read, p)
		}
	}
	for _, err := range append([]error{errList, errInline}, errs...) {
		if err != nil {
			return read, err
		}
	}
	return read, nil
}

// readDocument reads one policy's document.
func readDocument(ctx context.Context, api *iam.Client, role string, p *evidence.Policy) error {
	if p.Kind == evidence.Inline {
		out, err := api.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &role, PolicyName: &p.Name})
		if err != nil {
			return failed("iam:GetRolePolicy", err)
		}
		p.Document, p.Source = awsx.PolicyText(aws.ToString(out.PolicyDocument)), "iam:GetRolePolicy"
		return nil
	}
	got, err := api.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &p.ARN})
	if err != nil {
		return failed("iam:GetPolicy", err)
	}
	if got.Policy != nil {
		p.Version = aws.ToString(got.Policy.DefaultVersionId)
	}
	out, err := api.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: &p.ARN, VersionId: &p.Version})
	if err != nil {
		return failed("iam:GetPolicyVersion", err)
	}
	if out.PolicyVersion != nil {
		p.Document = awsx.PolicyText(aws.ToString(out.PolicyVersion.Document))
	}
	p.Source = "iam:GetPolicyVersion"
	return nil
}

// Roles lists the account's roles whose trust policy names a SAML provider.
// ListRoles leaves boundary and last use out, so that they are not Full.
func (c *Client) Roles(ctx context.Context) awsx.Pages[evidence.Role] {
	api := c.iam()
	return pages(ctx, "iam:ListRoles", func(token *string) (b batch[evidence.Role], err error) {
		out, err := api.ListRoles(ctx, &iam.ListRolesInput{Marker: token, MaxItems: aws.Int32(1000)})
		if err != nil {
			return b, err
		}
		for i := range out.Roles {
			if r := roleOf(&out.Roles[i]); strings.Contains(r.Trust, ":saml-provider/") {
				b.rows = append(b.rows, r)
			}
		}
		b.next = out.Marker
		return b, nil
	})
}
