package redact

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/samlens/diag/expression"
)

// maxDepth is how deep lists are still gone through one value at a time:
// log.entries of an archive is at two.
const maxDepth = 2

// stream reads JSON and hands every value on, those of lists near the root one
// by one, so that a file of any size takes the memory of its largest value.
// open and closing brackets and the names of members come as tokens.
func stream(r io.Reader, token func(jsontext.Token) error, value func(at jsontext.Pointer, v jsontext.Value) error) error {
	d := jsontext.NewDecoder(&shortener{r: bufio.NewReaderSize(r, 64<<10)}, loose...)
	for {
		kind := d.PeekKind()
		if kind == 0 {
			if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
				return err
			}
			return nil
		}
		parent, i := d.StackIndex(d.StackDepth())
		name := parent == '{' && i%2 == 0
		opens := kind == '{' && (d.StackDepth() == 0 || d.StackPointer() == "/log") || kind == '[' && d.StackDepth() <= maxDepth
		if name || opens || kind == '}' || kind == ']' {
			t, err := d.ReadToken()
			if err != nil {
				return err
			}
			if err := token(t); err != nil {
				return err
			}
			continue
		}
		at := d.StackPointer()
		v, err := d.ReadValue()
		if err != nil {
			return err
		}
		if err := value(at, v); err != nil {
			return err
		}
	}
}

// json redacts JSON. A file that breaks off is redacted as far as it goes.
func (n *Names) json(w io.Writer, r io.Reader) error {
	out := bufio.NewWriter(w)
	e := jsontext.NewEncoder(out, append([]jsontext.Options{jsontext.WithIndent("  ")}, loose...)...)
	var wrong error
	err := stream(r, func(t jsontext.Token) error {
		wrong = e.WriteToken(t)
		return wrong
	}, func(at jsontext.Pointer, v jsontext.Value) error {
		v, err := n.entry(at, v)
		if err == nil {
			err = e.WriteValue(v)
		}
		wrong = err
		return err
	})
	if wrong != nil {
		return fmt.Errorf("write the copy: %w", wrong)
	}
	if err != nil {
		err = &CutError{}
	}
	return errors.Join(err, out.Flush())
}

// A CutError tells that the original breaks off or is broken, and the copy with
// it.
type CutError struct{}

// Error says so.
func (*CutError) Error() string {
	return "the file breaks off in the middle or is broken; the copy ends there too"
}

var (
	fields = expression.Lazy(`(?i)SAMLResponse=([A-Za-z0-9+/=%_.\\-]{100,})`)
	inputs = expression.Lazy(`(?is)<input\b[^>]*name=["']?SAMLResponse["']?[^>]*>`)
	logins = expression.Lazy(`(?i)^(?:j_)?(?:user_?(?:name|id)?|login(?:fmt)?|e?mail|identifier)$`)
	typed  = expression.Lazy(`(?i)(?:^|&)(?:j_)?(?:user_?(?:name|id)?|login(?:fmt)?|e?mail|identifier)=([^&]{1,200})`)
)

// learnJSON learns who the file speaks of.
func (n *Names) learnJSON(r io.Reader) {
	_ = stream(r, func(jsontext.Token) error { return nil }, func(at jsontext.Pointer, v jsontext.Value) error {
		a := survey(v)
		each(v, func(p jsontext.Pointer, s string) {
			if p.LastToken() == attached {
				n.notice(n.attachment(a, p.Parent(), s))
				return
			}
			p = at + p
			switch name := a.names[p.Parent()[min(len(at), len(p.Parent())):]]; {
			case logins().MatchString(name) && p.LastToken() == "value":
				n.learn(decoded(s))
			case p.LastToken() == "Username" || p.LastToken() == "userName":
				n.learn(s)
			default:
				n.notice(s)
			}
		})
		return nil
	}) // what is broken is told when the copy is written
}

// notice learns from a string that may hold a SAML message in some wrapping.
func (n *Names) notice(s string) {
	for _, m := range typed().FindAllStringSubmatch(s[:min(len(s), 4096)], -1) {
		n.learn(decoded(m[1]))
	}
	if len(s) < 200 {
		return
	}
	if !strings.ContainsAny(s[:100], " \"{<") {
		if b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), "")); err == nil && bytes.Contains(b, []byte("SAMLResponse")) {
			s = string(b) // a body kept as base64
		}
	}
	n.study(s)
	for _, m := range fields().FindAllStringSubmatch(s, -1) {
		n.study(decoded(m[1]))
	}
	for _, tag := range inputs().FindAllString(s, -1) {
		for _, p := range pairs().FindAllStringSubmatch(tag, -1) {
			if strings.EqualFold(p[1], "value") {
				n.study(html.UnescapeString(p[2] + p[3] + p[4]))
			}
		}
	}
}

// decoded is a form value as it was meant; as it is where that cannot be told.
func decoded(s string) string {
	if !strings.Contains(s, "%") {
		return s // a plus sign is one: in base64, and in names
	}
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}
