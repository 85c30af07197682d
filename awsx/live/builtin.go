package live

import (
	"cmp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
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
		Retryer:     func() aws.Retryer { return retryer(cmp.Or(o.Attempts, 5), time.Second) },
		APIOptions:  []func(*middleware.Stack) error{paced, bounded, PlainBodies},
	}
}
