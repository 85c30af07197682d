package awsx

import (
	"bytes"
	"context"
	"slices"
	"time"

	"example.com/samlens/diag/evidence"
)

// How far around a sign-in CloudTrail is asked.
const (
	signInSpan = 24 * time.Hour      // before the sign-in, for what worked and what failed
	changeSpan = 14 * 24 * time.Hour // before it, for what was changed
	after      = time.Hour           // behind it: retries, and events that come late
	history    = 90 * 24 * time.Hour // as far back as LookupEvents goes
)

// span is the window to ask about.
func (q Question) span(before time.Duration) (from, to time.Time, err error) {
	now := q.Case.Now
	if now.IsZero() {
		now = time.Now()
	}
	at := q.Subject.At
	if at.IsZero() || at.After(now) {
		at = now
	}
	if now.Sub(at) > history {
		return from, to, &Error{State: evidence.Failed, Op: "cloudtrail:LookupEvents",
			Message: "the sign-in is older than the 90 days that CloudTrail's event history holds", Hint: "give the log files with --trail"}
	}
	to = at.Add(after)
	if to.After(now) {
		to = now
	}
	return at.Add(-before), to, nil
}

func lookTrail(ctx context.Context, api API, q Question, emit Emit) error {
	from, to, err := q.span(signInSpan)
	if err != nil {
		return err
	}
	ws := signInWindows(q.Subject, from, to)
	return events(ctx, api, ws, kept, func(f evidence.Fact[[]evidence.TrailEvent], p Progress) {
		emit(evidence.Live{Trail: f}, p)
	})
}

// kept leaves out what only has the name of a sign-in's event.
func kept(e evidence.TrailEvent) bool {
	// STS has an operation of the same name.
	return e.Name != "GetFederationToken" || e.Source == "connect.amazonaws.com"
}

// changing are the calls that can break a sign-in that worked, by service.
// IAM's are written in the partition's home Region, Connect's in the instance's.
func changing() (iam, connect []string) {
	return []string{
			"UpdateSAMLProvider", "CreateSAMLProvider", "DeleteSAMLProvider", "UpdateAssumeRolePolicy", "DeleteRole", "CreateRole", "UpdateRole",
			"PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary",
			"CreatePolicyVersion", "SetDefaultPolicyVersion",
		}, []string{
			"DeleteUser", "CreateUser", "UpdateUserIdentityInfo", "UpdateUserSecurityProfiles", "DeleteInstance", "UpdateAuthenticationProfile",
		}
}

func lookChanges(ctx context.Context, api API, q Question, emit Emit) error {
	from, to, err := q.span(changeSpan)
	if err != nil {
		return err
	}
	ws := changeWindows(q.Subject, from, to)
	about := q.mentions()
	keep := func(e evidence.TrailEvent) bool {
		return len(about) == 0 || slices.ContainsFunc(about, func(s string) bool { return bytes.Contains(e.Raw, []byte(s)) })
	}
	return events(ctx, api, ws, keep, func(f evidence.Fact[[]evidence.TrailEvent], p Progress) {
		emit(evidence.Live{Changes: f}, p)
	})
}

// mentions are the names of which a change has to speak to matter here.
func (q Question) mentions() (out []string) {
	for _, p := range q.Subject.Pairs {
		if p.OK {
			out = append(out, `"`+p.Role.Name()+`"`, p.RoleARN, p.ProviderARN, `"`+p.Provider.Name()+`"`)
		}
	}
	if q.Subject.Instance != "" {
		out = append(out, q.Subject.Instance)
	}
	for _, p := range q.Case.Live.Permissions.Value {
		if p.ARN != "" {
			out = append(out, p.ARN)
		}
	}
	return out
}
