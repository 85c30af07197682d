package live

import (
	"errors"
	"net"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// retryer tries a request a number of times. What cannot be reached at all is
// not tried again: without a network, or behind a proxy that nobody set, the
// answer has to come while somebody waits for it.
func retryer(attempts int, backoff time.Duration) aws.Retryer {
	return retry.NewStandard(func(r *retry.StandardOptions) {
		r.MaxAttempts, r.MaxBackoff = attempts, backoff
		r.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(reachable)}, r.Retryables...)
	})
}

// reachable says no to errors of an address where nobody is, and nothing of
// others.
func reachable(err error) aws.Ternary {
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return aws.FalseTernary
	}
	for _, gone := range []error{syscall.ECONNREFUSED, syscall.ENETUNREACH, syscall.EHOSTUNREACH} {
		if errors.Is(err, gone) {
			return aws.FalseTernary
		}
	}
	return aws.UnknownTernary
}
