package pane

import (
	"time"

	"example.com/samlens/diag/evidence"
)

// A Lookup is one question to AWS and how far its answer has come, for those
// who draw it.
type Lookup struct {
	Name  string // the permission it takes: "connect:ListUsers"
	Gives evidence.Need
	State LookupState
	Pages int
	Took  time.Duration
	Err   error // why it failed
}

// LookupState is how far a lookup is.
type LookupState uint8

// The states of a lookup.
const (
	Waiting LookupState = iota // for what it reads first
	Running
	Done
	Failed
)
