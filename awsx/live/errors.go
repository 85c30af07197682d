package live

import (
	"context"
	"errors"
	"net"
	"strings"
	"unicode"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// failed makes an *awsx.Error of whatever the SDK returned.
func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	if own := new(awsx.Error); errors.As(err, &own) {
		return own
	}
	e := &awsx.Error{State: evidence.Failed, Op: op}
	var api smithy.APIError
	var dns *net.DNSError
	var dial *net.OpError
	var nerr net.Error
	var answer *smithyhttp.ResponseError
	var garbled *smithy.DeserializationError
	switch {
	case errors.As(err, new(*credentialError)):
		return noCredentials(op, err)
	case errors.Is(err, context.Canceled):
		e.Message = "it was stopped"
	case errors.Is(err, context.DeadlineExceeded):
		e.Message = "no answer came in time"
	case errors.As(err, &api):
		return identified(refusal(op, api), err)
	case errors.Is(err, errBody):
		e.Message = errBody.Error()
	case errors.As(err, &dns):
		e.Message, e.Hint = "no network: the name "+clean(dns.Name)+" cannot be resolved", "check the network, a proxy (HTTPS_PROXY) or the Region's name"
	case errors.As(err, &nerr) && nerr.Timeout():
		e.Message, e.Hint = "the network did not answer in time", "check the network or a proxy (HTTPS_PROXY)"
	case errors.As(err, &dial):
		e.Message, e.Hint = "no connection to AWS: "+clean(dial.Err.Error()), "check the network or a proxy (HTTPS_PROXY)"
	case errors.As(err, &garbled):
		e.Message, e.Hint = "what answered is not AWS: its answer cannot be read", "a proxy, or the network's own sign-in page, may stand in between"
	case errors.As(err, &answer):
		e.Message = "the answer could not be read: " + clean(errors.Unwrap(answer).Error())
	default:
		e.Message = clean(last(err).Error())
	}
	return e
}

// identified names the request that was refused, as AWS names it.
func identified(refused, err error) error {
	var answer *awshttp.ResponseError
	if own := new(awsx.Error); errors.As(refused, &own) && errors.As(err, &answer) && requestID().MatchString(answer.ServiceRequestID()) {
		own.RequestID = answer.ServiceRequestID()
	}
	return refused
}

var requestID = expression.Lazy(`^[0-9A-Za-z-]{1,80}$`)

// refusal is AWS's own word. What answers a wrong signature with the request
// that it was computed over, session token included, is cut to the code.
func refusal(op string, api smithy.APIError) error {
	message := clean(api.ErrorMessage())
	if i := strings.Index(message, "The Canonical String"); i >= 0 || strings.Contains(api.ErrorCode(), "Signature") {
		message = strings.TrimSpace(message[:max(i, 0)])
	}
	e := awsx.Refusal(op, clean(api.ErrorCode()), message)
	if op == "connect:DescribeInstance" || e.State != evidence.Absent || !strings.HasPrefix(op, "connect:") {
		return e
	}
	// The instance is not there: that says nothing of its users.
	e.State = evidence.Failed
	return e
}

func noCredentials(op string, err error) error {
	text := clean(last(err).Error())
	e := &awsx.Error{State: evidence.Failed, Op: op, Code: "NoCredentials", Message: "no AWS credentials: " + text,
		Hint: "set a profile (--profile, AWS_PROFILE) or sign in with aws sso login"}
	low := strings.ToLower(err.Error())
	if strings.Contains(low, "imds") { // the chain's last resort: nothing before it had any
		e.Message = "no AWS credentials: neither environment, profile nor instance has any"
	}
	if strings.Contains(low, "sso") || strings.Contains(low, "token") && strings.Contains(low, "expired") {
		e.Message, e.Hint = "the AWS sign-in of this profile has run out: "+text, "sign in again with aws sso login"
	}
	return e
}

// last is the innermost error, which says what happened; those around it say
// in which part of the SDK.
func last(err error) error {
	for {
		in := errors.Unwrap(err)
		if in == nil {
			return err
		}
		err = in
	}
}

// secret are forms that have no place in a message: access keys, session
// tokens, signatures, and long runs of base64 such as an assertion.
var secret = expression.Lazy(`\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|[A-Za-z0-9+/=_-]{120,}|(?i)(?:x-amz-security-token|signature|authorization)[=:]\s*\S+`)

// maxMessage bounds how much of AWS's text is kept, in bytes.
const maxMessage = 600

// clean makes a text one line without control characters and secrets.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	s = secret().ReplaceAllString(s, "[removed]")
	if len(s) > maxMessage {
		s = strings.ToValidUTF8(s[:maxMessage], "") + "…"
	}
	return strings.Join(strings.Fields(s), " ")
}
