package har

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf16"
)

// collect reads an archive and keeps the entries that count.
func collect(t testing.TB, r io.Reader) (Log, []*Entry) {
	t.Helper()
	var out []*Entry
	generation := -1
	log, err := Read(r, func(g int, e *Entry) error {
		if g != generation {
			generation, out = g, nil
		}
		out = append(out, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if generation != log.Generation {
		out = nil
	}
	return log, out
}

const plain = `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"browser":{"name":"chromium","version":"1"},
"entries":[
 {"startedDateTime":"2027-02-03T10:11:12.345+01:00","time":41.5,"request":{"method":"POST","url":"https://signin.aws.amazon.com/saml",
  "headers":[{"name":"Origin","value":"https://idp.example"},{"name":"Cookie","value":"secret"}],
  "postData":{"mimeType":"application/x-www-form-urlencoded","text":"SAMLResponse=PHg%2B&RelayState=x","params":[{"name":"SAMLResponse","value":"PHg%2B"},{"name":"password","value":"p"}]}},
  "response":{"status":302,"headers":[{"name":"date","value":"Wed, 03 Feb 2027 09:11:12 GMT"},{"name":"Location","value":"https://c.example/"}],"redirectURL":"https://d.example/",
  "content":{"mimeType":"text/html; charset=utf-8","text":"<p>hi<\/p>\u00e9"}},"comment":"c"},
 null,
 {"request":{"method":"POST","url":"https://idp.example/login","postData":{"text":"user=a&password=b"}},"response":{"status":200,"content":{"mimeType":"application/javascript","text":"var a = 1"}}}
]}}`

func TestReadWalksWhatMatters(t *testing.T) {
	log, es := collect(t, strings.NewReader(plain))
	if !log.Found || log.Creator != "WebInspector" || log.Browser != "chromium 1" || log.Entries != 3 || log.Nulls != 1 || log.Broken != nil {
		t.Errorf("log: %+v", log)
	}
	if len(es) != 2 {
		t.Fatalf("%d entries, want 2", len(es))
	}
	e := es[0]
	want := time.Date(2027, 2, 3, 9, 11, 12, 345e6, time.UTC)
	if !e.Started.Equal(want) || e.Took != 41500*time.Microsecond || e.Method != "POST" || e.Origin != "https://idp.example" || e.Comment != "c" {
		t.Errorf("entry: %+v", e)
	}
	if e.Post.Text != "SAMLResponse=PHg%2B&RelayState=x" || len(e.Post.Params) != 1 || e.Post.ParamsWithoutValues != 1 {
		t.Errorf("post: %+v", e.Post)
	}
	if got := plain[e.Post.TextAt.Start:e.Post.TextAt.End]; got != e.Post.Text {
		t.Errorf("the text's place holds %q", got)
	}
	if got := plain[e.At.Start:e.At.End]; got[0] != '{' || !strings.HasSuffix(got, `"comment":"c"}`) {
		t.Errorf("the entry's place holds %q", got)
	}
	if e.Status != 302 || e.Location != "https://c.example/" || e.Date.Hour() != 9 || e.Content.Text != "<p>hi</p>é" {
		t.Errorf("response: %+v", e)
	}
	if f := es[1]; f.Index != 2 || f.Post.Text != "" || !f.Post.Present || f.Content.Text != "" || !f.Content.Present {
		t.Errorf("what no sign-in needs was kept: %+v", f)
	}
}

func TestReadMindsJSON(t *testing.T) {
	const post = "SAMLResponse=a+b/c="
	for name, doc := range map[string]string{
		"escaped keys":       `{"\u006cog":{"entries":[{"req\u0075est":{"url":"https://a.example/","post\u0044ata":{"text":"SAMLResponse=a+b\/c\u003d"}}}]}}`,
		"text before url":    `{"log":{"entries":[{"request":{"postData":{"text":"SAMLResponse=a+b/c="},"url":"https://a.example/"}}]}}`,
		"duplicate key":      `{"log":{"entries":[{"request":{"url":"https://b.example/"},"request":{"url":"https://a.example/","postData":{"text":"x","text":"SAMLResponse=a+b/c="}}}]}}`,
		"duplicate entries":  `{"log":{"entries":[{"request":{"url":"https://b.example/"}}],"entries":[{"request":{"url":"https://a.example/","postData":{"text":"SAMLResponse=a+b/c="}}}]}}`,
		"duplicate log":      `{"log":{"entries":[{},{}]},"log":{"entries":[{"request":{"url":"https://a.example/","postData":{"text":"SAMLResponse=a+b/c="}}}]}}`,
		"brackets in a text": `{"x":"]}\\\"}","log":{"pages":[{"a":"[[{\\"}],"entries":[{"cache":{"a":[1,{"b":"}"}]},"request":{"url":"https://a.example/","postData":{"text":"SAMLResponse=a+b/c="}}}]}}`,
		"byte order mark":    "\uFEFF" + `{"log":{"entries":[{"request":{"url":"https://a.example/","postData":{"text":"SAMLResponse=a+b/c="}}}]}}`,
	} {
		for how, r := range map[string]io.Reader{"whole": strings.NewReader(doc), "byte by byte": iotest.OneByteReader(strings.NewReader(doc))} {
			_, es := collect(t, r)
			if len(es) != 1 || es[0].URL != "https://a.example/" || es[0].Post.Text != post {
				t.Errorf("%s, %s: %+v", name, how, es)
				continue
			}
			if at := es[0].Post.TextAt; unquote([]byte(doc[at.Start:at.End])) != post {
				t.Errorf("%s, %s: place %v holds %q", name, how, at, doc[at.Start:at.End])
			}
		}
	}
}

func TestReadUTF16(t *testing.T) {
	for _, big := range []bool{false, true} {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\uFEFF" + plain)) {
			if big {
				b.WriteByte(byte(u >> 8))
			}
			b.WriteByte(byte(u))
			if !big {
				b.WriteByte(byte(u >> 8))
			}
		}
		log, es := collect(t, strings.NewReader(b.String()))
		if len(es) != 2 || es[0].Content.Text != "<p>hi</p>é" || !strings.HasPrefix(log.Encoding, "UTF-16") || es[0].At != (Span{}) {
			t.Errorf("big endian %v: %+v, %d entries", big, log, len(es))
		}
	}
}

// TestReadCut cuts a file at every byte: whole entries before the cut are
// read, and the cut is told.
func TestReadCut(t *testing.T) {
	end := strings.Index(plain, ` null,`)
	request := strings.Index(plain, `"response":{"status":302`)
	for i := range plain {
		log, es := collect(t, strings.NewReader(plain[:i]))
		if !log.Truncated() {
			t.Fatalf("cut at %d: not told (%v)", i, log.Broken)
		}
		if i >= request && (len(es) == 0 || es[0].Post.Text == "") {
			t.Errorf("cut at %d: the whole request before it is lost", i)
		}
		if i > end && es[0].Cut {
			t.Errorf("cut at %d: a whole entry is called cut", i)
		}
	}
}

func TestReadBroken(t *testing.T) {
	for doc, at := range map[string]int64{
		`{"log":{"entries":[{"request" 1}]}}`: 30,
		`{"log":{"entries":[{} {}]}}`:         22,
		`{"log":{"entries":[{},]}}`:           22,
		`{"log":{"entries":[,]}}`:             19,
		`{"log":{"entries":[{}],nul}}`:        23,
	} {
		log, _ := collect(t, strings.NewReader(doc))
		var syn *SyntaxError
		if !errors.As(log.Broken, &syn) || syn.Offset != at {
			t.Errorf("%s: broken %v, want byte %d", doc, log.Broken, at)
		}
	}
}

func TestReadKeepsLittle(t *testing.T) {
	big := strings.Repeat("x", MaxDocument+10)
	doc := `{"log":{"entries":[{"request":{"url":"https://a.example/","postData":{"text":"SAMLResponse=` + strings.Repeat("A", MaxPost) + `"}},"response":{"content":{"text":"<p>` + big + `","mimeType":"text/html"}}}]}}`
	_, es := collect(t, strings.NewReader(doc))
	if len(es) != 1 || !es[0].Content.Over || len(es[0].Content.Text) != MaxDocument || !es[0].Post.Over || len(es[0].Post.Text) != MaxPost {
		t.Errorf("limits: %d entries", len(es))
	}
	if log, _ := collect(t, strings.NewReader(`{"x":`+strings.Repeat("[", 1<<20))); !log.Truncated() {
		t.Errorf("a deep file: %v", log.Broken)
	}
}

func TestVisitorEndsReading(t *testing.T) {
	n := 0
	if _, err := Read(strings.NewReader(plain), func(int, *Entry) error { n++; return ErrStop }); err != nil || n != 1 {
		t.Errorf("stop: %v after %d", err, n)
	}
	boom := errors.New("boom")
	if _, err := Read(strings.NewReader(plain), func(int, *Entry) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("the visitor's error became %v", err)
	}
	if _, err := Read(iotest.ErrReader(boom), func(int, *Entry) error { return nil }); !errors.Is(err, boom) {
		t.Errorf("the reader's error became %v", err)
	}
}

// oracle reads the same facts with encoding/json, by exact key and last of a
// repeated one.
func oracle(doc []byte) (found bool, out []map[string]any) {
	var top any
	if json.Unmarshal(doc, &top) != nil {
		return false, nil
	}
	obj := func(v any) map[string]any { m, _ := v.(map[string]any); return m }
	str := func(v any) string { s, _ := v.(string); return s }
	log := obj(obj(top)["log"])
	list, ok := log["entries"]
	if !ok {
		return false, nil
	}
	entries, _ := list.([]any)
	for i, v := range entries {
		m := obj(v)
		if v == nil || m == nil {
			continue
		}
		q, r := obj(m["request"]), obj(m["response"])
		p, c := obj(q["postData"]), obj(r["content"])
		text := str(p["text"])
		out = append(out, map[string]any{"index": i, "method": str(q["method"]), "url": str(q["url"]), "post": text, "mime": str(p["mimeType"]), "encoding": str(c["encoding"]), "comment": str(m["comment"])})
	}
	return true, out
}

func FuzzHAR(f *testing.F) {
	f.Add([]byte(plain))
	f.Add([]byte(`{"log":{"entries":null}}`))
	f.Add([]byte(`{"log":{"entries":[{"request":{"method":"\ud83d\ude00\ud83d","url":"\\\"","postData":{"text":"SAMLResponse\u003d\/"}}},5,[],{"comment":"\u00e9\n"}]}}`))
	f.Add([]byte(`[{"log":1}]`))
	f.Add([]byte("{\"log\":{\"entries\":[{\"comment\":\"\xff\"}]}}"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		if len(doc) > 1<<16 {
			return
		}
		log, es := collect(t, strings.NewReader(string(doc)))
		log2, es2 := collect(t, iotest.HalfReader(strings.NewReader(string(doc))))
		if fmt.Sprint(log) != fmt.Sprint(log2) || !reflect.DeepEqual(es, es2) {
			t.Fatalf("reading in pieces gives something else")
		}
		if !json.Valid(doc) {
			return
		}
		if log.Broken != nil {
			t.Fatalf("valid JSON called broken: %v", log.Broken)
		}
		found, want := oracle(doc)
		if found != log.Found {
			t.Fatalf("found %v, encoding/json %v", log.Found, found)
		}
		if len(want) != len(es) {
			t.Fatalf("%d entries, encoding/json %d", len(es), len(want))
		}
		for i, e := range es {
			got := map[string]any{"index": e.Index, "method": e.Method, "url": e.URL, "post": e.Post.Text, "mime": e.Post.MIME, "encoding": e.Content.Encoding, "comment": e.Comment}
			if e.Post.Text == "" {
				want[i]["post"] = ""
			}
			if !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("entry %d:\n got %q\nwant %q", i, got, want[i])
			}
		}
	})
}
