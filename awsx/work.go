package awsx

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/samlens/diag/evidence"
)

// work runs one lookup on the case as it is now.
func (g *gather) work(ctx context.Context, l *Lookup, c evidence.Case) {
	began := time.Now()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(idle, func() { cancel(errIdle) })
	defer timer.Stop()
	var last evidence.Live
	var p Progress
	emit := func(lv evidence.Live, pr Progress) {
		timer.Stop()
		last, p = lv, pr
		if (evidence.Case{Live: lv}).StateOf(l.Gives) == evidence.Partial {
			select {
			case g.in <- Event{Lookup: l, Phase: Paged, Live: lv, Progress: pr, Took: time.Since(began)}:
			case <-ctx.Done():
			}
		}
		timer.Reset(idle)
	}
	err := safely(func() error { return l.Run(ctx, g.api, Question{Case: c, Subject: SubjectOf(c)}, emit) })
	if cause := context.Cause(ctx); err != nil && errors.Is(cause, errIdle) {
		err = &Error{State: evidence.Failed, Op: l.Name, Message: errIdle.Error(), Hint: "the look-up can be made again"}
	}
	var skip *Skip
	if err != nil && !errors.As(err, &skip) {
		e := asError(l.Name, err)
		err = e
		if st := (evidence.Case{Live: last}).StateOf(l.Gives); st == evidence.Unasked || st == evidence.Failed {
			last = Unanswered(l.Gives, e.State, l.Name, e.Error())
		}
	}
	g.in <- Event{Lookup: l, Phase: Done, Live: last, Progress: p, Took: time.Since(began), Err: err}
}

var errIdle = errors.New("no answer came for 30 seconds")

// safely turns a panic of one lookup into its failure, so that the others and
// what they have learned go on.
func safely(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &Error{State: evidence.Failed, Message: fmt.Sprintf("the look-up stopped by a fault of its own: %v", r)}
		}
	}()
	return f()
}
