package trail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/klauspost/compress/gzip"

	"example.com/samlens/diag/evidence"
)

const (
	// inMemory is how much of one file is looked at as a whole; longer ones
	// are walked through a window.
	inMemory = 32 << 20
	// maxEvents bounds what is kept of one source.
	maxEvents = 500_000
)

// ErrNoEvents is returned for input that holds no CloudTrail event at all,
// not even one that does not matter here.
var ErrNoEvents = errors.New("no CloudTrail events found: neither records, LookupEvents output, NDJSON nor a query result")

// Buffers and decompressors are reused between files. What was packed has
// buffers of its own: one of that size would have to grow again and again for
// what was in it.
var (
	packs     = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	buffers   = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}
)

// Read reads one file of CloudTrail events in any export's shape, gzip or
// plain: a log file of the S3 layout, an array, NDJSON, aws cloudtrail
// lookup-events output, one event, EventBridge and CloudWatch Logs envelopes,
// CloudTrail Lake and Athena results as JSON or CSV. It returns the events
// that matter to a sign-in, newest first, each once. Of a shape that is none
// of these it takes what events are anywhere in it.
//
// Notes are sentences on what could not be read: a file cut off in the
// middle, rows skipped. name is used in them and may be empty.
func Read(r io.Reader, name string) ([]evidence.TrailEvent, []string, error) {
	t := taker{name: name}
	err := t.file(r)
	events := Merge(t.events)
	if err == nil && len(events) == 0 && t.seen == 0 {
		err = ErrNoEvents
	}
	if err != nil && name != "" {
		err = fmt.Errorf("read %s: %w", name, err)
	}
	return events, t.notes(), err
}

// A taker collects the events of one file.
type taker struct {
	name    string
	events  []evidence.TrailEvent
	seen    int // elements looked at
	skipped int // rows of tables that are no events
	cut     bool
	full    bool
}

func (t *taker) add(e evidence.TrailEvent) {
	if len(t.events) >= maxEvents {
		t.full = true
		return
	}
	t.events = append(t.events, e)
}

func (t *taker) notes() []string {
	var out []string
	of := ""
	if t.name != "" {
		of = t.name + ": "
	}
	if t.cut {
		out = append(out, of+"the file ends in the middle of a value; what was complete is read")
	}
	if t.full {
		out = append(out, fmt.Sprintf("%sonly the first %d events are read", of, maxEvents))
	}
	if t.skipped > 0 {
		out = append(out, fmt.Sprintf("%s%d rows are no events that matter to a sign-in", of, t.skipped))
	}
	return out
}

func (t *taker) file(r io.Reader) error {
	br := bufio.NewReaderSize(r, 64<<10)
	if head, _ := br.Peek(2); len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
		return t.plain(br)
	}
	// Decompression is a good deal faster out of memory than out of a
	// stream, and log files are short.
	packed := packs.Get().(*bytes.Buffer)
	defer recycle(&packs, packed)
	_, err := packed.ReadFrom(io.LimitReader(br, inMemory))
	if err != nil && packed.Len() == 0 {
		return err
	}
	var src io.Reader = bytes.NewReader(packed.Bytes())
	if packed.Len() == inMemory {
		src = io.MultiReader(src, br)
	}
	z := unzippers.Get().(*gzip.Reader)
	defer unzippers.Put(z)
	if err := z.Reset(src); err != nil {
		return fmt.Errorf("decompress: %w", err)
	}
	return t.plain(z)
}

func recycle(pool *sync.Pool, b *bytes.Buffer) {
	if b.Cap() <= 8<<20 {
		b.Reset()
		pool.Put(b)
	}
}

// plain reads decompressed input: as a whole where it is short enough.
func (t *taker) plain(r io.Reader) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer recycle(&buffers, buf)
	_, err := buf.ReadFrom(io.LimitReader(r, inMemory))
	if err != nil {
		// What came before the damage is still worth reading.
		t.cut = true
		if buf.Len() == 0 {
			return err
		}
	}
	b := buf.Bytes()
	if found, ok := fast(b, nil); ok && len(b) < inMemory {
		t.seen++
		for _, rec := range found {
			if e, ok := decode(rec); ok {
				t.add(e)
			}
		}
		return nil
	}
	head := bytes.TrimLeft(b[:min(len(b), 4096)], "\ufeff \r\n\t")
	if len(head) > 0 && head[0] != '{' && head[0] != '[' {
		err := table(io.MultiReader(bytes.NewReader(b), r), t.add, &t.skipped)
		t.seen += len(t.events) + t.skipped
		if errors.Is(err, errNoColumns) && len(b) < inMemory {
			if t.cells(b); t.seen == 0 {
				t.values(b)
			}
			if t.seen > 0 {
				return nil
			}
		}
		return err
	}
	if len(b) < inMemory && (bytes.Contains(head, []byte(`"QueryResultRows"`)) || bytes.Contains(head, []byte(`"ResultSet"`)) ||
		bytes.Contains(b, []byte(`"QueryResultRows"`)) || bytes.Contains(b, []byte(`"ResultSet"`))) {
		if t.results(b) {
			return nil
		}
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if err := t.walk(io.MultiReader(bytes.NewReader(b), r)); err != nil || len(t.events) > 0 || len(b) >= inMemory {
		return err
	}
	t.values(b)
	return nil
}

// walk looks at every element.
func (t *taker) walk(r io.Reader) error {
	s := splitter{r: r}
	for {
		b, err := s.next()
		if err != nil {
			t.cut = t.cut || s.cut
			if errors.Is(err, io.EOF) || s.cut || errors.Is(err, io.ErrUnexpectedEOF) || t.seen > 0 {
				return nil
			}
			return err
		}
		event, matters := looksLikeEvent(b)
		if event {
			t.seen++
		}
		if !matters {
			continue
		}
		if e, ok := decode(b); ok {
			t.add(e)
		}
	}
}

// looksLikeEvent is a cheap look before decoding: at what could be an event,
// and at all whose spelling hides what it is. It also tells whether to decode:
// a plain record that names no event of interest need not be.
func looksLikeEvent(b []byte) (event, matters bool) {
	if n := nextName(b, 0); n >= 0 && !escapedLetters(b) {
		for ; n >= 0; n = nextName(b, n+1) {
			if wanted(b, n+len(nameKey)) {
				return true, true
			}
		}
		// Nor does a wrapper in which the event is a string count as plain.
		return true, bytes.Contains(b, []byte(`\"eventName\"`))
	}
	event = bytes.Contains(b, []byte("event")) || bytes.Contains(b, []byte("Event")) || bytes.Contains(b, []byte("message")) ||
		bytes.Contains(b, []byte(`\u00`)) || bytes.Contains(b, []byte("olearn")) || bytes.Contains(b, []byte("oleArn"))
	return event, event
}

// results reads what aws cloudtrail get-query-results and aws athena
// get-query-results print.
func (t *taker) results(b []byte) bool {
	var q struct {
		QueryResultRows [][]map[string]string
		ResultSet       struct {
			Rows []struct {
				Data []struct{ VarCharValue string }
			}
		}
	}
	if json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &q) != nil {
		return false
	}
	take := func(m map[string]string) {
		t.seen++
		if e, ok := row(m); ok {
			t.add(e)
		} else {
			t.skipped++
		}
	}
	for _, cells := range q.QueryResultRows {
		m := map[string]string{}
		for _, cell := range cells {
			for k, v := range cell {
				m[column(k)] = v
			}
		}
		take(m)
	}
	var names []string
	for i, r := range q.ResultSet.Rows {
		m := map[string]string{}
		for k, d := range r.Data {
			if i == 0 {
				names = append(names, column(d.VarCharValue))
			} else if k < len(names) {
				m[names[k]] = d.VarCharValue
			}
		}
		if i > 0 {
			take(m)
		}
	}
	return t.seen > 0
}
