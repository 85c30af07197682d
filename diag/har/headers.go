package har

import (
	"bytes"
	"strings"
)

// headers calls f for each header; its value, still escaped, is f's only
// during the call.
func (p *parser) headers(f func(name string, value []byte)) error {
	return p.w.array(func(int) error {
		var name string
		var have bool
		p.small = p.small[:0]
		err := p.w.object(func(key []byte) error {
			switch string(key) {
			case "name":
				n, err := p.name()
				name = n
				return err
			case "value":
				p.small, have = p.small[:0], false
				c, err := p.w.peek()
				if err != nil || c != '"' {
					return orSkip(&p.w, err)
				}
				p.w.i++
				have = true
				p.small, _, err = p.w.text(p.small, maxSmall)
				return err
			}
			return p.w.skip()
		})
		if err == nil && have && name != "" {
			f(name, p.small)
		}
		return err
	})
}

// headerNames are those that are read; others need not become strings.
var headerNames = [...]string{"date", "location", "content-type", "origin", "referer"}

// name takes a header's name; "" for one that is not read.
func (p *parser) name() (string, error) {
	c, err := p.w.peek()
	if err != nil || c != '"' {
		return "", orSkip(&p.w, err)
	}
	p.w.i++
	var buf [96]byte
	raw, over, err := p.w.text(buf[:0], len(buf))
	if err != nil || over {
		return "", err
	}
	if bytes.IndexByte(raw, '\\') >= 0 {
		raw = []byte(unquote(raw))
	}
	for _, h := range headerNames {
		if len(h) == len(raw) && strings.EqualFold(h, string(raw)) {
			return h, nil
		}
	}
	return "", nil
}
