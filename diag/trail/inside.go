package trail

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

const (
	// maxInside bounds how deep events are looked for in what wraps them.
	maxInside = 12
	// maxOpen bounds the values of a text that never end: each is read to
	// the text's end before that is known.
	maxOpen = 16
)

// inside looks for events in a JSON value of no known shape: what Logs
// Insights, queues, topics and log stores make of events, as members or as
// strings, at any depth. It goes into no event: what a request's parameters
// say is no event of CloudTrail's.
func (t *taker) inside(b []byte, depth int) {
	i := space(b, 0)
	if i >= len(b) || depth > maxInside {
		return
	}
	switch b[i] {
	case '{':
		if e, ok := event(b[i:]); ok {
			t.seen++
			if k, _ := interesting(e.Name, e.Source); k != 0 {
				t.add(e)
			}
			return
		}
		members(b, i, func(_ []byte, v int) bool {
			if end := skip(b, v); end > 0 {
				t.inside(b[v:end], depth+1)
			}
			return true
		})
	case '[':
		for i = space(b, i+1); i < len(b) && b[i] != ']'; {
			end := skip(b, i)
			if end <= i { // cut off, or a bracket that closes nothing
				return
			}
			t.inside(b[i:end], depth+1)
			if i = space(b, end); i < len(b) && b[i] == ',' {
				i = space(b, i+1)
			}
		}
	case '"':
		if s := strings.TrimSpace(str(b, i)); s != "" && (s[0] == '{' || s[0] == '[') {
			t.inside([]byte(s), depth+1)
		}
	}
}

// values looks for events in every JSON value of a text: behind the time of
// an exported log line, behind a prompt, in quotes.
func (t *taker) values(b []byte) {
	for i, open := 0, 0; i < len(b) && open < maxOpen; i++ {
		n := bytes.IndexAny(b[i:], `{["`)
		if n < 0 {
			return
		}
		i += n
		if end := skip(b, i); end > 0 {
			t.inside(b[i:end], 0)
			i = end - 1
		} else {
			open++
		}
	}
}

// cells looks for events in the cells of a table whose columns are not known.
func (t *taker) cells(b []byte) {
	c := csv.NewReader(bytes.NewReader(b))
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	for {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		for _, v := range rec {
			if v = strings.TrimSpace(v); strings.HasPrefix(v, "{") {
				t.inside([]byte(v), 0)
			}
		}
	}
}
