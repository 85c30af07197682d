package wire

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
)

// A Route is an operation at its place in a REST service.
type Route struct {
	// Pattern is as in http.ServeMux: "GET /users/{InstanceId}/{UserId}".
	// Labels are named as the input's fields.
	Pattern string
	Op      Operation
}

// REST adds operations of a service that speaks restJson1.
func (m *Mux) REST(service string, s Shape, routes ...Route) {
	const kind = "application/json"
	for _, route := range routes {
		b := bound{Operation: route.Op, service: service, shape: s}
		labels := labelsOf(route.Pattern)
		m.rest.HandleFunc(route.Pattern, func(w http.ResponseWriter, r *http.Request) {
			c, out, err := m.run(r, b, func(in any) error {
				if err := s.read(r.Body, in); err != nil {
					return err
				}
				return bind(in, labels, r)
			})
			if err != nil {
				sendJSONError(w, c, kind, restJSON, err)
				return
			}
			s.write(w, c, kind, out)
		})
	}
}

// Handle adds a page that is no operation. Pattern is as in http.ServeMux.
func (m *Mux) Handle(pattern string, h http.Handler) { m.rest.Handle(pattern, h) }

func labelsOf(pattern string) []string {
	var names []string
	_, path, _ := strings.Cut(pattern, " ")
	for seg := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(seg, "{") {
			names = append(names, strings.Trim(seg, "{}"))
		}
	}
	return names
}

// bind copies the path's labels and the query string into the input.
func bind(in any, labels []string, r *http.Request) error {
	v := reflect.ValueOf(in).Elem()
	for _, name := range labels {
		if err := setMember(v, name, r.PathValue(name)); err != nil {
			return err
		}
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("the query string: %w", err)
	}
	for k, values := range q {
		if k == "" {
			continue
		}
		if err := setMember(v, strings.ToUpper(k[:1])+k[1:], values[0]); err != nil {
			return err
		}
	}
	return nil
}

// setMember sets a scalar field; members that the input does not know are
// ignored, as the services do.
func setMember(v reflect.Value, name, s string) error {
	f, ok := v.Type().FieldByName(name)
	if !ok || !f.IsExported() || name == "ResultMetadata" {
		return nil
	}
	if err := setScalar(v.FieldByIndex(f.Index), s); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
