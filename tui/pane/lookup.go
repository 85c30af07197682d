package pane

import (
	"errors"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// A Lookup is one question to AWS and how far its answer has come, for those
// who draw it.
type Lookup struct {
	*awsx.Lookup
	State    LookupState
	Progress awsx.Progress
	// Took is how long it took, or, while it runs, had taken at its last
	// page; Began is when it did, zero where no clock tells.
	Took  time.Duration
	Began time.Time
	Err   error // why there is no answer, or not all of it
}

// LookupState is how far a lookup is.
type LookupState uint8

// The states of a lookup.
const (
	Waiting LookupState = iota // for what it reads first
	Running
	Done
	Skipped // there was nothing to ask about
	Denied
	Failed
)

// Advance returns l after an event.
func (l Lookup) Advance(e awsx.Event) Lookup {
	l.Lookup, l.Progress, l.Took = e.Lookup, e.Progress, e.Took
	if e.Phase != awsx.Done {
		l.State = Running
		return l
	}
	l.State, l.Err = Done, e.Err
	var skip *awsx.Skip
	var refused *awsx.Error
	switch {
	case e.Err == nil:
	case errors.As(e.Err, &skip):
		l.State = Skipped
	case errors.As(e.Err, &refused) && refused.State == evidence.Absent:
	case errors.As(e.Err, &refused) && refused.State == evidence.Denied:
		l.State = Denied
	default:
		l.State = Failed
	}
	return l
}
