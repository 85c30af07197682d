package wire

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"reflect"
	"sort"
	"time"
)

// encodeXML writes the fields of an SDK struct as awsQuery does: one element a
// field, lists as <member>, maps as <entry>, times in RFC 3339.
func encodeXML(b *bytes.Buffer, v reflect.Value) {
	t := v.Type()
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && f.Name != "ResultMetadata" {
			encodeField(b, f.Name, v.Field(i))
		}
	}
}

func encodeField(b *bytes.Buffer, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			encodeValue(b, name, v.Elem()) // a pointer to zero is a zero that was meant
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		fmt.Fprintf(b, "<%s>", name)
		for i := range v.Len() {
			encodeValue(b, "member", v.Index(i))
		}
		fmt.Fprintf(b, "</%s>", name)
	case reflect.Map:
		if v.IsNil() {
			return
		}
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		fmt.Fprintf(b, "<%s>", name)
		for _, k := range keys {
			b.WriteString("<entry>")
			encodeValue(b, "key", k)
			encodeValue(b, "value", v.MapIndex(k))
			b.WriteString("</entry>")
		}
		fmt.Fprintf(b, "</%s>", name)
	case reflect.String:
		if v.Len() > 0 {
			encodeValue(b, name, v) // enumerations are no pointers: empty is absent
		}
	default:
		encodeValue(b, name, v)
	}
}

func encodeValue(b *bytes.Buffer, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		encodeField(b, name, v)
	case reflect.Struct:
		if tm, ok := reflect.TypeAssert[time.Time](v); ok {
			encodeText(b, name, tm.UTC().Format(time.RFC3339))
			return
		}
		fmt.Fprintf(b, "<%s>", name)
		encodeXML(b, v)
		fmt.Fprintf(b, "</%s>", name)
	default:
		encodeText(b, name, fmt.Sprint(v.Interface()))
	}
}

func encodeText(b *bytes.Buffer, name, text string) {
	fmt.Fprintf(b, "<%s>", name)
	_ = xml.EscapeText(b, []byte(text)) // a bytes.Buffer does not fail
	fmt.Fprintf(b, "</%s>", name)
}
