// Package stream brings the items of a channel into a Bubble Tea program.
//
// It starts no goroutine of its own: whoever opens the channel owns its
// sender, and ends it when the context does. Bubble Tea cannot cancel a
// command, so the context is the only way to stop one.
package stream

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// A Feed is one running source of items. Its messages carry its number, so
// that what a replaced feed still delivers is told apart and dropped. The
// zero Feed has no source.
type Feed[T any] struct {
	id     int
	ch     <-chan T
	cancel context.CancelFunc
}

// A Batch is what a feed delivers: all the items that were waiting, so that a
// burst costs one redraw.
type Batch[T any] struct {
	Feed  int
	Items []T
	Over  bool // the source has ended
}

// most is how many items go into a batch: more would hold up a key press.
const most = 256

// Start stops old and begins a feed of the channel that open returns. Numbers
// identify feeds across a program: give each its own.
func Start[T any](ctx context.Context, old Feed[T], id int, open func(context.Context) <-chan T) (Feed[T], tea.Cmd) {
	old.Stop()
	ctx, cancel := context.WithCancel(ctx)
	f := Feed[T]{id: id, ch: open(ctx), cancel: cancel}
	return f, f.Next()
}

// Running reports whether the feed has a source.
func (f Feed[T]) Running() bool { return f.ch != nil }

// Stop ends the feed's source.
func (f Feed[T]) Stop() {
	if f.cancel != nil {
		f.cancel()
	}
}

// Mine reports whether b is of this feed rather than of one it replaced.
func (f Feed[T]) Mine(b Batch[T]) bool { return f.ch != nil && b.Feed == f.id }

// Next waits for an item and takes along what else is ready.
func (f Feed[T]) Next() tea.Cmd {
	if f.ch == nil {
		return nil
	}
	return func() tea.Msg {
		b := Batch[T]{Feed: f.id}
		v, ok := <-f.ch
		for ok {
			b.Items = append(b.Items, v)
			if len(b.Items) == most {
				return b
			}
			select {
			case v, ok = <-f.ch:
			default:
				return b
			}
		}
		b.Over = true
		return b
	}
}
