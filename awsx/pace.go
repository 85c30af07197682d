package awsx

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A Quota is a request rate that AWS allows one account in one Region.
type Quota struct {
	Name string
	// PerSecond and Burst are as published, or our own choice where
	// Published is "".
	PerSecond float64
	Burst     int
	Published string // the page that says so
}

// Quotas returns the quotas that pacing keeps to, most particular first.
func Quotas() []Quota {
	return []Quota{
		{"cloudtrail:LookupEvents", 2, 1, "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html"},
		// A bucket for each operation, shared by all instances and callers.
		{"connect:", 2, 5, "https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html"},
		{"sso:", 20, 20, "https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html"},
		// IAM and Organizations publish no rates; these leave room for others.
		{"iam:", 10, 10, ""},
		{"organizations:", 5, 5, ""},
	}
}

// margin is the part of a quota that is used at most. Requests do not arrive as
// evenly as they leave: at the full rate one that was quick on its way would be
// refused. For the same reason one of a burst is kept back: the first request,
// which has to connect, arrives late, and AWS's bucket fills from then on.
const margin = 0.95

// A Pace makes calls keep to [Quotas], each operation and Region on its own.
// The zero Pace is ready, a nil one never waits; it may be used from
// several goroutines.
type Pace struct {
	// Share is the part of a quota to use, so that the contact centre's own
	// calls have room; 0 means all of it.
	Share float64

	mu sync.Mutex
	m  map[string]*rate.Limiter
}

// Wait waits until a call such as "connect:ListUsers" may be made in a Region,
// and returns how long it waited. It fails only where ctx ends first.
func (p *Pace) Wait(ctx context.Context, call, region string) (time.Duration, error) {
	if p == nil {
		return 0, ctx.Err()
	}
	l := p.limiter(call, region)
	if l == nil {
		return 0, ctx.Err()
	}
	began := time.Now()
	err := l.Wait(ctx)
	return time.Since(began), err
}

func (p *Pace) limiter(call, region string) *rate.Limiter {
	for _, q := range Quotas() {
		if call != q.Name && (!strings.HasSuffix(q.Name, ":") || !strings.HasPrefix(call, q.Name)) {
			continue
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.m == nil {
			p.m = map[string]*rate.Limiter{}
		}
		k := call + "@" + region
		if p.m[k] == nil {
			share := p.Share
			if share <= 0 || share > 1 {
				share = 1
			}
			p.m[k] = rate.NewLimiter(rate.Limit(q.PerSecond*margin*share), max(1, q.Burst-1))
		}
		return p.m[k]
	}
	return nil
}
