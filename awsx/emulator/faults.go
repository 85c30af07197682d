package emulator

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/samlens/awsx/emulator/wire"
)

// before stands in front of every operation: it records the call, then lets
// faults, expired sessions, quotas and denials strike, in the order in which a
// request would meet them.
func (s *Server) before(ctx context.Context, c *wire.Call) error {
	s.mu.Lock()
	delay, err := s.strike(c)
	r := Recorded{Op: c.Name(), Region: c.Region, Input: c.Input, At: s.now()}
	if e, ok := err.(*wire.Error); ok { //nolint:errorlint // strike returns it unwrapped
		r.Code = e.Code
	}
	s.calls = append(s.calls, r)
	s.mu.Unlock()
	if delay > 0 {
		t := time.NewTimer(delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return &wire.Error{Code: "RequestTimeout", Message: "the caller went away", Status: http.StatusRequestTimeout}
		}
	}
	return err
}

func (s *Server) strike(c *wire.Call) (time.Duration, error) {
	var delay time.Duration
	n := s.count(c)
	for _, f := range s.world.Faults {
		if !f.strikes(c, n) {
			continue
		}
		delay += time.Duration(f.Delay)
		c.Cut = f.CutAfter
		if f.Code != "" {
			return delay, s.fault(c, f)
		}
	}
	if x, ok := s.sessions[c.AccessKey]; ok && !s.now().Before(x.expires) {
		return delay, s.fault(c, Fault{Code: "expired"})
	}
	if s.world.Quotas && !s.quotas.allow(c) {
		return delay, s.fault(c, Fault{Code: "throttled"})
	}
	for _, pattern := range s.world.Denied {
		if matchAction(pattern, c.Name()) && c.AccessKey != "" {
			return delay, s.fault(c, Fault{Code: "denied"})
		}
	}
	return delay, nil
}

// count numbers the calls of an operation, all regions together.
func (s *Server) count(c *wire.Call) int {
	s.counts[c.Name()]++
	return s.counts[c.Name()]
}

func (f Fault) strikes(c *wire.Call, n int) bool {
	if !matchAction(f.Op, c.Name()) || (f.Region != "" && f.Region != c.Region) {
		return false
	}
	if f.Call == 0 {
		return f.Times == 0 || n <= f.Times
	}
	return n >= f.Call && n < f.Call+cmp.Or(f.Times, 1)
}

// spelling is how a service writes the three faults that all have.
type spelling struct{ throttled, denied, expired string }

var spellings = map[string]spelling{
	"iam":             {"Throttling", "AccessDenied", "ExpiredToken"},
	"sts":             {"Throttling", "AccessDenied", "ExpiredToken"},
	"organizations":   {"TooManyRequestsException", "AccessDeniedException", "ExpiredTokenException"},
	"account":         {"TooManyRequestsException", "AccessDeniedException", "ExpiredTokenException"},
	"cloudtrail":      {"ThrottlingException", "AccessDeniedException", "ExpiredTokenException"},
	"connect":         {"ThrottlingException", "AccessDeniedException", "ExpiredTokenException"},
	"access-analyzer": {"ThrottlingException", "AccessDeniedException", "ExpiredTokenException"},
	"sso":             {"ThrottlingException", "AccessDeniedException", "ExpiredTokenException"},
	"identitystore":   {"ThrottlingException", "AccessDeniedException", "ExpiredTokenException"},
}

func (s *Server) fault(c *wire.Call, f Fault) error {
	e := &wire.Error{Code: f.Code, Message: f.Message, Status: f.Status}
	sp := spellings[c.Service]
	switch f.Code {
	case "throttled":
		e.Code = sp.throttled
		e.Message = cmp.Or(f.Message, "Rate exceeded")
	case "expired":
		e.Code = sp.expired
		e.Message = cmp.Or(f.Message, "The security token included in the request is expired")
	case "denied":
		e.Code = sp.denied
		e.Message = cmp.Or(f.Message, s.deniedText(c))
	case "AccessDenied", "AccessDeniedException":
		e.Message = cmp.Or(f.Message, s.deniedText(c))
	}
	return e
}

// deniedText is AWS's sentence for a caller whose policies lack an action.
func (s *Server) deniedText(c *wire.Call) string {
	return fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action",
		s.callerARN(c), c.Name(), s.resource(c), c.Name())
}

// callerARN is who the access key belongs to.
func (s *Server) callerARN(c *wire.Call) string {
	if x, ok := s.sessions[c.AccessKey]; ok {
		return x.arn
	}
	return s.world.Caller.ARN
}

// resource is the ARN that a call is about, where its input tells.
func (s *Server) resource(c *wire.Call) string {
	member := func(name string) string {
		v := reflect.Indirect(reflect.ValueOf(c.Input))
		if v.Kind() != reflect.Struct {
			return ""
		}
		if p, ok := fieldOf(v, name).(*string); ok {
			return aws.ToString(p)
		}
		return ""
	}
	for _, name := range []string{"SAMLProviderArn", "PolicyArn", "PolicySourceArn", "AnalyzerArn", "ApplicationArn", "RoleArn"} {
		if v := member(name); v != "" {
			return v
		}
	}
	w := &s.world
	if v := member("RoleName"); v != "" {
		return w.arn("iam", "", "role/"+v)
	}
	if v := member("InstanceId"); v != "" {
		region := cmp.Or(c.Region, w.Region)
		return w.arn("connect", region, "instance/"+strings.TrimPrefix(v, w.arn("connect", region, "instance/")))
	}
	return "*"
}

func fieldOf(v reflect.Value, name string) any {
	if f := v.FieldByName(name); f.IsValid() {
		return f.Interface()
	}
	return nil
}
