package wire

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"sort"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Shape says in which of the ways that AWS services have a service writes
// its JSON. The zero Shape is that of most: names as the SDK declares them,
// times as seconds since the epoch.
type Shape struct {
	LowerNames bool // members begin with a small letter: access-analyzer
	ISOTimes   bool // times are RFC 3339 text: access-analyzer
	// Decode reads what Go cannot by itself: the SDK's union interfaces.
	Decode *json.Unmarshalers
}

// JSON adds operations of a service that speaks awsJson1_1. Prefix is the part
// of X-Amz-Target before the dot: "CloudTrail_20131101".
func (m *Mux) JSON(service, prefix string, s Shape, ops ...Operation) {
	for _, o := range ops {
		m.json[prefix+"."+o.name] = bound{Operation: o, service: service, shape: s}
	}
}

func (m *Mux) serveTarget(w http.ResponseWriter, r *http.Request) {
	const kind = "application/x-amz-json-1.1"
	b, ok := m.json[target(r.Header.Get("X-Amz-Target"))]
	if !ok {
		sendJSONError(w, &Call{ID: m.NextID()}, kind, awsJSON, &Error{Code: "UnknownOperationException"})
		return
	}
	c, out, err := m.run(r, b, func(in any) error { return b.shape.read(r.Body, in) })
	if err != nil {
		sendJSONError(w, c, kind, awsJSON, err)
		return
	}
	b.shape.write(w, c, kind, out)
}

// target is the last two parts of X-Amz-Target. The AWS CLI puts a package name
// in front of CloudTrail's.
func target(header string) string {
	if op := strings.LastIndexByte(header, '.'); op > 0 {
		return header[strings.LastIndexByte(header[:op], '.')+1:]
	}
	return header
}

func sendJSONError(w http.ResponseWriter, c *Call, kind string, p protocol, err error) {
	code, message, status := fault(err, p)
	body := map[string]string{"message": message}
	if p == awsJSON {
		body["__type"] = code
	} else {
		w.Header().Set("X-Amzn-Errortype", code)
	}
	text, err := json.Marshal(body, json.Deterministic(true))
	if err != nil { // only a message that is no UTF-8 gets here
		text = []byte("{}")
	}
	send(w, c, status, kind, text)
}

// read decodes a body. An empty one is an input without members.
func (s Shape) read(r io.Reader, in any) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading the body: %w", err)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	u := epochTimes
	if s.Decode != nil {
		u = json.JoinUnmarshalers(s.Decode, epochTimes)
	}
	return json.Unmarshal(body, in, json.MatchCaseInsensitiveNames(s.LowerNames), json.WithUnmarshalers(u))
}

var epochTimes = json.UnmarshalFromFunc(func(d *jsontext.Decoder, t *time.Time) error {
	tok, err := d.ReadToken()
	if err != nil {
		return err
	}
	if tok.Kind() != '0' {
		return fmt.Errorf("a time is a number of seconds, not %v", tok.Kind())
	}
	f, err := tok.Float()
	if err != nil {
		return err
	}
	*t = time.UnixMilli(int64(f * 1000)).UTC()
	return nil
})

func (s Shape) write(w http.ResponseWriter, c *Call, kind string, out any) {
	var b bytes.Buffer
	if err := s.encode(jsontext.NewEncoder(&b), reflect.ValueOf(out)); err != nil {
		http.Error(w, "encoding the answer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, c, http.StatusOK, kind, bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// encode writes an SDK value. The SDK's shapes carry no tags, some services
// name members with a small letter, and unions are interfaces, so this walks
// them itself and leaves scalars to the library.
func (s Shape) encode(e *jsontext.Encoder, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return e.WriteToken(jsontext.Null)
		}
		return s.encode(e, v.Elem())
	case reflect.Struct:
		if t, ok := reflect.TypeAssert[time.Time](v); ok {
			if s.ISOTimes {
				return e.WriteToken(jsontext.String(t.UTC().Format(time.RFC3339)))
			}
			return e.WriteToken(jsontext.Float(float64(t.UnixMilli()) / 1000))
		}
		return s.encodeStruct(e, v)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			break
		}
		if err := e.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for i := range v.Len() {
			if err := s.encode(e, v.Index(i)); err != nil {
				return err
			}
		}
		return e.WriteToken(jsontext.EndArray)
	case reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		if err := e.WriteToken(jsontext.BeginObject); err != nil {
			return err
		}
		for _, k := range keys {
			if err := e.WriteToken(jsontext.String(k.String())); err != nil {
				return err
			}
			if err := s.encode(e, v.MapIndex(k)); err != nil {
				return err
			}
		}
		return e.WriteToken(jsontext.EndObject)
	}
	return json.MarshalEncode(e, v.Interface())
}

func (s Shape) encodeStruct(e *jsontext.Encoder, v reflect.Value) error {
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	t := v.Type()
	// A member of a union is a struct FindingDetailsMemberExternalAccessDetails
	// with one Value; on the wire it is {"externalAccessDetails": Value}. The
	// union's own name may hold the word too: MemberIdMemberUserId.
	const mark = "Member"
	at := strings.LastIndex(t.Name(), mark)
	isUnion := at > 0 && t.NumField() == 2 && t.Field(0).Name == "Value"
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() || f.Name == "ResultMetadata" || v.Field(i).IsZero() {
			continue
		}
		name := f.Name
		if isUnion {
			name = t.Name()[at+len(mark):]
		}
		if s.LowerNames {
			name = strings.ToLower(name[:1]) + name[1:]
		}
		if err := e.WriteToken(jsontext.String(name)); err != nil {
			return err
		}
		if err := s.encode(e, v.Field(i)); err != nil {
			return err
		}
	}
	return e.WriteToken(jsontext.EndObject)
}
