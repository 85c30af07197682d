package casefile

import (
	"reflect"

	"example.com/samlens/diag/evidence"
)

// furthest is the last byte that a place in another document than the
// response can name: no capture that is read has more.
const furthest = 1 << 40

// bound brings every place that a file names into the document it speaks of,
// and every index to one that could be.
func bound(c *evidence.Case, response int) {
	within(reflect.ValueOf(&c.Capture).Elem(), response)
	within(reflect.ValueOf(&c.Live).Elem(), response)
	for i := range c.Response.Value.Signatures {
		for j := range c.Response.Value.Signatures[i].References {
			within(reflect.ValueOf(&c.Response.Value.Signatures[i].References[j].Edited).Elem(), response)
		}
	}
	cp := &c.Capture.Value
	cp.Entry = max(-1, cp.Entry)
	for i := range cp.Exchanges {
		cp.Exchanges[i].Entry = max(-1, cp.Exchanges[i].Entry)
		cp.Exchanges[i].Took = max(0, cp.Exchanges[i].Took)
	}
}

var spot = reflect.TypeFor[evidence.Spot]()

// within bounds the spots that v holds.
func within(v reflect.Value, response int) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == spot && v.CanSet() {
			s := v.Interface().(evidence.Spot)
			last := furthest
			if s.In == evidence.InResponse {
				last = response
			}
			s.Start = min(max(0, s.Start), last)
			s.End = min(max(s.Start, s.End), last)
			s.Line = max(0, s.Line)
			v.Set(reflect.ValueOf(s))
			return
		}
		for _, f := range v.Fields() {
			if f.CanSet() {
				within(f, response)
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			within(v.Index(i), response)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			within(v.Elem(), response)
		}
	default:
	}
}
