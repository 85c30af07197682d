package trail

import (
	"cmp"
	"slices"
	"time"

	"example.com/samlens/diag/evidence"
)

// maxBuckets bounds a series; a longer one gets wider buckets.
const maxBuckets = 10_000

// A Bucket counts the sign-ins of one stretch of time, [Start, Start+width).
type Bucket struct {
	Start      time.Time
	OK, Failed int
}

// Series counts successes and failures of AssumeRoleWithSAML over time, in
// buckets of the given width, oldest first and without gaps. Buckets begin at
// whole multiples of the width. Where the span is too long for the width, the
// width is doubled until it fits; it returns the width used.
func Series(events []evidence.TrailEvent, width time.Duration) ([]Bucket, time.Duration) {
	es := federations(events)
	if len(es) == 0 {
		return nil, width
	}
	width = max(width, time.Second)
	from, to := es[0].Time, es[len(es)-1].Time
	for to.Sub(from.Truncate(width))/width >= maxBuckets {
		width *= 2
	}
	from = from.Truncate(width)
	out := make([]Bucket, to.Sub(from)/width+1)
	for i := range out {
		out[i].Start = from.Add(time.Duration(i) * width)
	}
	for _, e := range es {
		b := &out[e.Time.Sub(from)/width]
		if e.Failed {
			b.Failed++
		} else {
			b.OK++
		}
	}
	return out, width
}

// federations returns the AssumeRoleWithSAML events that have a time, oldest
// first.
func federations(events []evidence.TrailEvent) []evidence.TrailEvent {
	var out []evidence.TrailEvent
	for _, e := range events {
		if e.Name == "AssumeRoleWithSAML" && !e.Time.IsZero() {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.TrailEvent) int { return a.Time.Compare(b.Time) })
	return out
}

// By is what events are grouped by.
type By string

// The groupings, as the screens name them.
const (
	ByError    By = "error"
	ByUser     By = "user"
	ByRole     By = "role"
	ByProvider By = "provider"
	ByAddress  By = "address"
)

// Groupings are all groupings in the order in which they are offered.
func Groupings() []By { return []By{ByError, ByUser, ByRole, ByProvider, ByAddress} }

// A Count is one group of events.
type Count struct {
	Key         string // "" for events that do not tell
	All, Failed int
	Users       int // different users among them
	First, Last time.Time
}

// Group counts events by one of their traits, those with most failures first.
// Grouped by error, only failures are counted.
func Group(events []evidence.TrailEvent, by By) []Count {
	type acc struct {
		Count
		users map[string]bool
	}
	m := map[string]*acc{}
	for _, e := range events {
		if by == ByError && !e.Failed {
			continue
		}
		k := Key(e, by)
		a := m[k]
		if a == nil {
			a = &acc{Count: Count{Key: k, First: e.Time, Last: e.Time}, users: map[string]bool{}}
			m[k] = a
		}
		a.All++
		if e.Failed {
			a.Failed++
		}
		if u := User(e); u != "" {
			a.users[u] = true
		}
		if e.Time.Before(a.First) {
			a.First = e.Time
		}
		if e.Time.After(a.Last) {
			a.Last = e.Time
		}
	}
	out := make([]Count, 0, len(m))
	for _, a := range m {
		a.Users = len(a.users)
		out = append(out, a.Count)
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Failed, a.Failed), cmp.Compare(b.All, a.All), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// Key returns the trait of an event that By groups by.
func Key(e evidence.TrailEvent, by By) string {
	switch by {
	case ByError:
		switch {
		case e.ErrorCode != "" && e.ErrorMessage != "":
			return e.ErrorCode + ": " + e.ErrorMessage
		case e.ErrorCode == "" && e.ErrorMessage == "" && e.Failed:
			return "Failure"
		}
		return first(e.ErrorCode, e.ErrorMessage)
	case ByUser:
		return User(e)
	case ByRole:
		return e.RoleARN
	case ByProvider:
		return first(e.ProviderARN, e.NameQualifier)
	case ByAddress:
		return e.SourceIP
	}
	return ""
}

// User returns who signed in: the role session name, else the NameID, else
// whoever the event names.
func User(e evidence.TrailEvent) string {
	return first(e.SessionName, e.NameID, e.Actor)
}
