package trail

import (
	"bytes"
	"errors"
	"io"
)

const (
	// maxElement bounds one event; CloudTrail's own limit is 1 MiB.
	maxElement = 4 << 20
	// window is how much is read at a time.
	window = 256 << 10
)

// containers are the keys under which exports keep their list of events.
var containers = map[string]bool{"Records": true, "Events": true, "events": true, "records": true, "logEvents": true,
	"eventList": true, "results": true, "Items": true}

var errTooLong = errors.New("one value is longer than any CloudTrail event")

// A splitter cuts a stream of JSON into the objects that may be events: the
// items of a top-level array, or of an array under one of the container keys
// of a top-level object, or top-level objects themselves, one after another.
// It holds one element at a time.
type splitter struct {
	r    io.Reader
	buf  []byte
	pos  int
	eof  bool
	err  error
	in   []byte // the open brackets around the elements: '{' and '['
	cut  bool   // the stream ended inside a value
	junk int    // bytes that are no JSON, skipped
}

// more reads on; it reports whether anything came.
func (s *splitter) more() bool {
	if s.eof {
		return false
	}
	if s.pos > 0 {
		s.buf = s.buf[:copy(s.buf, s.buf[s.pos:])]
		s.pos = 0
	}
	if len(s.buf) > maxElement {
		s.err, s.eof = errTooLong, true
		return false
	}
	old := len(s.buf)
	if cap(s.buf)-old < window {
		grown := make([]byte, old, 2*cap(s.buf)+window)
		copy(grown, s.buf)
		s.buf = grown
	}
	for {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			return len(s.buf) > old
		}
		if n > 0 {
			return true
		}
	}
}

// whole returns the end of the value at s.pos, reading on as needed; -1 where
// the stream ends before it.
func (s *splitter) whole() int {
	for {
		if end := skip(s.buf, s.pos); end >= 0 {
			return end
		}
		if !s.more() {
			return -1
		}
	}
}

// next returns the next element, valid until the next call; io.EOF at the end.
func (s *splitter) next() ([]byte, error) {
	for {
		s.pos = space(s.buf, s.pos)
		if s.pos >= len(s.buf) {
			if s.more() {
				continue
			}
			s.cut = s.cut || len(s.in) > 0
			return nil, s.fail()
		}
		switch c := s.buf[s.pos]; {
		case c == ',':
			s.pos++
		case c == ']' || c == '}':
			if len(s.in) > 0 {
				s.in = s.in[:len(s.in)-1]
			} else {
				s.junk++
			}
			s.pos++
		case len(s.in) > 0 && s.in[len(s.in)-1] == '{':
			if err := s.key(); err != nil {
				return nil, err
			}
		case c == '{':
			if e, ok, err := s.object(); err != nil || ok {
				return e, err
			}
		case c == '[' && len(s.in) == 0:
			s.in = append(s.in, '[')
			s.pos++
		case c == '[' || c == '"':
			end := s.whole()
			if end < 0 {
				s.cut, s.pos = true, len(s.buf)
				return nil, s.fail()
			}
			s.pos = end
		default:
			// A number or a stray byte: neither can be an event.
			s.pos++
			s.junk++
		}
	}
}

func (s *splitter) fail() error {
	if s.err != nil {
		return s.err
	}
	return io.EOF
}

// object takes the object at s.pos: an element, or a container to go into.
func (s *splitter) object() (element []byte, ok bool, err error) {
	top := len(s.in) == 0
	for {
		if end := skip(s.buf, s.pos); end >= 0 {
			e := s.buf[s.pos:end]
			if top && container(e) {
				break
			}
			s.pos = end
			return e, true, nil
		}
		// A container need not be read as a whole; its key tells it early.
		if top && (container(s.buf[s.pos:]) || len(s.buf)-s.pos > maxElement) {
			break
		}
		if !s.more() {
			s.cut, s.pos = true, len(s.buf)
			return nil, false, s.fail()
		}
	}
	s.in = append(s.in, '{')
	s.pos++
	return nil, false, nil
}

// container reports whether the object that b begins with holds a list of
// events.
func container(b []byte) bool {
	found := false
	members(b, 0, func(key []byte, v int) bool {
		found = containers[string(key)] && b[v] == '['
		return !found
	})
	return found
}

// key takes one member of the container object at s.pos.
func (s *splitter) key() error {
	end := s.whole()
	if end < 0 || s.buf[s.pos] != '"' {
		s.cut = true
		s.pos = len(s.buf)
		return s.fail()
	}
	listed := containers[string(bytes.Trim(s.buf[s.pos:end], `"`))]
	s.pos = end
	for {
		s.pos = space(s.buf, s.pos)
		if s.pos < len(s.buf) {
			if s.buf[s.pos] != ':' {
				break
			}
			s.pos++
			continue
		}
		if !s.more() {
			return s.fail()
		}
	}
	if s.buf[s.pos] == '[' && listed {
		s.in = append(s.in, '[')
		s.pos++
		return nil
	}
	if end = s.whole(); end < 0 {
		s.cut = true
		s.pos = len(s.buf)
		return s.fail()
	}
	s.pos = end
	return nil
}
