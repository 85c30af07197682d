package awsx

import (
	"cmp"
	"context"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// About asks for what a list of users does not tell of one: profiles,
// hierarchy, e-mail (connect:SearchUsers by the exact name; of what comes back
// the user of the same ID counts). It is Absent where there is none any more.
func About(ctx context.Context, api API, c evidence.Case, u evidence.User) (evidence.User, error) {
	const call = "connect:SearchUsers"
	s := SubjectOf(c)
	at := Place{Region: s.Region, Instance: cmp.Or(u.Instance, s.Instance)}
	if arn, ok := endpoint.ParseARN(u.ARN); ok && arn.Region != "" {
		at.Region = arn.Region
	}
	if at.Region == "" || at.Instance == "" {
		return u, &Error{State: evidence.Failed, Op: call, Message: "which Connect instance this user is of is not known"}
	}
	if why := Mismatch(c); why != nil {
		return u, why
	}
	found, err := api.Named(ctx, at, u.Username)
	for _, x := range found {
		if x.ID == u.ID {
			return x.Or(u), nil
		}
	}
	if err != nil {
		return u, asError(call, err)
	}
	return u, &Error{State: evidence.Absent, Op: call, Message: "Connect has no user of this name and ID any more"}
}
