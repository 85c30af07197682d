package live

import (
	"cmp"
	"context"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// Options say how to reach AWS. The zero Options take everything from the
// environment and the shared configuration, as the AWS CLI does.
type Options struct {
	Profile  string // --profile
	Region   string // --region
	Endpoint string // --endpoint-url, for every service
	// Partition is the sign-in's, and Fallback the Region to use where neither
	// Region nor the configuration names one.
	Partition endpoint.Partition
	Fallback  string
	// Share is the part of AWS's request rates to use; 0 means all of it.
	Share float64
	// Unpaced asks as fast as answers come: Endpoint is no AWS whose rates
	// others live on.
	Unpaced bool
	// Attempts is how often one request is tried; 0 means as often as the
	// AWS configuration says (AWS_MAX_ATTEMPTS, max_attempts), else 5.
	Attempts int
	// BuiltIn asks the built-in AWS at Endpoint, with keys that are no secret:
	// nothing of this machine's AWS configuration is read.
	BuiltIn bool
}

// Client answers awsx.API by the SDK's clients.
type Client struct {
	cfg  aws.Config
	opts Options
	pace *awsx.Pace
}

var _ awsx.API = (*Client)(nil)

// Open reads the configuration. It asks nobody anything yet: credentials are
// resolved by the first call.
func Open(ctx context.Context, o Options) (*Client, error) {
	c := &Client{opts: o, pace: &awsx.Pace{Share: o.Share}}
	if o.Unpaced {
		c.pace = nil
	}
	load := []func(*config.LoadOptions) error{
		// The SDK's remarks would land in the middle of the screen.
		config.WithLogger(logging.Nop{}),
		config.WithAPIOptions([]func(*middleware.Stack) error{c.paced, bounded, PlainBodies}),
	}
	if o.BuiltIn {
		c.pace = nil // nobody else needs its rates
		c.cfg = builtIn(o, c.paced)
		return c, nil
	}
	if o.Profile != "" {
		load = append(load, config.WithSharedConfigProfile(o.Profile))
	}
	if o.Region != "" {
		load = append(load, config.WithRegion(o.Region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return nil, &awsx.Error{State: evidence.Failed, Op: "the AWS configuration", Code: "NoCredentials", Message: clean(err.Error()),
			Hint: "check the profile, or sign in with aws sso login"}
	}
	attempts := cmp.Or(o.Attempts, cfg.RetryMaxAttempts, 5)
	cfg.RetryMaxAttempts = 0 // it would be laid over the retryer's
	cfg.Retryer = func() aws.Retryer { return retryer(attempts, 5*time.Second) }
	if o.Endpoint != "" {
		cfg.BaseEndpoint = aws.String(o.Endpoint)
	}
	if cfg.Region == "" {
		cfg.Region = o.Fallback
	}
	if cfg.Region == "" {
		cfg.Region = awsx.Home(o.Partition)
	}
	if cfg.Credentials != nil {
		cfg.Credentials = aws.NewCredentialsCache(silent{cfg.Credentials})
	}
	c.cfg = cfg
	return c, nil
}

// Region is the Region that the configuration settled on.
func (c *Client) Region() string { return c.cfg.Region }

// Endpoint is the endpoint that stands in AWS's place; "" for AWS itself.
func (c *Client) Endpoint() string {
	if c.opts.Endpoint != "" {
		return c.opts.Endpoint
	}
	return os.Getenv("AWS_ENDPOINT_URL")
}

// in is the configuration for a Region.
func (c *Client) in(region string) aws.Config {
	cfg := c.cfg
	if region != "" {
		cfg.Region = region
	}
	return cfg
}

// home is the configuration for services that live once in a partition: that
// of the sign-in, else of the configured Region.
func (c *Client) home() aws.Config {
	p := c.opts.Partition
	if p == "" {
		p = endpoint.Of(c.cfg.Region)
	}
	return c.in(awsx.Home(p))
}

// credentialWait bounds how long credentials may take to resolve: a program or
// a browser that waits for somebody has no place here.
const credentialWait = 15 * time.Second

// silent resolves credentials in bounded time and marks their errors.
type silent struct{ aws.CredentialsProvider }

// credentialError tells errors of the credentials from those of a call.
type credentialError struct{ err error }

func (e *credentialError) Error() string { return e.err.Error() }
func (e *credentialError) Unwrap() error { return e.err }

// Retrieve is the wrapped provider's.
func (s silent) Retrieve(ctx context.Context) (aws.Credentials, error) {
	ctx, cancel := context.WithTimeout(ctx, credentialWait)
	defer cancel()
	v, err := s.CredentialsProvider.Retrieve(ctx)
	if err != nil {
		return v, &credentialError{err}
	}
	return v, nil
}
