package envelope

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"example.com/samlens/diag/evidence"
)

// doc has every character of base64 in its encoding, plus and slash too.
var doc = []byte(`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"><x>` + strings.Repeat("~~>>??ÿþ", 20) + `</x></samlp:Response>`)

func std(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func wrap(s string, n int, end string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += n {
		b.WriteString(s[i:min(i+n, len(s))] + end)
	}
	return b.String()
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, 9)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func printable(s string) string {
	var out bytes.Buffer
	w := quotedprintable.NewWriter(&out)
	w.Write([]byte(s))
	w.Close()
	return out.String()
}

func repairs(rs []evidence.Repair) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.What)
	}
	return strings.Join(out, ", ")
}

func TestOpen(t *testing.T) {
	v := std(doc)
	if !strings.Contains(v, "+") || !strings.Contains(v, "/") || !strings.HasSuffix(v, "=") {
		t.Fatal("the test document does not have what the test needs")
	}
	unpadded := strings.TrimRight(v, "=")
	for _, c := range []struct {
		name, in, mended string
		v                Value
	}{
		{"plain", v, "", Value{}},
		{"as posted", url.QueryEscape(v), "", Value{Form: true}},
		{"percent-encoded", url.QueryEscape(v), "percent-encoding undone", Value{}},
		{"lower case", strings.NewReplacer("%2B", "%2b", "%2F", "%2f", "%3D", "%3d").Replace(url.QueryEscape(v)), "percent-encoding undone", Value{}},
		{"encoded twice", url.QueryEscape(url.QueryEscape(v)), "percent-encoded once too often", Value{Form: true}},
		{"plus kept", strings.ReplaceAll(url.QueryEscape(v), "%2B", "+"), "", Value{Form: true}},
		{"plus to space", strings.ReplaceAll(v, "+", " "), "spaces turned back into plus", Value{}},
		{"wrapped at 64", wrap(v, 64, "\n"), "line breaks removed", Value{}},
		{"wrapped at 76", wrap(v, 76, "\r\n"), "line breaks removed", Value{}},
		{"wrapped and indented", "  " + wrap(v, 76, "\n    "), "line breaks removed", Value{}},
		{"quoted in a mail", "> " + wrap(v, 70, "\n> "), "line breaks removed", Value{}},
		{"joined by spaces", strings.TrimSpace(wrap(v, 76, " ")), "white space removed", Value{}},
		{"quotes", `"` + v + `"`, "quotes removed", Value{}},
		{"quotes and comma", `  '` + v + "',\n", "quotes removed", Value{}},
		{"typographic quotes", "“" + v + "”", "quotes removed", Value{}},
		{"URL-safe", base64.URLEncoding.EncodeToString(doc), "URL-safe alphabet turned into the standard one", Value{}},
		{"URL-safe unpadded", base64.RawURLEncoding.EncodeToString(doc), "URL-safe alphabet turned into the standard one, padding added", Value{}},
		{"unpadded", unpadded, "padding added", Value{}},
		{"padded too much", v + "=", "padding too many left out", Value{}},
		{"bytes behind", v + "abc", "bytes behind the end of the base64 left out", Value{}},
		{"base64 twice", std([]byte(v)), "encoded twice", Value{}},
		{"percent in base64", std([]byte(url.PathEscape(string(doc)))), "encoded twice, percent-encoding undone", Value{}},
		{"character references", strings.NewReplacer("+", "&#x2b;", "=", "&#61;", "/", "&sol;").Replace(v), "character references resolved", Value{}},
		{"JSON escapes", strings.NewReplacer("+", `\u002b`, "=", `\u003d`, "/", `\/`).Replace(v), "escapes of JSON resolved", Value{}},
		{"quoted-printable", printable(v), "quoted-printable undone", Value{}},
		{"redirect", std(deflate(doc)), "", Value{Redirect: true}},
		{"redirect in a query", url.QueryEscape(std(deflate(doc))), "", Value{Redirect: true, Form: true}},
		{"deflate in a post", std(deflate(doc)), "DEFLATE of the Redirect binding undone", Value{}},
		{"gzip", std(zipped(doc)), "gzip undone", Value{}},
		{"byte order mark", "\uFEFF" + v, "byte order mark removed", Value{}},
		{"invisible characters", wrap(v, 200, "\u200B") + "\uFEFF", "invisible characters removed", Value{}},
		{"no-break spaces", strings.TrimSuffix(wrap(v, 76, "\u00A0"), "\u00A0"), "invisible characters removed, white space removed", Value{}},
		{"digits of base64", hex.EncodeToString([]byte(v)), "hexadecimal digits undone", Value{}},
		{"references in references", strings.NewReplacer("+", "&amp;#x2b;", "=", "&amp;#61;").Replace(v), "character references resolved, character references resolved", Value{}},
		{"XML", string(doc), "", Value{}},
		{"XML in digits", hex.EncodeToString(doc), "hexadecimal digits undone", Value{}},
		{"XML in digits with 0x", "0x" + strings.ToUpper(hex.EncodeToString(doc)), "hexadecimal digits undone", Value{}},
		{"XML in digits, a dump", fmt.Sprintf("% x", doc), "hexadecimal digits undone", Value{}},
		{"XML in digits, a script's", escapedBytes(doc), "hexadecimal digits undone", Value{}},
		{"XML in a string", `"` + strings.NewReplacer(`"`, `\"`, "/", `\/`, "ÿ", `\u00ff`, "þ", `\u00FE`).Replace(string(doc)) + `"`, "quotes removed, escapes of JSON resolved", Value{}},
		{"XML in percent-encoding", url.PathEscape(string(doc)), "percent-encoding undone", Value{}},
	} {
		c.v.Text = []byte(c.in)
		got, err := Open(c.v)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !bytes.Equal(got.XML, doc) {
			t.Errorf("%s: the document is %.40q…", c.name, got.XML)
		}
		if r := repairs(got.Repairs); r != c.mended {
			t.Errorf("%s: mended %q, want %q", c.name, r, c.mended)
		}
		isXML := strings.Contains(c.name, "XML")
		if isXML != (got.EncodedLen == 0) {
			t.Errorf("%s: EncodedLen %d", c.name, got.EncodedLen)
		}
	}
}

// escapedBytes writes \x before each byte.
func escapedBytes(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		fmt.Fprintf(&s, `\x%02x`, c)
	}
	return s.String()
}

// TestLastPlus: a third of all documents end in a plus when encoded.
func TestLastPlus(t *testing.T) {
	for pad := range 3 {
		want := []byte(`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">` + strings.Repeat("~", pad) + strings.Repeat(">>?", 30) + `</samlp:Response>`)
		v := strings.ReplaceAll(std(want), "+", " ")
		for _, in := range []string{v, v + "\n", v + "\r\n"} {
			got, err := Open(Value{Text: []byte(in)})
			if err != nil || !bytes.Equal(got.XML, want) {
				t.Errorf("%d, %q: %q, %v", pad, in[len(in)-4:], got.XML, err)
			}
		}
	}
	// A value that was cut stays cut: nothing is made up.
	if got, _ := Open(Value{Text: []byte(std(doc)[:203])}); strings.Contains(repairs(got.Repairs), "plus") {
		t.Errorf("mended %q", repairs(got.Repairs))
	}
}

func TestOpenTellsPlaces(t *testing.T) {
	v := std(doc)
	spaced := strings.ReplaceAll(v, "+", " ")
	got, err := Open(Value{Text: []byte(spaced)})
	if err != nil {
		t.Fatal(err)
	}
	r := got.Repairs[0]
	if r.Offset != strings.Index(v, "+") || r.Count != strings.Count(v, "+") {
		t.Errorf("repair at %d, %d times; want %d, %d", r.Offset, r.Count, strings.Index(v, "+"), strings.Count(v, "+"))
	}
	// The place of a bad character is told in the value as given, whatever
	// was undone before it.
	esc := url.QueryEscape(v)
	bad := esc[:200] + "*" + esc[200:]
	_, err = Open(Value{Text: []byte(bad), Form: true})
	var e *Error
	if !errors.As(err, &e) || e.Kind != Illegal || e.Offset != 200 {
		t.Errorf("bad character: %v, want one at 200", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	v := std(doc)
	for _, c := range []struct {
		name, in string
		kind     Kind
		says     string
	}{
		{"nothing", "", Empty, "empty"},
		{"quotes around nothing", `""`, Empty, "empty"},
		{"cut", strings.TrimRight(v, "=")[:101], Short, "ends in the middle"},
		{"shortened", v[:100] + "…", Illegal, "ellipsis"},
		{"control character", v[:50] + "\x1b" + v[50:], Illegal, "U+001B"},
		{"an image", std([]byte("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 50))), NotSAML, "an image"},
		{"a token", std([]byte(`{"alg":"RS256","typ":"JWT"}`)), NotSAML, "JSON Web Token"},
		{"JSON", std([]byte(`{"a":[1,2,3]}    `)), NotSAML, "JSON"},
		{"a certificate", std([]byte("\x30\x82\x01\x0a" + strings.Repeat("\x01\xff", 60))), NotSAML, "certificate"},
		{"a bomb", std(deflate(append([]byte("<a>"), make([]byte, MaxDocument+10)...))), TooLarge, "20 MB"},
		{"a gzip bomb", std(zipped(append([]byte("<a>"), make([]byte, MaxDocument+10)...))), TooLarge, "20 MB"},
		{"broken gzip", std(zipped(doc)[:60]), BadPack, "damaged"},
		{"broken deflate", std(deflate(bytes.Repeat(doc, 30))[:150]), BadPack, "damaged"},
		{"too large", strings.Repeat("A", MaxDocument+1), TooLarge, "20 MB"},
	} {
		_, err := Open(Value{Text: []byte(c.in)})
		var e *Error
		if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(e.Error(), c.says) {
			t.Errorf("%s: %v (%+v), want %s and %q", c.name, err, e, c.kind, c.says)
			continue
		}
		if strings.Contains(e.Error(), v[:20]) || strings.ContainsAny(e.Error(), "\x1b\n") {
			t.Errorf("%s: the error shows the value: %q", c.name, e.Error())
		}
	}
}

func TestOpenUTF16(t *testing.T) {
	raw := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(string(doc))) {
		raw = append(raw, byte(u), byte(u>>8))
	}
	got, err := Open(Value{Text: []byte(std(raw))})
	if err != nil || !bytes.Equal(got.XML, raw) {
		t.Errorf("UTF-16 is not kept as sent: %v", err)
	}
}

// FuzzOpen checks decoding against encoding/base64 and net/url: what they
// read as base64 of XML is read the same, and nothing makes it panic.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(std(doc)), true)
	f.Add([]byte(url.QueryEscape(std(doc))), true)
	f.Add([]byte(std(deflate(doc))), false)
	f.Add([]byte(std(zipped(doc))), false)
	f.Add([]byte("PHg+PC94Pg=="), false)
	f.Add([]byte("&#x50;\\u0048=3D %25"), false)
	f.Fuzz(func(t *testing.T, in []byte, form bool) {
		if len(in) > 1<<14 {
			return
		}
		got, err := Open(Value{Text: in, Form: form})
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.Offset > len(in) || e.Reason == "") {
			t.Fatalf("error %v (%+v) for %d bytes", err, e, len(in))
		}
		for _, r := range got.Repairs {
			if r.Offset < -1 || r.Offset > len(in) || r.What == "" {
				t.Fatalf("repair %+v in %d bytes", r, len(in))
			}
		}
		text := string(in)
		if form {
			if u, err := url.PathUnescape(text); err == nil {
				text = u
			}
		}
		want, bad := base64.StdEncoding.Strict().DecodeString(text)
		if bad == nil && XML(want) && !strings.ContainsAny(text, "\r\n") {
			if err != nil || !bytes.Equal(got.XML, want) || got.EncodedLen != len(text) || len(got.Repairs) > 0 {
				t.Fatalf("encoding/base64 reads %s, Open %s (%v, %+v)", hex.EncodeToString(want), hex.EncodeToString(got.XML), err, got.Repairs)
			}
		}
	})
}

func Example() {
	d, err := Open(Value{Text: []byte("PHNhbWxwOlJlc3BvbnNlLz4")})
	fmt.Println(string(d.XML), d.Repairs[0].What, err)
	// Output: <samlp:Response/> padding added <nil>
}
