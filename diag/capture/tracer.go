package capture

import (
	"encoding/json"
	"strings"
	"time"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/har"
)

// A trace is a SAML-tracer export, current or legacy. It has no times but
// the Date headers and no bodies of answers.
type trace struct {
	Requests []struct {
		Method          string          `json:"method"`
		URL             string          `json:"url"`
		RequestHeaders  headers         `json:"requestHeaders"`
		Post            json.RawMessage `json:"post"`
		PostData        json.RawMessage `json:"postData"`
		SAML            json.RawMessage `json:"saml"`
		Protocol        json.RawMessage `json:"protocol"`
		ResponseStatus  json.RawMessage `json:"responseStatus"`
		ResponseHeaders headers         `json:"responseHeaders"`
	} `json:"requests"`
	Timestamp string `json:"timestamp"`
}

// headers are lists of {name, value} objects, or of pairs in legacy exports.
type headers []har.Param

// UnmarshalJSON takes both forms, and nothing for any other.
func (h *headers) UnmarshalJSON(b []byte) error {
	*h = nil
	var list []json.RawMessage
	if json.Unmarshal(b, &list) != nil {
		return nil //nolint:nilerr // what is no list holds no headers
	}
	for _, raw := range list {
		var o struct{ Name, Value string }
		var p []string
		if json.Unmarshal(raw, &p) == nil && len(p) == 2 {
			o.Name, o.Value = p[0], p[1]
		} else if json.Unmarshal(raw, &o) != nil {
			continue
		}
		*h = append(*h, har.Param{Name: o.Name, Value: o.Value})
	}
	return nil
}

func (h headers) get(name string) string {
	for _, p := range h {
		if strings.EqualFold(p.Name, name) {
			return p.Value
		}
	}
	return ""
}

// readTracer reads a SAML-tracer export.
func readTracer(name string, doc []byte) Source {
	src := Source{Name: name, Kind: KindTracer}
	var t trace
	if err := json.Unmarshal(doc, &t); err != nil {
		src.Err = fail(ErrBroken, "the SAML-tracer export is broken: "+printable(err.Error(), 120), "export it again")
		src.Err.Source, src.Err.Err = name, err
		return src
	}
	s := newStory(evidence.FormTracer)
	s.writer = "SAML-tracer"
	for i, r := range t.Requests {
		e := &har.Entry{Index: i, Method: r.Method, URL: r.URL, Origin: r.RequestHeaders.get("Origin"), Referer: r.RequestHeaders.get("Referer")}
		if json.Unmarshal(r.ResponseStatus, &e.Status) != nil {
			e.Status = 0
		}
		e.Date = har.ParseDate(r.ResponseHeaders.get("Date"))
		e.Location = r.ResponseHeaders.get("Location")
		e.Content.MIME = r.ResponseHeaders.get("Content-Type")
		e.Post.Params = pairs(r.Post)
		e.Post.Present = len(e.Post.Params) > 0
		before := len(s.messages)
		s.add(e)
		var xml string
		if json.Unmarshal(r.SAML, &xml) == nil && strings.TrimSpace(xml) != "" {
			s.decoded(e, xml, before)
		}
	}
	if t.Timestamp != "" {
		if at, err := time.Parse(time.RFC3339, t.Timestamp); err == nil {
			src.Notes = append(src.Notes, Note{Text: "exported " + at.UTC().Format(time.RFC3339), Offset: -1})
		}
	}
	return finish(src, s, har.Log{Found: true, Entries: len(t.Requests)})
}

// pairs reads the post parameters: a list of pairs, or an object of lists.
func pairs(raw json.RawMessage) []har.Param {
	var list [][]string
	var out []har.Param
	if json.Unmarshal(raw, &list) == nil {
		for i, p := range list {
			if len(p) >= 2 {
				out = append(out, har.Param{Name: p[0], Value: p[1], Index: i})
			}
		}
		return out
	}
	var object map[string][]string
	if json.Unmarshal(raw, &object) == nil {
		for _, n := range append(messageFields, "RelayState", "roleIndex") {
			if v := object[n]; len(v) > 0 {
				out = append(out, har.Param{Name: n, Value: v[0]})
			}
		}
	}
	return out
}

// decoded takes the XML that SAML-tracer decoded, where the post itself was
// masked or left out. before is how many messages there were without it.
func (s *story) decoded(e *har.Entry, xml string, before int) {
	root, ok := peekRoot([]byte(xml))
	if !ok || !envelope.XML([]byte(xml)) {
		return
	}
	var m *message
	if len(s.messages) > before {
		m = s.messages[len(s.messages)-1]
		if m.opened.XML != nil {
			return
		}
	} else {
		m = &message{acs: parseACS(e.URL), entry: e.Index, status: e.Status, date: e.Date, origin: e.Origin}
		m.post = evidence.Post{URL: e.URL, Entry: e.Index, Method: strings.ToUpper(e.Method)}
		s.message(m)
	}
	if m.field == "" {
		m.field = "SAMLResponse"
		if root.content() == samlRequest {
			m.field = "SAMLRequest"
			s.asked++
		}
	}
	m.post.Message = m.field
	if x := s.stepOf(e.Index); x != nil {
		x.SAML = m.field
	}
	if m.masked != "" || m.err != nil {
		m.from = "SAML-tracer's decoded copy; the posted value was masked or damaged"
		m.relay = evidence.Fact[evidence.Text]{}
	}
	m.masked, m.err, m.value, m.decoded = "", nil, "", true
	m.opened = envelope.Document{XML: []byte(xml)}
	m.post.At = evidence.Spot{In: evidence.InHAR, Path: "/requests/" + itoa(e.Index) + "/saml"}
}
