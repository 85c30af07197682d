package catalog

import (
	"slices"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// All returns every rule in the order of the chain: hop by hop, and within a
// hop in the order in which the first one that fits is taken for the cause.
// Rules of IAM Identity Center stand at the end. The slice is the caller's.
func All() []*rule.Rule {
	send, receive := sendSide(), receiveSide()
	return slices.Concat(
		send[evidence.HopCapture], send[evidence.HopIdP], send[evidence.HopPost], send[evidence.HopSignIn],
		receive[evidence.HopProvider], send[evidence.HopSTS],
		receive[evidence.HopTrust], receive[evidence.HopFederate], receive[evidence.HopUser], receive[evidence.HopSession],
		receive[anyHop], send[center],
	)
}

// A part is a stretch of the list of rules: a hop's, or one of the two that
// belong to no single hop.
type part = evidence.Hop

// The parts beside the hops.
const (
	anyHop part = 100 + iota // rules on AWS's answer and on CloudTrail
	center                   // rules on IAM Identity Center
)
