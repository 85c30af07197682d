package trail

import (
	"cmp"
	"slices"
	"time"

	"example.com/samlens/diag/evidence"
)

const (
	// fewestBefore is how many successes there have to be before their
	// absence means anything.
	fewestBefore = 3
	// fewestAfter is how many failures without a success make an outage.
	fewestAfter = 3
	// quietTimes is how many usual gaps long a silence has to be.
	quietTimes = 10
)

// An Outage is a stretch from some moment to the end of the events in which
// no sign-in through one provider succeeded, although they did before.
type Outage struct {
	// Provider is the provider's ARN, or the name qualifier where events
	// name no provider.
	Provider string
	LastGood evidence.TrailEvent
	// FirstBad is the first failure after LastGood; the zero event of a
	// Silent outage.
	FirstBad evidence.TrailEvent
	// Before is how many sign-ins succeeded before; Failures how many
	// failed since.
	Before, Failures int
	// Users are those who failed since, most failures first; Roles the roles
	// they asked for.
	Users, Roles []string
	// Errors are the errors since, most frequent first.
	Errors []Count
	// Silent tells that successes stopped and no failures are logged, as
	// happens where requests are not valid enough for AWS to log. It is a
	// matter of likelihood: Usual is the median gap between successes.
	Silent bool
	Usual  time.Duration
}

// Outages finds the providers whose successes have fallen to zero, the
// longest-standing first. until is the end of the time that the events cover:
// a silence up to it counts. The zero time takes the last event's.
func Outages(events []evidence.TrailEvent, until time.Time) []Outage {
	es := federations(events)
	if len(es) == 0 {
		return nil
	}
	if last := es[len(es)-1].Time; until.Before(last) {
		until = last
	}
	per := map[string][]evidence.TrailEvent{}
	for _, e := range es {
		k := Key(e, ByProvider)
		per[k] = append(per[k], e)
	}
	var out []Outage
	for p, es := range per {
		if o, ok := outage(p, es, until); ok {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Outage) int {
		return cmp.Or(a.LastGood.Time.Compare(b.LastGood.Time), cmp.Compare(a.Provider, b.Provider))
	})
	return out
}

// outage judges the sign-ins of one provider, oldest first.
func outage(provider string, es []evidence.TrailEvent, until time.Time) (Outage, bool) {
	o := Outage{Provider: provider}
	last := -1
	var good []time.Time
	for i, e := range es {
		if !e.Failed {
			last = i
			good = append(good, e.Time)
		}
	}
	o.Before = len(good)
	if last < 0 || o.Before < fewestBefore {
		return o, false
	}
	o.LastGood, o.Usual = es[last], median(good)
	after := es[last+1:]
	o.Failures = len(after)
	if len(after) > 0 {
		o.FirstBad = after[0]
		o.Errors = Group(after, ByError)
		o.Users, o.Roles = keys(after, ByUser), keys(after, ByRole)
	}
	if o.Failures >= fewestAfter {
		return o, true
	}
	quiet := until.Sub(o.LastGood.Time)
	o.Silent = o.Failures == 0 && o.Before >= quietTimes && o.Usual > 0 && quiet > quietTimes*o.Usual
	return o, o.Silent
}

func keys(es []evidence.TrailEvent, by By) []string {
	var out []string
	for _, c := range Group(es, by) {
		if c.Key != "" {
			out = append(out, c.Key)
		}
	}
	return out
}

// median returns the median gap between successive times; 0 for fewer than
// two.
func median(ts []time.Time) time.Duration {
	if len(ts) < 2 {
		return 0
	}
	gaps := make([]time.Duration, len(ts)-1)
	for i := range gaps {
		gaps[i] = ts[i+1].Sub(ts[i])
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// A Blast is how far failures reach.
type Blast struct {
	// Failing are the users whose last sign-in failed, Seen is how many
	// users there are at all.
	Failing []string
	Seen    int
	// Roles and Providers are those of failing users.
	Roles, Providers []string
}

// BlastRadius counts, over the AssumeRoleWithSAML events since a time, whose
// last attempt failed. The zero time takes all.
func BlastRadius(events []evidence.TrailEvent, since time.Time) Blast {
	var b Blast
	lastOf := map[string]evidence.TrailEvent{}
	for _, e := range federations(events) {
		if u := User(e); u != "" && !e.Time.Before(since) {
			lastOf[u] = e
		}
	}
	b.Seen = len(lastOf)
	var failing []evidence.TrailEvent
	for u, e := range lastOf {
		if e.Failed {
			b.Failing = append(b.Failing, u)
			failing = append(failing, e)
		}
	}
	slices.Sort(b.Failing)
	b.Roles, b.Providers = keys(failing, ByRole), keys(failing, ByProvider)
	return b
}
