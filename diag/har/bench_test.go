//go:build unix

package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// made generates an archive of about n bytes as DevTools writes it: scripts
// with escapes, base64 images, some HTML, and one sign-in at 93 %.
func made(n int, indent bool) []byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.Grow(n + n/8)
	b.WriteString(`{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[`)
	script := strings.Repeat(`function f(a){return a ? "x\n" : '</p>' + "\\";} var value = window.location.pathname.split(/a/)[0];`+"\n", 800)
	image := strings.Repeat("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ+/", 1600)
	page := strings.Repeat(`<div class="row"><p>text</p></div>`+"\n", 300)
	posted := false
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		method, url, mime, encoding, text, post := "GET", fmt.Sprintf("https://cdn.example/%d", i), "application/javascript", "", script[rnd.IntN(len(script)*9/10):], any(nil)
		switch {
		case !posted && b.Len() > n/100*93:
			posted = true
			method, url, mime, text = "POST", "https://signin.aws.amazon.com/saml", "text/html", page
			post = map[string]any{"mimeType": "application/x-www-form-urlencoded", "text": "SAMLResponse=" + strings.Repeat("PHNhbWw%2B", 900) + "&RelayState=x"}
		case rnd.IntN(100) < 45:
			mime, encoding, text = "image/png", "base64", image[:4*rnd.IntN(18000)]
		case rnd.IntN(10) == 0:
			mime, text = "text/html", page
		}
		q := map[string]any{"method": method, "url": url, "headers": headersOf(8), "cookies": []any{}}
		if post != nil {
			q["postData"] = post
		}
		c := map[string]any{"size": len(text), "mimeType": mime, "text": text}
		if encoding != "" {
			c["encoding"] = encoding
		}
		e := map[string]any{"startedDateTime": "2027-02-03T10:11:12.345Z", "time": 12.5, "request": q,
			"response": map[string]any{"status": 200, "headers": headersOf(12), "content": c, "redirectURL": ""}, "timings": map[string]any{"send": 1, "wait": 2.5}}
		var raw []byte
		if indent {
			raw, _ = json.MarshalIndent(e, "      ", "  ")
		} else {
			raw, _ = json.Marshal(e)
		}
		b.Write(raw)
	}
	b.WriteString("]}}")
	return b.Bytes()
}

func headersOf(n int) []any {
	var out []any
	for i := range n {
		out = append(out, map[string]any{"name": fmt.Sprintf("x-header-%d", i), "value": "some value; of=a, header " + fmt.Sprint(i)})
	}
	return out
}

// dense generates bodies with an escaped quote every 20 bytes: the worst case
// for a skipper that looks for quotes.
func dense(n int) []byte {
	text, _ := json.Marshal(strings.Repeat(`<a href="/some/path"`, 5000))
	var b bytes.Buffer
	b.WriteString(`{"log":{"entries":[{}`)
	for b.Len() < n {
		b.WriteString(`,{"request":{"method":"GET","url":"https://a.example/"},"response":{"content":{"mimeType":"application/javascript","text":`)
		b.Write(text)
		b.WriteString(`}}}`)
	}
	b.WriteString("]}}")
	return b.Bytes()
}

var data = sync.OnceValue(func() map[string][]byte {
	const n = 64 << 20
	return map[string][]byte{"pretty": made(n, true), "minified": made(n, false), "dense": dense(n)}
})

// spent is the processor time of this process, user and system, which a busy
// machine does not stretch as it does the clock's.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// file writes data to a file of its own, which the page cache then holds.
func file(b *testing.B, doc []byte) *os.File {
	b.Helper()
	name := filepath.Join(b.TempDir(), "made.har")
	if err := os.WriteFile(name, doc, 0o600); err != nil {
		b.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	return f
}

// copied reads a file as cat does and returns the processor time it takes.
func copied(b *testing.B, f *os.File) time.Duration {
	b.Helper()
	const rounds = 10
	start := spent()
	for range rounds {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			b.Fatal(err)
		}
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{f}, make([]byte, 128<<10)); err != nil {
			b.Fatal(err)
		}
	}
	return (spent() - start) / rounds
}

// read is one pass of what is measured.
func read(b *testing.B, f *os.File, posts int) {
	b.Helper()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		b.Fatal(err)
	}
	n := 0
	if _, err := Read(f, func(_ int, e *Entry) error {
		if e.Post.Text != "" {
			n++
		}
		return nil
	}); err != nil || n != posts {
		b.Fatal(err, n)
	}
}

func tokens(b *testing.B, f *os.File) {
	b.Helper()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		b.Fatal(err)
	}
	d := jsontext.NewDecoder(struct{ io.Reader }{f})
	for {
		if _, err := d.ReadToken(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRead reports the processor time against that of copying the file
// to nowhere and of a whole JSON tokenizer. The goals are 4 times a copy (7
// where quotes are dense) and half of the tokenizer.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"pretty", "minified", "dense"} {
		b.Run(name, func(b *testing.B) {
			doc := data()[name]
			f := file(b, doc)
			posts := 1
			if name == "dense" {
				posts = 0
			}
			cat := copied(b, f)
			start := spent()
			tokens(b, f)
			tok := spent() - start
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			b.ResetTimer()
			start = spent()
			for b.Loop() {
				read(b, f, posts)
			}
			each := float64(spent()-start) / float64(b.N)
			b.ReportMetric(each/float64(cat), "x-copy")
			b.ReportMetric(each/float64(tok), "x-jsontext")
		})
	}
}
