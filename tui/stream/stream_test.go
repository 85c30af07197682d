package stream

import (
	"context"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func counting(n int) func(context.Context) <-chan int {
	return func(context.Context) <-chan int {
		ch := make(chan int, n)
		for i := range n {
			ch <- i
		}
		close(ch)
		return ch
	}
}

func TestABurstComesAsFewBatches(t *testing.T) {
	f, cmd := Start(t.Context(), Feed[int]{}, 1, counting(600))
	next, batches := 0, 0
	for {
		b := cmd().(Batch[int])
		batches++
		if !f.Mine(b) {
			t.Fatal("a feed does not know its own batch")
		}
		for _, v := range b.Items {
			if v != next {
				t.Fatalf("%d where %d was due", v, next)
			}
			next++
		}
		if b.Over {
			break
		}
		cmd = f.Next()
	}
	if next != 600 || batches > 4 {
		t.Errorf("%d items in %d batches", next, batches)
	}
}

func TestLateBatchesOfAReplacedFeedAreTold(t *testing.T) {
	old, late := Start(t.Context(), Feed[int]{}, 1, counting(1))
	f, _ := Start(t.Context(), old, 2, counting(1))
	if f.Mine(late().(Batch[int])) {
		t.Error("a late answer is taken for a new one")
	}
}

func TestStopEndsTheSource(t *testing.T) {
	ended := make(chan struct{})
	f, _ := Start(t.Context(), Feed[int]{}, 1, func(ctx context.Context) <-chan int {
		ch := make(chan int)
		go func() {
			<-ctx.Done()
			close(ch)
			close(ended)
		}()
		return ch
	})
	f.Stop()
	<-ended
	if b := f.Next()().(Batch[int]); !b.Over {
		t.Error("the feed goes on")
	}
	Feed[int]{}.Stop()
	if (Feed[int]{}).Next() != nil {
		t.Error("a feed without a source waits")
	}
}
