package live

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// maxAge is how old an assertion STS takes: it "must be redeemed within 5
// minutes of issuance".
const maxAge = 5 * time.Minute

// AskSTS sends an assertion to STS AssumeRoleWithSAML and returns what AWS says
// to it. It is the only call of this program that is more than a question: it
// makes a session, whose credentials are dropped here unread. It refuses an
// assertion older than five minutes, which could not be taken any more and of
// which AWS's answer would tell nothing.
//
// The call carries no credentials of ours, so that it may be made by anyone.
func (c *Client) AskSTS(ctx context.Context, a awsx.Assertion, now time.Time) (awsx.Answer, error) {
	const op = "sts:AssumeRoleWithSAML"
	refuse := func(why string) (awsx.Answer, error) {
		return awsx.Answer{}, &awsx.Error{State: evidence.Failed, Op: op, Message: why}
	}
	switch age := now.Sub(a.Issued); {
	case a.Issued.IsZero():
		return refuse("not asked: the assertion does not say when it was issued")
	case age > maxAge:
		return refuse(fmt.Sprintf("not asked: the assertion was issued %s ago, and STS takes it for five minutes only; capture the sign-in again", age.Round(time.Second)))
	case a.Response == "" || a.RoleARN == "" || a.ProviderARN == "":
		return refuse("not asked: the assertion or its role pair is missing")
	}
	cfg := c.in(a.Region)
	cfg.Credentials = aws.AnonymousCredentials{}
	out, err := sts.NewFromConfig(cfg).AssumeRoleWithSAML(ctx, &sts.AssumeRoleWithSAMLInput{
		SAMLAssertion: &a.Response, RoleArn: &a.RoleARN, PrincipalArn: &a.ProviderARN, DurationSeconds: aws.Int32(900),
	})
	if err != nil {
		return awsx.Answer{}, failed(op, err)
	}
	out.Credentials = nil
	r := awsx.Answer{
		Issuer: aws.ToString(out.Issuer), Audience: aws.ToString(out.Audience), Subject: aws.ToString(out.Subject),
		SubjectType: aws.ToString(out.SubjectType), NameQualifier: aws.ToString(out.NameQualifier), SourceIdentity: aws.ToString(out.SourceIdentity),
	}
	if u := out.AssumedRoleUser; u != nil {
		r.SessionARN, r.SessionID = aws.ToString(u.Arn), aws.ToString(u.AssumedRoleId)
	}
	return r, nil
}
