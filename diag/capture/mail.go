package capture

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"sort"
	"strings"
)

func sortStrings(s []string) { sort.Strings(s) }

// readMail reads a saved mail: each part as if it were a file. nil for what
// is no mail with parts, or where no part is a capture.
func readMail(name string, text []byte, depth int) []Source {
	if depth > 1 || !looksLikeMail(text) {
		return nil
	}
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return nil
	}
	var out []Source
	mailPart(name, header(m.Header), m.Body, depth, &out)
	var good []Source
	for _, s := range out {
		if s.Err == nil {
			good = append(good, s)
		}
	}
	return good
}

func looksLikeMail(text []byte) bool {
	head := strings.ToLower(string(text[:min(len(text), 8192)]))
	if i := strings.Index(strings.ReplaceAll(head, "\r", ""), "\n\n"); i > 0 {
		head = head[:min(i+64, len(head))]
	}
	n := 0
	for _, h := range [...]string{"mime-version:", "content-type:", "from:", "received:", "subject:", "message-id:"} {
		if strings.HasPrefix(head, h) || strings.Contains(head, "\n"+h) {
			n++
		}
	}
	return n >= 3 && (strings.Contains(head, "content-type:") || strings.Contains(head, "mime-version:"))
}

type header interface{ Get(string) string }

// mailPart reads one part and those within it.
func mailPart(name string, h header, body io.Reader, depth int, out *[]Source) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && len(*out) < 64 && depth < 4 {
		r := multipart.NewReader(body, params["boundary"])
		for range 64 {
			p, err := r.NextRawPart()
			if err != nil {
				return
			}
			mailPart(name, p.Header, p, depth+1, out)
		}
		return
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(io.LimitReader(body, maxFile))
	if err != nil && len(data) == 0 {
		return
	}
	_, disposition, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	file := disposition["filename"]
	if file == "" {
		file = params["name"]
	}
	if file != "" {
		name += "/" + file
	}
	*out = append(*out, open(name, bytes.NewReader(data), nil, depth+1)...)
}

// unprintable decodes a text that is quoted-printable as a whole, as a mail's
// source shows it: every equals sign is one of that encoding, some are
// escaped, and lines are joined.
func unprintable(doc []byte) ([]byte, bool) {
	if !bytes.Contains(doc, []byte("=3D")) || !bytes.Contains(doc, []byte("=\n")) && !bytes.Contains(doc, []byte("=\r\n")) {
		return nil, false
	}
	for rest := doc; ; {
		i := bytes.IndexByte(rest, '=')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		switch {
		case len(rest) == 0, rest[0] == '\n', len(rest) > 1 && rest[0] == '\r' && rest[1] == '\n':
		case len(rest) > 1 && upperHex(rest[0]) && upperHex(rest[1]):
		default:
			return nil, false
		}
	}
	plain, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(doc)))
	return plain, err == nil
}

func upperHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' }
