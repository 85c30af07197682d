package awsx

import (
	"context"
	"time"

	"example.com/samlens/diag/evidence"
)

// A Lookup settles one need.
type Lookup struct {
	// Name is the call that answers it: "connect:SearchUsers".
	Name string
	// Title is what it asks for, in an engineer's words.
	Title string
	// Gives is the evidence it settles, After what it reads first.
	Gives, After evidence.Need
	// AtOnce tells, for a lookup that waits for After only to learn what to
	// ask about, that this sign-in tells it already; then only the identity
	// is waited for. Nil: never.
	AtOnce func(Subject) bool
	// Takes are the permissions of its calls.
	Takes []Permission
	// Run asks. It emits what is known so far after each page; the last thing
	// it emits is what the lookup has found. It returns an *Error or a *Skip.
	Run func(ctx context.Context, api API, q Question, emit Emit) error
}

// A Question is what a lookup runs on.
type Question struct {
	Case    evidence.Case
	Subject Subject
}

// Emit takes what a lookup has learned so far.
type Emit func(evidence.Live, Progress)

// Progress is how far a lookup is.
type Progress struct {
	Pages, Rows int
	// Total is about how many rows there are; 0 where unknown.
	Total int
	// Left is about how long the rest takes; negative where unknown.
	Left time.Duration
}

// A Skip says why a lookup has nothing to ask about. It is no failure: the
// fact stays Unasked.
type Skip struct{ Why string }

// Error is the reason.
func (s *Skip) Error() string { return s.Why }

// A Permission is an IAM action with the resources that it is needed on.
type Permission struct {
	Action string
	// Resource is an ARN with {partition}, {account}, {region}, {provider},
	// {role} and {instance} to fill in, or "*".
	Resource string
}

// Find returns the lookup that settles a need; nil where no call does.
func Find(n evidence.Need) *Lookup {
	for _, l := range Lookups() {
		if l.Gives.Has(n) {
			return l
		}
	}
	return nil
}

// Due returns the lookups whose answer the case does not have yet. Whose
// credentials are at hand is asked even where a file says whose they once were:
// it is the present ones that the others will use.
func Due(c evidence.Case, among []*Lookup) (out []*Lookup) {
	for _, l := range among {
		elsewhere := l.Gives.Has(evidence.NeedIdentity) && c.Live.Identity.Source != l.Name
		if elsewhere || !c.Seen().Has(l.Gives) {
			out = append(out, l)
		}
	}
	return out
}
