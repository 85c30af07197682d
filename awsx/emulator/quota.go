package emulator

import (
	"golang.org/x/time/rate"

	"example.com/samlens/awsx/emulator/wire"
)

// quotas hold one bucket for each operation and region, on the wall's clock:
// pacing is about real time even where the world's clock stands still.
type quotas struct{ buckets map[string]*rate.Limiter }

func newQuotas() *quotas { return &quotas{buckets: map[string]*rate.Limiter{}} }

// allow reports whether a call is within the account's rate. Connect's default
// is 2 a second with bursts of 5 per operation, account and region;
// LookupEvents has 2 a second per account and region. Rates of the others are
// not published and not imitated.
func (q *quotas) allow(c *wire.Call) bool {
	burst := 0
	switch {
	case c.Service == "connect":
		burst = 5
	case c.Name() == "cloudtrail:LookupEvents":
		burst = 2
	default:
		return true
	}
	key := c.Name() + "/" + c.Region
	l := q.buckets[key]
	if l == nil {
		l = rate.NewLimiter(2, burst)
		q.buckets[key] = l
	}
	return l.Allow()
}
