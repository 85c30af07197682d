package har

import (
	"bytes"
	"errors"
	"io"
)

// class tells the bytes that matter between strings.
var class = [256]uint8{'"': 1, '{': 2, '[': 2, '}': 3, ']': 3}

// skip steps over one value.
func (w *window) skip() error {
	c, err := w.peek()
	if err != nil {
		return err
	}
	switch c {
	case '"':
		w.i++
		return w.over()
	case '{', '[':
	default:
		return w.scalar(nil)
	}
	for depth := 0; ; {
		if w.i == w.n && !w.more() {
			return w.cut()
		}
		b := w.buf[w.i:w.n]
		k := 0
		for k < len(b) && class[b[k]] == 0 {
			k++
		}
		w.i += k
		if k == len(b) {
			continue
		}
		w.i++
		switch class[b[k]] {
		case 1:
			if err := w.over(); err != nil {
				return err
			}
		case 2:
			depth++
		case 3:
			if depth--; depth == 0 {
				return nil
			}
		}
	}
}

// scalar takes a number or literal and appends its first 64 bytes to *dst.
func (w *window) scalar(dst *[]byte) error {
	for start := w.offset(); ; w.i++ {
		if w.i == w.n && !w.more() {
			if errors.Is(w.end, io.EOF) && w.offset() > start {
				return nil
			}
			return w.cut()
		}
		switch c := w.buf[w.i]; c {
		case ',', '}', ']', ' ', '\n', '\r', '\t':
			if w.offset() == start {
				return w.broken("a value", c)
			}
			return nil
		case '{', '[', '"', ':':
			return w.broken("a value", c)
		default:
			if dst != nil && len(*dst) < 64 {
				*dst = append(*dst, c)
			}
		}
	}
}

// object takes an object and calls f for each of its keys; f takes the value.
// What is no object is stepped over.
func (w *window) object(f func(key []byte) error) error {
	c, err := w.peek()
	if err != nil {
		return err
	}
	if c != '{' {
		return w.skip()
	}
	w.i++
	for first := true; ; first = false {
		if c, err = w.peek(); err != nil {
			return err
		}
		if c == '}' {
			w.i++
			return nil
		}
		if !first {
			if c != ',' {
				return w.broken("a comma or the end of an object", c)
			}
			w.i++
			if c, err = w.peek(); err != nil {
				return err
			}
		}
		if c != '"' {
			return w.broken("a key", c)
		}
		w.i++
		key, _, err := w.text(w.key[:0], maxKey)
		w.key = key[:0]
		if err != nil {
			return err
		}
		if bytes.IndexByte(key, '\\') >= 0 {
			key = []byte(unquote(key))
		}
		if c, err = w.peek(); err != nil {
			return err
		}
		if c != ':' {
			return w.broken("a colon", c)
		}
		w.i++
		if err := f(key); err != nil {
			return err
		}
	}
}

// maxKey is how much of a key is looked at: no key that matters is longer,
// even with every character escaped.
const maxKey = 128

// array takes an array and calls f for each element, which f takes. What is
// no array is stepped over.
func (w *window) array(f func(i int) error) error {
	c, err := w.peek()
	if err != nil {
		return err
	}
	if c != '[' {
		return w.skip()
	}
	w.i++
	for i := 0; ; i++ {
		if c, err = w.peek(); err != nil {
			return err
		}
		if c == ']' {
			w.i++
			return nil
		}
		if i > 0 {
			if c != ',' {
				return w.broken("a comma or the end of a list", c)
			}
			w.i++
			if c, err = w.peek(); err != nil {
				return err
			}
			if c == ']' {
				return w.broken("a value", c)
			}
		}
		if err := f(i); err != nil {
			return err
		}
	}
}
