package emulator

import (
	"cmp"
	"context"
	"errors"
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
	if e := new(wire.Error); errors.As(err, &e) {
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
	for _, f := range s.world.Faults {
		if !f.meets(c) {
			continue
		}
		s.met[f]++
		if !f.strikes(s.met[f]) {
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
	if action, yes := s.denied(c); yes {
		return delay, s.fault(c, Fault{Code: "denied", Message: s.deniedText(c, action)})
	}
	return delay, nil
}

func (f Fault) meets(c *wire.Call) bool {
	return matchAction(f.Op, c.Name()) && (f.Region == "" || f.Region == c.Region)
}

// strikes reports whether the n-th call that a fault meets is one it strikes.
func (f Fault) strikes(n int) bool {
	switch {
	case f.Call == 0:
		return f.Times <= 0 || n <= f.Times
	case f.Times < 0:
		return n >= f.Call
	}
	return n >= f.Call && n < f.Call+cmp.Or(f.Times, 1)
}

// dependent lists the permissions that an operation takes besides, or instead
// of, the one that has its name, as the service authorization reference has it.
var dependent = map[string][]string{
	"connect:ListInstances":          {"connect:ListInstances", "ds:DescribeDirectories"},
	"connect:DescribeInstance":       {"connect:DescribeInstance", "ds:DescribeDirectories"},
	"connect:SearchUsers":            {"connect:SearchUsers", "connect:DescribeUser", "connect:ListUserProficiencies"},
	"access-analyzer:ListFindingsV2": {"access-analyzer:ListFindings"},
	"access-analyzer:GetFindingV2":   {"access-analyzer:GetFinding"},
}

// denied is the first permission of a call that the caller lacks, if any.
// Unsigned calls and GetCallerIdentity take none.
func (s *Server) denied(c *wire.Call) (action string, yes bool) {
	if c.AccessKey == "" || c.Name() == "sts:GetCallerIdentity" {
		return "", false
	}
	needed, ok := dependent[c.Name()]
	if !ok {
		needed = []string{c.Name()}
	}
	for _, action := range needed {
		for _, pattern := range s.world.Denied {
			if matchAction(pattern, action) {
				return action, true
			}
		}
	}
	return "", false
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
		e.Message = cmp.Or(f.Message, s.deniedText(c, c.Name()))
	case "AccessDenied", "AccessDeniedException":
		e.Message = cmp.Or(f.Message, s.deniedText(c, c.Name()))
	}
	return e
}

// deniedText is AWS's sentence for a caller whose policies lack an action.
func (s *Server) deniedText(c *wire.Call, action string) string {
	return fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action",
		s.callerARN(c), action, s.resource(c), action)
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
