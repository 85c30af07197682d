package har

import (
	"errors"
	"fmt"
	"io"
)

// windowSize is the number of bytes read at a time: large enough that a
// system call per window does not count, small enough to stay in the second
// level cache.
const windowSize = 256 << 10

// errCut tells that the file ends inside a value.
var errCut = errors.New("the file ends in the middle")

// A SyntaxError is JSON broken in a place that matters.
type SyntaxError struct {
	Offset int64  // byte of the file, counted from 0
	What   string // what stands there and what was expected
}

// Error says what is broken and where.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("at byte %d: %s", e.Offset, e.What)
}

// A window is the stretch of the file that is in memory.
type window struct {
	r    io.Reader
	buf  []byte
	i, n int   // the unread bytes are buf[i:n]
	base int64 // offset of buf[0] in the file
	end  error // why there is no more: io.EOF or what the reader said
	key  []byte
}

// more replaces the window, which was read to its end, by the next one.
func (w *window) more() bool {
	if w.end != nil {
		return false
	}
	w.base += int64(w.n)
	w.i, w.n = 0, 0
	for tries := 0; w.n == 0 && w.end == nil; tries++ {
		if tries == 100 {
			w.end = io.ErrNoProgress
			break
		}
		w.n, w.end = w.r.Read(w.buf)
	}
	return w.n > 0
}

// offset is where the next unread byte stands in the file.
func (w *window) offset() int64 { return w.base + int64(w.i) }

// cut is the error for a file that ends here.
func (w *window) cut() error {
	if w.end != nil && !errors.Is(w.end, io.EOF) {
		return w.end
	}
	return errCut
}

func (w *window) broken(want string, got byte) error {
	return &SyntaxError{Offset: w.offset(), What: fmt.Sprintf("found %q where %s was expected", got, want)}
}

// peek steps over white space and returns the next byte without taking it.
func (w *window) peek() (byte, error) {
	for {
		for ; w.i < w.n; w.i++ {
			switch c := w.buf[w.i]; c {
			case ' ', '\n', '\r', '\t':
			default:
				return c, nil
			}
		}
		if !w.more() {
			return 0, w.cut()
		}
	}
}

// text takes a string whose opening quote was taken, up to and with its
// closing quote. Of its bytes, still escaped, the first limit are appended to
// dst; over tells that there were more.
func (w *window) text(dst []byte, limit int) (out []byte, over bool, err error) {
	odd := false // the bytes before the window end in an odd run of backslashes
	for {
		b := w.buf[w.i:w.n]
		k := closing(b, odd)
		take := b
		if k >= 0 {
			take = b[:k-1]
		}
		m := min(limit, len(take))
		dst = append(dst, take[:m]...)
		limit -= m
		over = over || m < len(take)
		if k >= 0 {
			w.i += k
			return dst, over, nil
		}
		w.i, odd = w.n, slashes(b, odd)&1 == 1
		if !w.more() {
			return dst, over, w.cut()
		}
	}
}

// over steps over a string whose opening quote was taken.
func (w *window) over() error {
	odd := false // as in text
	for {
		b := w.buf[w.i:w.n]
		if k := closing(b, odd); k >= 0 {
			w.i += k
			return nil
		}
		w.i, odd = w.n, slashes(b, odd)&1 == 1
		if !w.more() {
			return w.cut()
		}
	}
}
