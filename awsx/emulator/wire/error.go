package wire

import (
	"errors"
	"net/http"

	"github.com/aws/smithy-go"
)

// An Error is a failure spelled as the wire spells it. Operations may as well
// return the SDK's own exceptions.
type Error struct {
	Code    string // "ThrottlingException"
	Message string
	Status  int // the HTTP status; 0 for the one that the protocol gives this code
}

// Error returns the code and the message.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// statuses are those that differ from 400 where a protocol has its own HTTP
// status for an exception (awsQuery and restJson1; awsJson answers 400 to all
// that is the client's fault). Names as in the AWS service models.
var statuses = map[string]int{
	// iam, sts
	"NoSuchEntity":                http.StatusNotFound,
	"AccessDenied":                http.StatusForbidden,
	"ExpiredToken":                http.StatusForbidden,
	"InvalidClientTokenId":        http.StatusForbidden,
	"SignatureDoesNotMatch":       http.StatusForbidden,
	"IDPRejectedClaim":            http.StatusForbidden,
	"RegionDisabledException":     http.StatusForbidden,
	"ConcurrentModification":      http.StatusConflict,
	"EntityAlreadyExists":         http.StatusConflict,
	"LimitExceeded":               http.StatusConflict,
	"DeleteConflict":              http.StatusConflict,
	"UnmodifiableEntity":          http.StatusBadRequest,
	"ServiceFailure":              http.StatusInternalServerError,
	"InternalFailure":             http.StatusInternalServerError,
	"ServiceUnavailable":          http.StatusServiceUnavailable,
	"MissingAuthenticationToken":  http.StatusForbidden,
	"ServiceUnavailableException": http.StatusServiceUnavailable,
	// connect, access-analyzer, account
	"AccessDeniedException":               http.StatusForbidden,
	"ExpiredTokenException":               http.StatusForbidden,
	"UnrecognizedClientException":         http.StatusForbidden,
	"MissingAuthenticationTokenException": http.StatusForbidden,
	"ResourceNotFoundException":           http.StatusNotFound,
	"UserNotFoundException":               http.StatusNotFound,
	"DuplicateResourceException":          http.StatusConflict,
	"ConflictException":                   http.StatusConflict,
	"ThrottlingException":                 http.StatusTooManyRequests,
	"TooManyRequestsException":            http.StatusTooManyRequests,
	"InternalServiceException":            http.StatusInternalServerError,
	"InternalServerException":             http.StatusInternalServerError,
	"InternalFailureException":            http.StatusInternalServerError,
	"UnknownOperationException":           http.StatusNotFound,
}

// fault reduces any error to its code, message and the status of a protocol.
func fault(err error, p protocol) (code, message string, status int) {
	var own *Error
	var api smithy.APIError
	server := false
	switch {
	case errors.As(err, &own):
		code, message, status = own.Code, own.Message, own.Status
	case errors.As(err, &api):
		code, message = api.ErrorCode(), api.ErrorMessage()
		server = api.ErrorFault() == smithy.FaultServer
	default:
		code, message, server = "InternalFailure", err.Error(), true
	}
	if status != 0 {
		return code, message, status
	}
	status = http.StatusBadRequest
	if s, ok := statuses[code]; ok {
		status = s
	} else if server {
		status = http.StatusInternalServerError
	}
	switch {
	case p == awsJSON && status < http.StatusInternalServerError:
		status = http.StatusBadRequest
	case p == awsQuery && code == "ExpiredTokenException":
		// What AssumeRoleWithSAML answers about an assertion; the caller's own
		// expired credentials are ExpiredToken, with 403.
		status = http.StatusBadRequest
	}
	return code, message, status
}

type protocol int

const (
	awsQuery protocol = iota
	awsJSON
	restJSON
)
