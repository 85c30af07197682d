package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// batch is one page as a service answers it.
type batch[T any] struct {
	rows  []T
	next  *string
	total int
}

// pages turns a call that pages by a token into awsx.Pages. A token that comes
// twice ends it with an error, and not never.
func pages[T any](ctx context.Context, op string, fetch func(token *string) (batch[T], error)) awsx.Pages[T] {
	return func(yield func(awsx.Page[T], error) bool) {
		var token *string
		seen := map[string]bool{}
		for {
			b, err := fetch(token)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(awsx.Page[T]{}, failed(op, err))
				return
			}
			token = b.next
			more := aws.ToString(token) != ""
			if !yield(awsx.Page[T]{Rows: b.rows, More: more, Total: b.total}, nil) || !more {
				return
			}
			if seen[*token] {
				yield(awsx.Page[T]{}, &awsx.Error{State: evidence.Failed, Op: op, Message: "the pages of the list go in a circle"})
				return
			}
			seen[*token] = true
		}
	}
}

// maxRows bounds lists that are read as a whole.
const maxRows = 2000

// all reads every page of a short list. Rows that came before an error are
// returned with it.
func all[T any](ps awsx.Pages[T]) (out []T, err error) {
	out = []T{}
	for p, err := range ps {
		if err != nil {
			return out, err
		}
		if out = append(out, p.Rows...); len(out) >= maxRows {
			break
		}
	}
	return out, nil
}
