package awsx

import (
	"errors"
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// Error is why a call to AWS gave no answer. It never carries credentials,
// tokens or an assertion.
type Error struct {
	// State is what becomes of the fact: Absent where AWS says that there is
	// no such thing, Denied where it may not be told, else Failed.
	State evidence.State
	Op    string // "iam:GetSAMLProvider"
	Code  string // AWS's error code; "" where AWS was not reached
	// Message is AWS's own text, or what went wrong on the way.
	Message string
	// Permission is what would open it; "" unless Denied.
	Permission string
	// RequestID is AWS's own name of the request; "" where AWS was not
	// reached or did not tell.
	RequestID string
	// Hint is what to do about it; "" where nothing particular.
	Hint string
}

// Error is one line: operation, code and text, then the hint.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	if e.Code != "" {
		b.WriteString(e.Code)
		if e.Message != "" {
			b.WriteString(": ")
		}
	}
	b.WriteString(e.Message)
	if e.Hint != "" {
		b.WriteString(" (" + e.Hint + ")")
	}
	return b.String()
}

// performed is the action that an access denied message names.
var performed = expression.Lazy(`not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)`)

// Refusal makes an Error of an AWS error code, as services and the AWS CLI
// give it, with or without "Exception".
func Refusal(op, code, message string) *Error {
	e := &Error{State: evidence.Failed, Op: op, Code: code, Message: message}
	switch c := strings.TrimSuffix(code, "Exception"); {
	case strings.HasPrefix(c, "AccessDenied"), c == "Unauthorized", c == "UnauthorizedOperation", c == "AccessDeniedForDependency":
		e.State, e.Permission = evidence.Denied, op
		if m := performed().FindStringSubmatch(message); m != nil {
			e.Permission = m[1] // not always the call's own: SearchUsers wants DescribeUser
		}
		if strings.Contains(e.Permission, ":") {
			e.Hint = "the permission " + e.Permission + " would open it; samlens policy prints the policy"
		}
	case c == "NoSuchEntity", c == "ResourceNotFound", c == "PolicyNotFound", c == "TargetNotFound", c == "AWSOrganizationsNotInUse":
		e.State = evidence.Absent
	case strings.HasPrefix(c, "Throttl"), c == "TooManyRequests", c == "RequestLimitExceeded", c == "LimitExceeded":
		e.Hint = "AWS is throttling this account and Region; the look-up can be made again"
	case strings.HasPrefix(c, "ExpiredToken"), c == "RequestExpired", c == "TokenRefreshRequired":
		e.Hint = "the AWS credentials have expired: sign in again (aws sso login) and look up again"
	case c == "InvalidClientTokenId", c == "UnrecognizedClient", c == "SignatureDoesNotMatch", c == "AuthFailure", c == "InvalidSignature":
		e.Hint = "AWS does not accept these credentials: check the profile, or that the Region is enabled in the account"
	case c == "RegionDisabled":
		e.Hint = "the Region is not enabled in the account, or STS is switched off there"
	case c == "OptInRequired", c == "SubscriptionRequired":
		e.Hint = "the account has not opted in to this service or Region"
	}
	return e
}

// asError brings any error to an *Error, which is what facts are made of.
func asError(op string, err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{State: evidence.Failed, Op: op, Message: fmt.Sprint(err)}
}

// NoCredentials reports whether AWS cannot be asked anything at all: there are
// no credentials, or they are not taken.
func (e *Error) NoCredentials() bool {
	switch c := strings.TrimSuffix(e.Code, "Exception"); c {
	case "NoCredentials", "ExpiredToken", "RequestExpired", "InvalidClientTokenId", "UnrecognizedClient", "TokenRefreshRequired":
		return true
	}
	return false
}
