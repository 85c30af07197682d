package wire

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Query adds operations of a service that speaks awsQuery. Version is that of
// its API: "2010-05-08" is IAM, "2011-06-15" is STS.
func (m *Mux) Query(service, version string, ops ...Operation) {
	for _, o := range ops {
		m.query[version+"/"+o.name] = bound{Operation: o, service: service}
	}
}

func (m *Mux) serveQuery(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		sendQueryError(w, &Call{ID: m.NextID()}, &Error{Code: "RequestEntityTooLarge", Message: err.Error(), Status: http.StatusRequestEntityTooLarge})
		return
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		sendQueryError(w, &Call{ID: m.NextID()}, &Error{Code: "MalformedQueryString", Message: "The query string contains a syntax error"})
		return
	}
	b, ok := m.query[values.Get("Version")+"/"+values.Get("Action")]
	if !ok {
		sendQueryError(w, &Call{ID: m.NextID()}, &Error{Code: "InvalidAction", Message: fmt.Sprintf("Could not find operation %s for version %s", values.Get("Action"), values.Get("Version"))})
		return
	}
	c, out, err := m.run(r, b, func(in any) error {
		return newForm(values).decode("", reflect.ValueOf(in).Elem())
	})
	if err != nil {
		sendQueryError(w, c, err)
		return
	}
	var buf bytes.Buffer
	fmt.Fprintf(&buf, `<%sResponse xmlns="https://%s.amazonaws.com/doc/%s/"><%sResult>`, b.name, b.service, values.Get("Version"), b.name)
	encodeXML(&buf, reflect.ValueOf(out).Elem())
	fmt.Fprintf(&buf, "</%sResult><ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></%sResponse>", b.name, c.ID, b.name)
	send(w, c, http.StatusOK, "text/xml", buf.Bytes())
}

func sendQueryError(w http.ResponseWriter, c *Call, err error) {
	code, message, status := fault(err, awsQuery)
	kind := "Sender"
	if status >= http.StatusInternalServerError {
		kind = "Receiver"
	}
	var b bytes.Buffer
	b.WriteString("<ErrorResponse><Error>")
	encodeText(&b, "Type", kind)
	encodeText(&b, "Code", code)
	encodeText(&b, "Message", message)
	b.WriteString("</Error>")
	encodeText(&b, "RequestId", c.ID)
	b.WriteString("</ErrorResponse>")
	send(w, c, status, "text/xml", b.Bytes())
}

// A form holds the dotted keys of an awsQuery body. The SDK's field names
// differ from the wire's in case now and then (PolicyArns.member.1.arn), so
// keys are kept in lower case.
type form struct {
	values map[string]string
	keys   []string // sorted
}

func newForm(v url.Values) form {
	f := form{values: make(map[string]string, len(v))}
	for k, s := range v {
		k = strings.ToLower(k)
		f.values[k] = s[0]
		f.keys = append(f.keys, k)
	}
	sort.Strings(f.keys)
	return f
}

func (f form) has(prefix string) bool {
	i := sort.SearchStrings(f.keys, prefix)
	return i < len(f.keys) && strings.HasPrefix(f.keys[i], prefix)
}

// decode fills a struct from the keys below prefix, which ends in a dot or is
// empty.
func (f form) decode(prefix string, v reflect.Value) error {
	t := v.Type()
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			continue
		}
		if err := f.field(prefix+strings.ToLower(t.Field(i).Name), v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

func (f form) field(key string, v reflect.Value) error {
	switch {
	case v.Kind() == reflect.Pointer:
		if _, ok := f.values[key]; !ok && !f.has(key+".") {
			return nil
		}
		v.Set(reflect.New(v.Type().Elem()))
		return f.field(key, v.Elem())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		for n := 1; ; n++ { // a list ends at its first gap
			k := key + ".member." + strconv.Itoa(n)
			if _, ok := f.values[k]; !ok && !f.has(k+".") {
				return nil
			}
			el := reflect.New(v.Type().Elem()).Elem()
			if err := f.field(k, el); err != nil {
				return err
			}
			v.Set(reflect.Append(v, el))
		}
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		if !f.has(key + ".") {
			return nil
		}
		return f.decode(key+".", v)
	}
	s, ok := f.values[key]
	if !ok {
		return nil
	}
	if err := setScalar(v, s); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// setScalar parses one value of a form, a query string or a path.
func setScalar(v reflect.Value, s string) error {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return setScalar(v.Elem(), s)
	case reflect.String:
		v.SetString(s)
	case reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(s, 10, v.Type().Bits())
		if err != nil {
			return fmt.Errorf("%q is not a number", s)
		}
		v.SetInt(n)
	case reflect.Bool:
		b, err := strconv.ParseBool(s)
		if err != nil {
			return fmt.Errorf("%q is not a boolean", s)
		}
		v.SetBool(b)
	case reflect.Struct:
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return fmt.Errorf("%q is not a time", s)
		}
		v.Set(reflect.ValueOf(t))
	default:
		return fmt.Errorf("a %s cannot be given here", v.Type())
	}
	return nil
}
