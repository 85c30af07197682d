// Package wire speaks the three protocols in which the AWS clients of this
// program talk: awsQuery (IAM, STS), awsJson1_1 (CloudTrail, Organizations,
// IAM Identity Center) and restJson1 (Connect, Access Analyzer, Account).
//
// An operation is a plain function over the SDK's own input and output shapes;
// the package turns requests into the one and the other into answers. It knows
// no service and no world: what an operation means, whether it is allowed and
// whether it fails on purpose is decided by the functions given to it.
package wire

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"example.com/samlens/diag/expression"
)

// MaxBody is how many bytes of a request are read. The largest request that
// the served operations know is UpdateSAMLProvider: a metadata document of
// 10,000,000 characters, percent-encoded.
const MaxBody = 32 << 20

// A Call is one request as it was understood.
type Call struct {
	ID        string // the request ID that the answer carries
	Service   string // the name before the colon in IAM actions: "iam", "access-analyzer"
	Op        string // "GetSAMLProvider"
	Region    string // from the credential scope; empty where the request is unsigned
	AccessKey string // from the credential scope; empty where the request is unsigned
	Source    string // the caller's address, without the port
	UserAgent string
	Input     any // the SDK's input, a pointer; nil where it could not be read

	// Cut, where a Guard sets it above zero, ends the answer after so many
	// bytes of its body and drops the connection.
	Cut int
}

// Name is the action as policies and faults spell it: "iam:GetSAMLProvider".
func (c *Call) Name() string { return c.Service + ":" + c.Op }

// A Guard stands before every operation. What it returns as an error is
// answered in the operation's stead.
type Guard func(ctx context.Context, c *Call) error

type callKey struct{}

// From returns the call that an operation is serving.
// Outside an operation it returns an empty call.
func From(ctx context.Context) *Call {
	if c, ok := ctx.Value(callKey{}).(*Call); ok {
		return c
	}
	return &Call{}
}

// With returns a context in which From finds c. It is for callers that reach
// an operation without a request.
func With(ctx context.Context, c *Call) context.Context {
	return context.WithValue(ctx, callKey{}, c)
}

// An Operation is a typed function made ready for the wire.
type Operation struct {
	name     string
	unsigned bool
	serve    func(ctx context.Context, c *Call, decode func(any) error, guard Guard) (any, error)
}

// Op adapts a function over the SDK's shapes.
func Op[In, Out any](name string, f func(context.Context, *In) (*Out, error)) Operation {
	return Operation{name: name, serve: func(ctx context.Context, c *Call, decode func(any) error, guard Guard) (any, error) {
		in := new(In)
		if err := decode(in); err != nil {
			return nil, &Error{Code: "SerializationException", Message: err.Error()}
		}
		c.Input = in
		if guard != nil {
			if err := guard(ctx, c); err != nil {
				return nil, err
			}
		}
		return f(With(ctx, c), in)
	}}
}

// Unsigned marks an operation that needs no Authorization header.
func (o Operation) Unsigned() Operation {
	o.unsigned = true
	return o
}

// A Mux serves operations of many services on one address, as a client sees
// them through one endpoint URL.
type Mux struct {
	guard Guard
	query map[string]bound // by "version/action"
	json  map[string]bound // by X-Amz-Target
	rest  *http.ServeMux
	calls atomic.Uint64
}

type bound struct {
	Operation
	service string
	shape   Shape
}

// NewMux returns an empty Mux. Guard may be nil.
func NewMux(guard Guard) *Mux {
	return &Mux{guard: guard, query: map[string]bound{}, json: map[string]bound{}, rest: http.NewServeMux()}
}

// NextID returns a request ID. They count up, so that what is recorded of two
// equal runs is equal.
func (m *Mux) NextID() string {
	return fmt.Sprintf("00000000-0000-4000-8000-%012d", m.calls.Add(1))
}

// ServeHTTP answers one request.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	switch {
	case r.Header.Get("X-Amz-Target") != "":
		m.serveTarget(w, r)
	case r.Method == http.MethodPost && r.URL.Path == "/":
		m.serveQuery(w, r)
	default:
		m.rest.ServeHTTP(w, r)
	}
}

// run is the part that all protocols share.
func (m *Mux) run(r *http.Request, b bound, decode func(any) error) (*Call, any, error) {
	c := &Call{ID: m.NextID(), Service: b.service, Op: b.name, UserAgent: r.UserAgent(), Source: host(r.RemoteAddr)}
	c.AccessKey, c.Region = scope(r)
	if c.AccessKey == "" && !b.unsigned {
		return c, nil, &Error{Code: "MissingAuthenticationToken", Message: "Request is missing Authentication Token", Status: http.StatusForbidden}
	}
	out, err := b.serve(r.Context(), c, decode, m.guard)
	return c, out, err
}

var credential = expression.Lazy(`Credential=([^/,\s]+)/[0-9]{8}/([a-z0-9-]+)/`)

// scope reads who signed and for which region. The signature itself is not
// checked: there is no secret to check it against.
func scope(r *http.Request) (key, region string) {
	if m := credential().FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

func host(addr string) string {
	if i := strings.LastIndexByte(addr, ':'); i >= 0 {
		return strings.Trim(addr[:i], "[]")
	}
	return addr
}

// send writes an answer, whole or cut short.
func send(w http.ResponseWriter, c *Call, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("X-Amzn-Requestid", c.ID)
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if c.Cut <= 0 || c.Cut >= len(body) {
		w.WriteHeader(status)
		_, _ = w.Write(body) // a client that went away needs no answer
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write(body[:c.Cut])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler) // the way in which net/http drops a connection in mid-answer
}
