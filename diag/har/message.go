package har

import (
	"bytes"
	"strings"
)

func (p *parser) request(e *Entry, key []byte) error {
	switch string(key) {
	case "method":
		return p.str(&e.Method)
	case "url":
		return p.str(&e.URL)
	case "headers":
		if e.Method != "" && !strings.EqualFold(e.Method, "POST") {
			return p.w.skip()
		}
		e.Origin, e.Referer = "", ""
		return p.headers(func(name string, value []byte) {
			switch {
			case strings.EqualFold(name, "origin"):
				e.Origin = unquote(value)
			case strings.EqualFold(name, "referer"):
				e.Referer = unquote(value)
			}
		})
	case "postData":
		e.Post = Post{}
		return p.w.object(func(key []byte) error {
			e.Post.Present = true
			return p.postData(&e.Post, key)
		})
	}
	return p.w.skip()
}

func (p *parser) postData(d *Post, key []byte) error {
	switch string(key) {
	case "mimeType":
		return p.str(&d.MIME)
	case "encoding", "_encoding":
		return p.str(&d.Encoding)
	case "comment":
		return p.str(&d.Comment)
	case "_file":
		return p.str(&d.File)
	case "text":
		d.Text, d.TextAt, d.Over, d.Size = "", Span{}, false, 0
		c, err := p.w.peek()
		if err != nil || c != '"' {
			return orSkip(&p.w, err)
		}
		p.w.i++
		start := p.w.offset()
		p.post, d.Over, err = p.w.text(p.post[:0], MaxPost)
		if err != nil {
			return err
		}
		d.Size = p.w.offset() - 1 - start
		if carriesSAML(p.post) {
			d.Text, d.TextAt = unquote(p.post), p.span(start, start+d.Size)
		}
		if cap(p.post) > 1<<20 {
			p.post = nil
		}
		return nil
	case "params":
		d.Params, d.ParamsWithoutValues = nil, 0
		return p.w.array(func(i int) error { return p.param(d, i) })
	}
	return p.w.skip()
}

// orSkip steps over a value of a kind that was not expected.
func orSkip(w *window, err error) error {
	if err != nil {
		return err
	}
	return w.skip()
}

// carriesSAML reports whether a request body, escapes and all, may hold a
// message of a sign-in. The latter three are how "SAML" and "wresult" look in
// base64, as some proxies keep bodies, and in escapes.
func carriesSAML(raw []byte) bool {
	for _, s := range [...]string{"SAML", "wresult", "U0FNTF", "NBTUxSZXNwb25zZ", "TQU1MUmVzcG9uc2", "d3Jlc3VsdD", `\u0053`} {
		if bytes.Contains(raw, []byte(s)) {
			return true
		}
	}
	return false
}

// wanted are the parameters whose values are kept.
var wanted = map[string]bool{
	"SAMLResponse": true, "SAMLRequest": true, "RelayState": true, "SAMLart": true, "TARGET": true,
	"wresult": true, "wctx": true, "wa": true, "roleIndex": true,
}

func (p *parser) param(d *Post, i int) error {
	q := Param{Index: i}
	var value []byte
	err := p.w.object(func(key []byte) error {
		switch string(key) {
		case "name":
			return p.str(&q.Name)
		case "value":
			value, q.Over, q.ValueAt = nil, false, Span{}
			c, err := p.w.peek()
			if err != nil || c != '"' {
				return orSkip(&p.w, err)
			}
			p.w.i++
			start := p.w.offset()
			p.post, q.Over, err = p.w.text(p.post[:0], MaxPost)
			value, q.ValueAt = p.post, p.span(start, p.w.offset()-1)
			return err
		}
		return p.w.skip()
	})
	if err != nil {
		return err
	}
	kept := 0
	for _, x := range d.Params {
		kept += len(x.Value)
	}
	if wanted[q.Name] && len(d.Params) < 64 && kept+len(value) <= MaxPost {
		q.Value = unquote(value)
		d.Params = append(d.Params, q)
	} else {
		d.ParamsWithoutValues++
	}
	if cap(p.post) > 1<<20 {
		p.post = nil
	}
	return nil
}

func (p *parser) response(e *Entry, key []byte) error {
	switch string(key) {
	case "status":
		e.Status = 0
		return p.number(func(f float64) {
			if f >= 100 && f < 1000 {
				e.Status = int(f)
			}
		})
	case "redirectURL":
		var to string
		err := p.str(&to)
		if e.Location == "" {
			e.Location = to
		}
		return err
	case "headers":
		return p.headers(func(name string, value []byte) {
			switch {
			case strings.EqualFold(name, "date"):
				e.Date = ParseDate(unquote(value))
			case strings.EqualFold(name, "location"):
				e.Location = unquote(value)
			case strings.EqualFold(name, "content-type") && e.Content.MIME == "":
				e.Content.MIME = unquote(value)
			}
		})
	case "content":
		mime := e.Content.MIME
		e.Content = Content{MIME: mime}
		return p.w.object(func(key []byte) error { return p.content(&e.Content, key) })
	}
	return p.w.skip()
}

func (p *parser) content(c *Content, key []byte) error {
	switch string(key) {
	case "mimeType":
		before := c.MIME
		err := p.str(&c.MIME)
		if c.MIME == "" {
			c.MIME = before
		}
		return err
	case "encoding":
		return p.str(&c.Encoding)
	case "comment":
		return p.str(&c.Comment)
	case "_file":
		return p.str(&c.File)
	case "text":
		p.body, p.bodyOver, p.keep, c.Present = p.body[:0], false, false, false
		b, err := p.w.peek()
		if err != nil || b != '"' {
			return orSkip(&p.w, err)
		}
		p.w.i++
		c.Present = true
		limit := 0
		if maybeDocument(c.MIME) {
			limit, p.keep = MaxDocument, true
		}
		p.body, p.bodyOver, err = p.w.text(p.body, limit)
		return err
	}
	return p.w.skip()
}

// maybeDocument reports whether a body is worth keeping by what is known of
// its type so far; "" where the type comes later.
func maybeDocument(mime string) bool {
	if mime == "" {
		return true
	}
	mime = strings.ToLower(mime)
	return strings.Contains(mime, "html") || strings.HasPrefix(mime, "text/plain") || strings.Contains(mime, "octet-stream") || mime == "x-unknown"
}
