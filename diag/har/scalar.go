package har

import (
	"strconv"
	"strings"
	"time"
)

// str takes a string into *dst; any other value makes it empty.
func (p *parser) str(dst *string) error {
	*dst = ""
	c, err := p.w.peek()
	if err != nil {
		return err
	}
	if c != '"' {
		return p.w.skip()
	}
	p.w.i++
	p.small, _, err = p.w.text(p.small[:0], maxSmall)
	if err == nil {
		*dst = unquote(p.small)
	}
	return err
}

// number takes a number and hands it on; other values are stepped over.
func (p *parser) number(f func(float64)) error {
	c, err := p.w.peek()
	if err != nil {
		return err
	}
	if c != '-' && (c < '0' || c > '9') {
		return p.w.skip()
	}
	p.small = p.small[:0]
	if err := p.w.scalar(&p.small); err != nil {
		return err
	}
	if v, err := strconv.ParseFloat(string(p.small), 64); err == nil {
		f(v)
	}
	return nil
}

// instant reads a startedDateTime: RFC 3339, in UTC or with an offset. Some
// writers leave out the colon of the offset.
func instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// ParseDate reads an HTTP date in the three forms of RFC 9110, section 5.6.7;
// zero where it is none.
func ParseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", time.RFC850, time.ANSIC, time.RFC1123, time.RFC1123Z} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
