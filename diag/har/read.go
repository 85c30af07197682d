package har

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"time"
)

// ErrStop ends reading without an error when a visitor returns it.
var ErrStop = errors.New("stop")

// Read reads an archive and calls visit for each entry, in the order of the
// file, with the generation it belongs to (see [Log.Generation]). The entry
// is the visitor's to keep.
//
// A file that breaks off or is broken is no error: Log.Broken says where. The
// error is the visitor's own, or the reader's.
func Read(r io.Reader, visit func(generation int, e *Entry) error) (Log, error) {
	r, enc, bom, err := decode(r)
	if err != nil {
		return Log{}, err
	}
	buf := windows.Get().(*[]byte)
	defer windows.Put(buf)
	p := &parser{w: window{r: r, buf: *buf}, visit: visit, spans: enc == ""}
	if bom {
		p.shift = 3
	}
	err = p.top()
	p.log.Encoding, p.log.BOM = enc, bom
	var syn *SyntaxError
	switch {
	case err == nil:
	case errors.Is(err, errCut), errors.As(err, &syn):
		p.log.Broken, p.log.BrokenAt = err, p.w.offset()+p.shift
		if syn != nil {
			syn.Offset += p.shift
			p.log.BrokenAt = syn.Offset
		}
	case errors.Is(err, ErrStop):
	default:
		return p.log, err
	}
	return p.log, nil
}

// windows are used again: a file is first sniffed and then read.
var windows = sync.Pool{New: func() any { b := make([]byte, windowSize); return &b }}

type parser struct {
	w     window
	visit func(int, *Entry) error
	log   Log
	spans bool  // the bytes read are the file's
	shift int64 // bytes in front of the window: the BOM
	// buffers that are used again for each entry
	post, body, small []byte
	bodyOver, keep    bool
}

func (p *parser) span(start, end int64) Span {
	if !p.spans {
		return Span{}
	}
	return Span{start + p.shift, end + p.shift}
}

func (p *parser) top() error {
	return p.w.object(func(key []byte) error {
		if len(p.log.Keys) < 16 {
			p.log.Keys = append(p.log.Keys, strings.ToValidUTF8(string(key), "?"))
		}
		if string(key) != "log" {
			return p.w.skip()
		}
		// A repeated log replaces the one before.
		keys := p.log.Keys
		p.log = Log{Generation: p.log.Generation + 1, Keys: keys}
		return p.w.object(p.inLog)
	})
}

func (p *parser) inLog(key []byte) error {
	switch string(key) {
	case "entries":
		p.log.Generation++
		p.log.Found, p.log.Entries, p.log.Nulls = true, 0, 0
		c, err := p.w.peek()
		if err != nil {
			return err
		}
		p.log.Null = c != '['
		return p.w.array(p.entry)
	case "creator":
		p.log.Creator, p.log.Version = "", ""
		return p.w.object(func(key []byte) error {
			switch string(key) {
			case "name":
				return p.str(&p.log.Creator)
			case "version":
				return p.str(&p.log.Version)
			}
			return p.w.skip()
		})
	case "browser":
		var name, version string
		err := p.w.object(func(key []byte) error {
			switch string(key) {
			case "name":
				return p.str(&name)
			case "version":
				return p.str(&version)
			}
			return p.w.skip()
		})
		p.log.Browser = strings.TrimSpace(name + " " + version)
		return err
	case "comment":
		return p.str(&p.log.Comment)
	}
	return p.w.skip()
}

func (p *parser) entry(i int) error {
	p.log.Entries = i + 1
	c, err := p.w.peek()
	if err != nil {
		return err
	}
	if c != '{' {
		p.log.Nulls++
		return p.w.skip()
	}
	e := &Entry{Index: i}
	e.At.Start = p.w.offset()
	p.body, p.keep = p.body[:0], false
	requestWhole := false
	err = p.w.object(func(key []byte) error {
		switch string(key) {
		case "startedDateTime":
			var s string
			err := p.str(&s)
			e.Started = instant(s)
			return err
		case "time":
			e.Took = 0
			return p.number(func(f float64) {
				if f > 0 && f < 1e9 {
					e.Took = time.Duration(f * float64(time.Millisecond))
				}
			})
		case "comment":
			return p.str(&e.Comment)
		case "request":
			e.Method, e.URL, e.Origin, e.Referer, e.Post = "", "", "", "", Post{}
			requestWhole = false
			err := p.w.object(func(key []byte) error { return p.request(e, key) })
			requestWhole = err == nil
			return err
		case "response":
			e.Status, e.Date, e.Location, e.Content = 0, time.Time{}, "", Content{}
			p.body, p.keep = p.body[:0], false
			return p.w.object(func(key []byte) error { return p.response(e, key) })
		}
		return p.w.skip()
	})
	if errors.Is(err, errCut) && requestWhole && e.URL != "" {
		e.Cut = true
	} else if err != nil {
		return err
	}
	e.At = p.span(e.At.Start, p.w.offset())
	if e.Content.Present && p.keep && document(e.Content, p.body) {
		e.Content.Text, e.Content.Over = unquote(p.body), p.bodyOver
	}
	if v := p.visit(p.log.Generation, e); v != nil {
		return v
	}
	return err
}

// document reports whether a body that was kept is an HTML document, or may
// be one.
func document(c Content, raw []byte) bool {
	mime := strings.ToLower(c.MIME)
	if strings.Contains(mime, "html") {
		return true
	}
	if mime != "" && !strings.HasPrefix(mime, "text/plain") && !strings.Contains(mime, "octet-stream") && mime != "x-unknown" {
		return false
	}
	raw = bytes.TrimLeft(raw, " \t")
	return bytes.HasPrefix(raw, []byte("<")) || c.Encoding == "base64" && bytes.HasPrefix(raw, []byte("P")) ||
		bytes.HasPrefix(raw, []byte(`\n`)) || bytes.HasPrefix(raw, []byte(`\r`)) || bytes.HasPrefix(raw, []byte(`\u003`))
}
