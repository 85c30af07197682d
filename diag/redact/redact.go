package redact

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"example.com/samlens/diag/expression"
)

// maxWhole bounds a file that is no JSON, in bytes.
const maxWhole = 64 << 20

// An Opener opens a file from its beginning.
type Opener func() (io.ReadCloser, error)

// Copy writes a redacted copy of a capture or of a file of evidence. open is
// called twice: once to learn who the file speaks of, once to copy.
//
// Of a zip archive the copy is one too, of the captures in it; what it opens
// has to be an *os.File or a [io.ReaderAt] with a Size, else it is held in
// memory. Bodies that an archive of a browser keeps in files of their own are
// put into the copy, as far as a diagnosis reads them: the names of such files
// are digests of what was in them, passwords too. beside finds them where the
// capture is no zip; nil where there are none.
func (n *Names) Copy(w io.Writer, open Opener, beside Attachments) error {
	n.beside = beside
	kind, err := n.learnFrom(open)
	switch {
	case err != nil:
		return err
	case kind == archived:
		return n.zip(w, open)
	}
	return n.write(w, open, kind)
}

// archived is the kind of a zip archive: what first returns for it.
const archived = 'P'

// learnFrom tells of which kind a file is, by its first byte, and learns who it
// speaks of.
func (n *Names) learnFrom(open Opener) (kind byte, err error) {
	err = reading(open, func(r *bufio.Reader) error {
		switch kind = first(r); kind {
		case 0:
			return errors.New("the file is empty")
		case '{', '[':
			n.learnJSON(r)
		}
		return nil
	})
	return kind, err
}

// write copies a file that is no archive.
func (n *Names) write(w io.Writer, open Opener, kind byte) error {
	return reading(open, func(r *bufio.Reader) error {
		if kind == '{' || kind == '[' {
			return n.json(w, r)
		}
		b, err := io.ReadAll(io.LimitReader(r, maxWhole+1))
		if err != nil {
			return fmt.Errorf("read the file: %w", err)
		}
		if len(b) > maxWhole {
			return fmt.Errorf("it has more than %d MB and is no browser archive", maxWhole>>20)
		}
		if bytes.IndexByte(b, 0) >= 0 && !bytes.HasPrefix(b, []byte("<")) {
			return errors.New("it is neither text nor JSON nor XML")
		}
		_, err = io.WriteString(w, n.whole(string(b)))
		return err
	})
}

// ofPage is how a piece of a page begins.
var ofPage = expression.Lazy(`(?i)^<(?:form|body|head|input|div|p|main|table)\b`)

// whole redacts a file that fits into memory.
func (n *Names) whole(s string) string {
	n.notice(s)
	n.notice(html.UnescapeString(s))
	n.learnBroken(s)
	trimmed := strings.TrimSpace(s)
	switch {
	case looksLikePage(s) || ofPage().MatchString(trimmed):
		return n.page(s, false)
	case strings.HasPrefix(trimmed, "<"):
		if out, ok := n.document([]byte(s)); ok {
			return string(out)
		}
		return n.free(s)
	}
	for _, value := range []string{s, html.UnescapeString(s)} {
		if out, ok := n.message(value); ok {
			return out
		}
	}
	if strings.Contains(trimmed, "=") && !strings.ContainsAny(trimmed, " \t\r\n\"'{") {
		return n.query(trimmed) + "\n"
	}
	return n.free(s)
}

// reading opens the file and hands it on as UTF-8, unpacked.
func reading(open Opener, f func(*bufio.Reader) error) (err error) {
	c, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	b := bufio.NewReaderSize(c, 64<<10)
	left := int64(maxUnpacked)
	defer func() {
		if left <= 0 {
			err = errUnpacked
		}
	}()
	if magic, _ := b.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return fmt.Errorf("unpack the file: %w", err)
		}
		b = bufio.NewReaderSize(&bounded{io.NopCloser(z), &left}, 64<<10)
	}
	// JSON and text may be in UTF-16, as PowerShell writes them; XML says by
	// itself what it is in, but with a byte order mark it comes out the same.
	return f(bufio.NewReaderSize(transform.NewReader(b, unicode.BOMOverride(transform.Nop)), 64<<10))
}

// first is the first byte of a file that is no white space: 0 of an empty one,
// archived of an archive.
func first(r *bufio.Reader) byte {
	head, _ := r.Peek(4096)
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return archived
	}
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 {
		return 0
	}
	if head[0] == 'P' {
		return 'B' // base64 of XML begins so
	}
	return head[0]
}

// Counts says of how many things of each kind the names were replaced, in
// words, for a summary.
func (n *Names) Counts() string {
	var out []string
	for _, k := range []struct{ kind, one, many string }{
		{"user", "person", "people"}, {"company", "domain", "domains"}, {"tenant", "tenant", "tenants"}, {"account", "AWS account", "AWS accounts"},
		{"ipv4", "IP address", "IP addresses"}, {"ipv6", "IPv6 address", "IPv6 addresses"}, {"value", "attribute value", "attribute values"},
	} {
		switch c := n.counts[k.kind]; c {
		case 0:
		case 1:
			out = append(out, "1 "+k.one)
		default:
			out = append(out, fmt.Sprintf("%d %s", c, k.many))
		}
	}
	return strings.Join(out, ", ")
}
