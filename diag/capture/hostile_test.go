package capture_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
	"example.com/samlens/diag/capture"
)

// TestHostile opens what is made to exhaust a reader: each ends soon, with a
// sentence or a sign-in.
func TestHostile(t *testing.T) {
	const unit = 1 << 17 // a fraction, so that the test stays quick; the time grows with it
	packed := func(size int, head string) []byte {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, 1)
		w.Write([]byte(head))
		for range size / unit {
			w.Write(bytes.Repeat([]byte{' '}, unit))
		}
		w.Close()
		return b.Bytes()
	}
	manyFiles := func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := range 3000 {
			f, _ := z.Create(strings.Repeat("x", i%50+1) + ".har")
			f.Write([]byte(`{"log":{"entries":[]}}`))
		}
		z.Close()
		return b.Bytes()
	}
	v := idp.Encode(response(t, nil))
	for name, in := range map[string][]byte{
		"a long run":         []byte(strings.Repeat("A", 24*unit)),
		"many runs":          []byte(strings.Repeat(strings.Repeat("P", 90)+" \n-", unit/10)),
		"many elements":      []byte("x " + strings.Repeat("<Response ", unit)),
		"deep XML":           []byte(strings.Repeat("<a>", unit)),
		"deep JSON":          []byte(strings.Repeat("[", unit)),
		"deep object":        []byte(strings.Repeat(`{"a":`, unit)),
		"deep HAR":           []byte(`{"log":{"entries":[{"request":` + strings.Repeat(`[`, unit)),
		"many tags":          []byte("<html>" + strings.Repeat("<p ", unit)),
		"many quotes":        []byte(`<form action="` + strings.Repeat(`"'`, unit)),
		"open comments":      []byte("<html>" + strings.Repeat("<!--", unit)),
		"many labels":        []byte(strings.Repeat("SAMLResponse: ", unit/8)),
		"many fields":        []byte("SAMLResponse=x&" + strings.Repeat("a=b&", unit)),
		"many words":         []byte("curl " + strings.Repeat(`'a' `, unit)),
		"ampersands":         []byte(strings.Repeat("&amp;", unit)),
		"percents":           []byte(strings.Repeat("%25", unit)),
		"a gzip bomb":        packed(300*unit, "{"),
		"gzip within gzip":   packed(0, string(packed(0, string(packed(0, string(packed(0, v))))))),
		"a zip of many":      manyFiles(),
		"NUL":                bytes.Repeat([]byte{0}, unit),
		"a mail of parts":    []byte("From: a\nSubject: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\nhello\n", 20000)),
		"a HAR of messages":  many(t),
		"escape sequences":   []byte("\x1b]52;c;" + v + "\x07"),
		"quotes in a script": []byte(`fetch("` + strings.Repeat(`\"`, unit)),
	} {
		start := time.Now()
		_, err := capture.Open(name, bytes.NewReader(in))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: took %v", name, took)
		} else if took > time.Second {
			t.Logf("%s: took %v", name, took)
		}
		var e *capture.Error
		if err != nil && (!errors.As(err, &e) || len(err.Error()) > 800 || strings.ContainsAny(err.Error(), "\x00\x1b\n")) {
			t.Errorf("%s: %.300q", name, err)
		}
	}
}

// many is a recording of more messages than are kept.
func many(t *testing.T) []byte {
	doc := response(t, nil)
	var hs []hit
	for i := range 300 {
		v := idp.Encode(bytes.ReplaceAll(doc, []byte("_r7f20"), []byte("_r"+strings.Repeat("x", i))))
		hs = append(hs, hit{time.Duration(i) * time.Second, 1, "POST", acs, [][2]string{{"SAMLResponse", v}}, 400, "text/html", missing, "", 0})
	}
	return write("chrome", hs)
}
