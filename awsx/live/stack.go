package live

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// paced makes every attempt of every request keep to the published rates. It
// stands behind the retryer, so that a retry waits for its turn as well.
func (c *Client) paced(stack *middleware.Stack) error {
	return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("Pace", func(
		ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
	) (middleware.FinalizeOutput, middleware.Metadata, error) {
		if _, err := c.pace.Wait(ctx, callOf(ctx), awsmiddleware.GetRegion(ctx)); err != nil {
			return middleware.FinalizeOutput{}, middleware.Metadata{}, err
		}
		return next.HandleFinalize(ctx, in)
	}), "Retry", middleware.After)
}

// callOf is the operation at hand as IAM spells it: "connect:ListUsers".
func callOf(ctx context.Context) string {
	service := strings.ToLower(strings.ReplaceAll(awsmiddleware.GetServiceID(ctx), " ", ""))
	switch service {
	case "ssoadmin":
		service = "sso"
	case "accessanalyzer":
		service = "access-analyzer"
	}
	return service + ":" + awsmiddleware.GetOperationName(ctx)
}

// PlainBodies is for clients of servers that answer at once, on loopback above
// all; without it one answer in a hundred from a busy machine is lost. The
// SDK closes a request's body as soon as the first of the answer is there, while
// net/http may still look whether more of the body follows. The SDK's wrapper
// has two ways to say that none does: its Read ends, as it should, but its
// WriteTo, which io.Copy prefers, fails with io.EOF. For net/http the request
// then was not written, so it closes the connection under the answer that is
// being read: "use of closed network connection". A body that cannot WriteTo
// leaves the wrapper only its Read.
func PlainBodies(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("PlainBodies", func(
		ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		if r, ok := in.Request.(*smithyhttp.Request); ok {
			if body, ok := r.GetStream().(io.ReadSeeker); ok {
				plain, err := r.SetStream(struct{ io.ReadSeeker }{body})
				if err != nil {
					return middleware.DeserializeOutput{}, middleware.Metadata{}, fmt.Errorf("reading the request's body: %w", err)
				}
				in.Request = plain
			}
		}
		return next.HandleDeserialize(ctx, in)
	}), middleware.After)
}

// maxBody bounds one answer. AWS's largest here, a page of a thousand users,
// is a fiftieth of it.
const maxBody = 32 << 20

var errBody = errors.New("the answer is larger than 32 MiB")

// bounded cuts answers off that are larger than any of AWS's.
func bounded(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("Bound", func(
		ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		out, md, err := next.HandleDeserialize(ctx, in)
		if r, ok := out.RawResponse.(*smithyhttp.Response); ok && r.Body != nil {
			r.Body = &limited{ReadCloser: r.Body, left: maxBody}
		}
		return out, md, err
	}), middleware.After)
}

type limited struct {
	io.ReadCloser
	left int
}

// Read reads until the bound.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errBody
	}
	if len(p) > l.left {
		p = p[:l.left]
	}
	n, err := l.ReadCloser.Read(p)
	l.left -= n
	return n, err
}
