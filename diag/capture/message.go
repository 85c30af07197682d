package capture

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/har"
)

// A message is one SAML message that a capture holds, before messages that
// are one sign-in are put together.
type message struct {
	post    evidence.Post
	acs     endpoint.ACS
	field   string // SAMLResponse, SAMLRequest, wresult
	started time.Time
	took    time.Duration
	status  int
	date    time.Time
	origin  string
	entry   int
	value   string
	relay   evidence.Fact[evidence.Text]
	role    string // the role chosen on AWS's role picker
	opened  envelope.Document
	err     error
	masked  string // who masked the value
	comment string // why a browser left the body out
	decoded bool   // opened.XML is what a viewer decoded
	from    string // taken from another place
	mended  []evidence.Repair
}

// toAWS reports whether the message was meant for AWS: posted to an ACS of
// AWS, or to an AWS sign-in host beside one.
func (m *message) toAWS() bool {
	return m.acs.Kind != endpoint.Other || m.acs.Near != ""
}

// isResponse reports whether the message can sign someone in.
func (m *message) isResponse() bool { return m.field != "SAMLRequest" }

// names of the fields that carry a message, likeliest first.
var messageFields = []string{"SAMLResponse", "wresult", "SAMLRequest"}

func pick(fields []field, name string) (string, bool) {
	for _, f := range fields {
		if f.name == name {
			return f.value, true
		}
	}
	return "", false
}

// body brings a recorded request body to its form: base64 undone, headers
// that Firefox writes in front of it taken off.
func body(p har.Post) (text string, mended string) {
	text = p.Text
	if strings.EqualFold(p.Encoding, "base64") || p.Encoding == "" && !strings.ContainsAny(text, "=&") || looksLikeBase64Form(text) {
		if b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text)); err == nil && strings.Contains(string(b), "=") {
			text, mended = string(b), "request body kept as base64 undone"
		}
	}
	low := strings.ToLower(text[:min(len(text), 256)])
	if strings.HasPrefix(strings.TrimLeft(low, "\r\n"), "content-") {
		if _, rest, ok := strings.Cut(text, "\r\n\r\n"); ok {
			text, mended = rest, "headers in front of the request body taken off"
		} else if _, rest, ok := strings.Cut(text, "\n\n"); ok {
			text, mended = rest, "headers in front of the request body taken off"
		}
	}
	return text, mended
}

// looksLikeBase64Form reports whether a body is base64 that decodes to a form
// with a SAML field.
func looksLikeBase64Form(s string) bool {
	if strings.ContainsAny(s[:min(len(s), 64)], "=&% ") || len(s) < 24 {
		return false
	}
	b, err := base64.StdEncoding.DecodeString(s[:24])
	return err == nil && (strings.Contains(string(b), "SAMLRes") || strings.Contains(string(b), "RelayState") || strings.Contains(string(b), "wresult"))
}

// read takes the SAML message out of an entry; nil where it has none.
func read(e *har.Entry, raw bool) *message {
	if e.Post.Text == "" && len(e.Post.Params) == 0 && !strings.EqualFold(e.Method, "POST") && !strings.Contains(e.URL, "SAML") {
		return nil // as nearly all are
	}
	pointer := fmt.Sprintf("/log/entries/%d", e.Index)
	m := &message{
		acs: endpoint.ParseACS(e.URL), started: e.Started, took: e.Took, status: e.Status, date: e.Date, origin: e.Origin, entry: e.Index,
		post: evidence.Post{URL: e.URL, Entry: e.Index, At: span(e.At, pointer), Method: strings.ToUpper(e.Method), SentAt: e.Started},
	}
	if m.origin == "" || m.origin == "null" {
		m.origin = e.Referer
	}
	isPost := m.post.Method == "POST"
	if e.Post.Text != "" {
		text, mended := body(e.Post)
		fields := formFields(text)
		form := true
		if strings.Contains(strings.ToLower(e.Post.MIME), "multipart/") {
			fields, form = multipartFields(text), false
		}
		at := span(e.Post.TextAt, pointer+"/request/postData/text")
		if mended != "" {
			m.mended = append(m.mended, evidence.Repair{What: mended, At: at, Offset: -1})
		}
		if m.take(fields, at, form, e.Post.Over) {
			return m
		}
	}
	if len(e.Post.Params) > 0 {
		var fields []field
		var at evidence.Spot
		over, encoded := false, raw
		for _, p := range e.Post.Params {
			fields = append(fields, field{p.Name, p.Value})
			if isMessage(p.Name) {
				at = span(p.ValueAt, fmt.Sprintf("%s/request/postData/params/%d/value", pointer, p.Index))
				over = p.Over
				encoded = encoded && !strings.ContainsAny(p.Value, "+/= ") || strings.Contains(p.Value, "%3") || strings.Contains(p.Value, "%2")
			}
		}
		if m.take(fields, at, encoded, over) {
			return m
		}
	}
	if u, err := url.Parse(e.URL); err == nil && strings.Contains(u.RawQuery, "SAML") && !isPost {
		if m.take(formFields(u.RawQuery), evidence.Spot{In: evidence.InHAR, Path: pointer + "/request/url"}, true, false) {
			m.post.Method = "GET"
			return m
		}
	}
	if isPost && m.acs.OK() {
		// The POST is there, and what it carried is not.
		m.field, m.comment = "SAMLResponse", e.Post.Comment
		if m.comment == "" && !e.Post.Present {
			m.comment = "the request has no postData"
		}
		m.post.Message = m.field
		return m
	}
	return nil
}

func isMessage(name string) bool {
	return slices.Contains(messageFields, name)
}

// take fills m from fields. encoded tells that values are percent-encoded.
func (m *message) take(fields []field, at evidence.Spot, encoded, over bool) bool {
	for _, name := range messageFields {
		v, ok := pick(fields, name)
		if !ok {
			continue
		}
		m.field, m.value, m.post.Message = name, v, name
		m.relayState(fields, at, encoded)
		if role, ok := pick(fields, "roleIndex"); ok {
			m.role = decodeField(role, encoded)
		}
		if over {
			m.err = &envelope.Error{Kind: envelope.TooLarge, Offset: har.MaxPost, Reason: "the value is longer than 4 MB"}
			return true
		}
		m.open(at, encoded)
		return true
	}
	return false
}

// relayState settles what was sent beside the message.
func (m *message) relayState(fields []field, at evidence.Spot, encoded bool) {
	for _, name := range []string{"RelayState", "TARGET", "wctx"} {
		if v, ok := pick(fields, name); ok {
			m.relay = evidence.Have(evidence.Text{Value: decodeField(v, encoded), Present: true, At: at}, "capture")
			return
		}
	}
	m.relay = evidence.None[evidence.Text]("capture")
}

func decodeField(v string, encoded bool) string {
	if !encoded {
		return v
	}
	if d, err := url.QueryUnescape(v); err == nil {
		return d
	}
	return v
}

// open takes the document out of the value.
func (m *message) open(at evidence.Spot, encoded bool) {
	plain := m.value
	if encoded {
		if d, err := url.PathUnescape(plain); err == nil {
			plain = d
		}
	}
	if who := maskedBy(plain); who != "" {
		m.masked = who
		return
	}
	if m.field == "wresult" {
		// WS-Federation sends XML, in which plus means a space where encoded.
		m.opened.XML = []byte(strings.TrimSpace(decodeField(m.value, encoded)))
		if !envelope.XML(m.opened.XML) {
			m.opened.XML, m.err = nil, &envelope.Error{Kind: envelope.NotSAML, Offset: -1, Reason: "the wresult field holds no XML"}
		}
		return
	}
	m.opened, m.err = envelope.Open(envelope.Value{Text: []byte(m.value), At: at, Form: encoded, Redirect: m.post.Method == "GET"})
}
