package live

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go/middleware"

	"example.com/samlens/awsx"
)

// builtIn is the configuration for the built-in AWS. It is made by hand, so
// that neither profiles nor AWS_* variables have a say in it.
func builtIn(o Options, paced func(*middleware.Stack) error) aws.Config {
	region := o.Region
	if region == "" {
		region = o.Fallback
	}
	if region == "" {
		region = awsx.Home(o.Partition)
	}
	return aws.Config{
		Region: region, BaseEndpoint: aws.String(o.Endpoint),
		Credentials: credentials.NewStaticCredentialsProvider("AKIABUILTIN", "built-in", ""),
		Retryer: func() aws.Retryer {
			return retry.NewStandard(func(r *retry.StandardOptions) { r.MaxAttempts, r.MaxBackoff = o.Attempts, time.Second })
		},
		APIOptions: []func(*middleware.Stack) error{paced, bounded, PlainBodies},
	}
}
