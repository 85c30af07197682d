package live

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"syscall"
	"testing"
	"time"

	smithy "github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// TestWhereNobodyIsIsNotAskedAgain: what cannot be reached ends at once, what
// may be better a moment later is tried again.
func TestWhereNobodyIsIsNotAskedAgain(t *testing.T) {
	sent := func(err error) error {
		return &smithyhttp.RequestSendError{Err: &url.Error{Op: "Post", URL: "https://sts.amazonaws.com/", Err: err}}
	}
	dial := func(no syscall.Errno) error {
		return sent(&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", no)})
	}
	for name, x := range map[string]struct {
		err   error
		again bool
	}{
		"refused":     {dial(syscall.ECONNREFUSED), false},
		"no route":    {dial(syscall.EHOSTUNREACH), false},
		"no network":  {dial(syscall.ENETUNREACH), false},
		"no such":     {sent(&net.DNSError{Err: "no such host", Name: "sts.amazonaws.com", IsNotFound: true}), false},
		"no resolver": {sent(&net.DNSError{Err: "server misbehaving", Name: "sts.amazonaws.com", IsTemporary: true}), true},
		"reset":       {sent(&net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}), true},
		"throttled":   {&smithy.GenericAPIError{Code: "ThrottlingException"}, true},
		"denied":      {&smithy.GenericAPIError{Code: "AccessDenied"}, false},
	} {
		if got := retryer(5, time.Second).IsErrorRetryable(fmt.Errorf("operation error STS: %w", x.err)); got != x.again {
			t.Errorf("%s: tried again %v, want %v", name, got, x.again)
		}
	}
}

// TestAttemptsAreTheOwnersChoice: AWS's own variable is heard.
func TestAttemptsAreTheOwnersChoice(t *testing.T) {
	t.Setenv("AWS_MAX_ATTEMPTS", "2")
	for given, want := range map[int]int{0: 2, 3: 3} {
		c, err := Open(t.Context(), Options{Endpoint: "http://127.0.0.1:1", Attempts: given})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.cfg.Retryer().MaxAttempts(); got != want {
			t.Errorf("with %d given: %d attempts, want %d", given, got, want)
		}
	}
}
