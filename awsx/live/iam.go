package live

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
)

func (c *Client) iam() *iam.Client { return iam.NewFromConfig(c.home()) }

// Provider is iam:GetSAMLProvider.
func (c *Client) Provider(ctx context.Context, arn string) (evidence.Provider, error) {
	out, err := c.iam().GetSAMLProvider(ctx, &iam.GetSAMLProviderInput{SAMLProviderArn: &arn})
	if err != nil {
		return evidence.Provider{ARN: arn}, failed("iam:GetSAMLProvider", err)
	}
	p := evidence.Provider{
		ARN: arn, UUID: aws.ToString(out.SAMLProviderUUID), Metadata: metadata.Parse([]byte(aws.ToString(out.SAMLMetadataDocument)), "iam"),
		CreateDate: aws.ToTime(out.CreateDate), ValidUntil: aws.ToTime(out.ValidUntil), EncryptionMode: string(out.AssertionEncryptionMode), Full: true,
	}
	p.Metadata.Source = "iam:GetSAMLProvider"
	for _, k := range out.PrivateKeyList {
		p.PrivateKeys = append(p.PrivateKeys, evidence.PrivateKey{ID: aws.ToString(k.KeyId), At: aws.ToTime(k.Timestamp)})
	}
	for _, t := range out.Tags {
		if p.Tags == nil {
			p.Tags = map[string]string{}
		}
		p.Tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	return p, nil
}

// Providers is iam:ListSAMLProviders.
func (c *Client) Providers(ctx context.Context) ([]evidence.ProviderName, error) {
	out, err := c.iam().ListSAMLProviders(ctx, &iam.ListSAMLProvidersInput{})
	if err != nil {
		return nil, failed("iam:ListSAMLProviders", err)
	}
	list := []evidence.ProviderName{}
	for _, p := range out.SAMLProviderList {
		list = append(list, evidence.ProviderName{ARN: aws.ToString(p.Arn), CreateDate: aws.ToTime(p.CreateDate), ValidUntil: aws.ToTime(p.ValidUntil)})
	}
	return list, nil
}

// Role is iam:GetRole. IAM is asked by name: of a role whose ARN is another
// (its path, say) the value comes with an Absent error.
func (c *Client) Role(ctx context.Context, arn string) (evidence.Role, error) {
	a, ok := endpoint.ParseARN(arn)
	if !ok {
		return evidence.Role{}, &awsx.Error{State: evidence.Failed, Op: "iam:GetRole", Message: "the assertion's role is no ARN"}
	}
	out, err := c.iam().GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String(a.Name())})
	if err != nil {
		return evidence.Role{}, failed("iam:GetRole", err)
	}
	r := roleOf(out.Role)
	r.Full = true
	if r.ARN != arn {
		return r, &awsx.Error{State: evidence.Absent, Op: "iam:GetRole", Message: "the role of that name has another ARN: " + clean(r.ARN)}
	}
	return r, nil
}

func roleOf(in *types.Role) evidence.Role {
	if in == nil {
		return evidence.Role{}
	}
	r := evidence.Role{
		ARN: aws.ToString(in.Arn), Name: aws.ToString(in.RoleName), ID: aws.ToString(in.RoleId), Path: aws.ToString(in.Path),
		Trust: awsx.PolicyText(aws.ToString(in.AssumeRolePolicyDocument)), Created: aws.ToTime(in.CreateDate),
		MaxSession: time.Duration(aws.ToInt32(in.MaxSessionDuration)) * time.Second,
	}
	if b := in.PermissionsBoundary; b != nil {
		r.Boundary = aws.ToString(b.PermissionsBoundaryArn)
	}
	if u := in.RoleLastUsed; u != nil {
		r.LastUsed, r.LastRegion = aws.ToTime(u.LastUsedDate), aws.ToString(u.Region)
	}
	return r
}

// Simulate is iam:SimulatePrincipalPolicy.
func (c *Client) Simulate(ctx context.Context, q awsx.Simulation) ([]evidence.Simulation, error) {
	in := &iam.SimulatePrincipalPolicyInput{PolicySourceArn: &q.RoleARN, ActionNames: []string{q.Action}, ResourceArns: q.Resources}
	for k, v := range q.Context {
		in.ContextEntries = append(in.ContextEntries, types.ContextEntry{
			ContextKeyName: aws.String(k), ContextKeyType: types.ContextKeyTypeEnumString, ContextKeyValues: []string{v}})
	}
	return all(pages(ctx, "iam:SimulatePrincipalPolicy", func(token *string) (b batch[evidence.Simulation], err error) {
		in.Marker = token
		out, err := c.iam().SimulatePrincipalPolicy(ctx, in)
		if err != nil {
			return b, err
		}
		for _, r := range out.EvaluationResults {
			b.rows = append(b.rows, simulationOf(r))
		}
		b.next = out.Marker
		return b, nil
	}))
}

func simulationOf(r types.EvaluationResult) evidence.Simulation {
	s := evidence.Simulation{Action: aws.ToString(r.EvalActionName), Resource: aws.ToString(r.EvalResourceName), Decision: string(r.EvalDecision)}
	if d := r.OrganizationsDecisionDetail; d != nil {
		s.AllowedByOrganizations = aws.Bool(d.AllowedByOrganizations)
	}
	if d := r.PermissionsBoundaryDecisionDetail; d != nil {
		s.AllowedByBoundary = aws.Bool(d.AllowedByPermissionsBoundary)
	}
	for _, m := range r.MatchedStatements {
		s.Matched = append(s.Matched, aws.ToString(m.SourcePolicyId))
	}
	return s
}
