package awsx

import (
	"context"
	"time"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// answered makes a fact of a call's answer. Values that came with an error are
// kept as a partial fact; without any, the error settles it.
func answered[T any](v T, some bool, err error, call string) (evidence.Fact[T], error) {
	f := evidence.Have(v, call)
	f.At = time.Now()
	if err == nil {
		return f, nil
	}
	e := asError(call, err)
	f.Why, f.State = e.Error(), e.State
	if some {
		f.State = evidence.Partial
	}
	if e.State == evidence.Absent && !some {
		return f, nil
	}
	return f, e
}

func lookIdentity(ctx context.Context, api API, _ Question, emit Emit) error {
	v, err := api.Identity(ctx)
	f, err := answered(v, false, err, "sts:GetCallerIdentity")
	emit(evidence.Live{Identity: f}, Progress{})
	return err
}

func lookProvider(ctx context.Context, api API, q Question, emit Emit) error {
	arns := q.Subject.Providers()
	if len(arns) == 0 {
		return &Skip{"the assertion names no SAML provider"}
	}
	v, err := api.Provider(ctx, arns[0])
	if v.ARN == "" {
		v.ARN = arns[0]
	}
	f, err := answered(v, false, err, "iam:GetSAMLProvider")
	emit(evidence.Live{Provider: f}, Progress{})
	return err
}

func lookProviders(ctx context.Context, api API, _ Question, emit Emit) error {
	v, err := api.Providers(ctx)
	f, err := answered(v, len(v) > 0, err, "iam:ListSAMLProviders")
	emit(evidence.Live{Providers: f}, Progress{Rows: len(v)})
	return err
}

// maxRoles bounds how many pairs of an assertion are asked about; AWS's own
// role picker shows no more than a few hundred.
const maxRoles = 50

func lookRoles(ctx context.Context, api API, q Question, emit Emit) error {
	arns := q.Subject.Roles()
	if len(arns) == 0 {
		return &Skip{"the assertion names no role"}
	}
	arns = arns[:min(len(arns), maxRoles)]
	roles := []evidence.Role{}
	var first error
	for _, arn := range arns {
		r, err := api.Role(ctx, arn)
		switch {
		case err == nil:
			roles = append(roles, r)
		case asError("iam:GetRole", err).State == evidence.Absent:
			a, _ := endpoint.ParseARN(arn)
			// Where only the case differs AWS still answers, with its own ARN.
			if r.ARN != "" {
				roles = append(roles, r)
			}
			if r.ARN != arn {
				roles = append(roles, evidence.Role{ARN: arn, Name: a.Name(), Missing: true})
			}
		case first == nil:
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	f, err := answered(roles, len(roles) > 0, first, "iam:GetRole")
	emit(evidence.Live{Roles: f}, Progress{Rows: len(roles)})
	return err
}

// judged is the role to judge, as far as it was found.
func (q Question) judged() (evidence.Role, bool) {
	for _, arn := range q.Subject.Roles() {
		for _, r := range q.Case.Live.Roles.Value {
			if r.ARN == arn && !r.Missing {
				return r, true
			}
		}
	}
	return evidence.Role{}, false
}

func lookPermissions(ctx context.Context, api API, q Question, emit Emit) error {
	r, ok := q.judged()
	if !ok {
		arns := q.Subject.Roles()
		if len(arns) == 0 {
			return &Skip{"the assertion names no role"}
		}
		if q.Case.Live.Roles.State.Seen() {
			return &Skip{"there is no such role"}
		}
		a, _ := endpoint.ParseARN(arns[0])
		r = evidence.Role{ARN: arns[0], Name: a.Name()}
	}
	v, err := api.Permissions(ctx, r)
	f, err := answered(v, len(v) > 0, err, "iam:ListAttachedRolePolicies")
	emit(evidence.Live{Permissions: f}, Progress{Rows: len(v)})
	return err
}
