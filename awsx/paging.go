package awsx

import (
	"context"
	"time"

	"example.com/samlens/diag/evidence"
)

// The bounds of what one lookup takes in.
const (
	maxUsers     = 1_000_000
	maxInstances = 1_000
	maxEvents    = 20_000
)

// rows reads a list page by page. Each page is emitted as a partial fact whose
// value only grows, so that earlier ones stay as they were; the whole is
// emitted last. A list that breaks off stays partial, with why.
func rows[T any](pages Pages[T], call string, bound int, emit func(evidence.Fact[[]T], Progress)) error {
	began := time.Now()
	f := evidence.Fact[[]T]{Value: []T{}, State: evidence.Partial, Source: call, Why: "still coming"}
	var p Progress
	for page, err := range pages {
		f.At = time.Now()
		if err != nil {
			e := asError(call, err)
			if len(f.Value) > 0 {
				f.Why = "the list broke off: " + e.Error()
			} else {
				f = evidence.Fact[[]T]{State: e.State, Source: call, Why: e.Error(), At: f.At}
			}
			emit(f, p)
			return e
		}
		f.Value = append(f.Value, page.Rows...)
		p.Pages, p.Rows, p.Total = p.Pages+1, len(f.Value), max(p.Total, page.Total)
		p.Left = left(time.Since(began), p.Rows, p.Total)
		if len(f.Value) >= bound && page.More {
			f.Why = "only the first rows were read: the list is longer than is taken in"
			emit(f, p)
			return nil
		}
		if page.More {
			emit(f, p)
			continue
		}
	}
	f.State, f.Why, f.At, p.Left = evidence.Known, "", time.Now(), 0
	emit(f, p)
	return nil
}

// left estimates how long the rest of a list takes from how long this much
// took; negative where the total is not known.
func left(took time.Duration, have, total int) time.Duration {
	if total <= 0 || have <= 0 || total < have {
		return -1
	}
	return time.Duration(float64(took) * float64(total-have) / float64(have))
}

func lookInstances(ctx context.Context, api API, q Question, emit Emit) error {
	if q.Subject.Region == "" {
		return &Skip{"nothing tells the Region of the Connect instance; --region would"}
	}
	return rows(api.Instances(ctx, q.Subject.Region), "connect:ListInstances", maxInstances, func(f evidence.Fact[[]evidence.Instance], p Progress) {
		emit(evidence.Live{Instances: f}, p)
	})
}

func lookUsers(ctx context.Context, api API, q Question, emit Emit) error {
	at, err := q.place()
	if err != nil {
		return err
	}
	return rows(api.Users(ctx, at), "connect:ListUsers", maxUsers, func(f evidence.Fact[[]evidence.User], p Progress) {
		emit(evidence.Live{Users: f}, p)
	})
}
