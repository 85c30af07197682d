package markup

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"example.com/samlens/diag/expression"
)

// Encoding is what a document says of its encoding and what it is in.
type Encoding struct {
	Name string // "UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-1", ...
	BOM  bool   // it begins with a byte order mark
	// Declared is the name in the XML declaration; "" without.
	Declared string
}

// Contradicts reports whether the declaration names another encoding than
// the bytes are in, about which parsers disagree.
func (e Encoding) Contradicts() bool {
	d := strings.ToUpper(e.Declared)
	return d != "" && d != e.Name && (d != "UTF-16" || !strings.HasPrefix(e.Name, "UTF-16")) &&
		(d != "US-ASCII" || e.Name != "UTF-8")
}

var declaration = expression.Lazy(`^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._\-]{0,39})["']`)

// tables are the single-byte encodings that XML documents are still found
// in. Names are upper case, as the IANA lists them.
func table(name string) encoding.Encoding {
	switch name {
	case "ISO-8859-1", "LATIN1", "ISO8859-1", "ISO_8859-1", "L1":
		return charmap.ISO8859_1
	case "ISO-8859-2", "LATIN2":
		return charmap.ISO8859_2
	case "ISO-8859-9", "LATIN5":
		return charmap.ISO8859_9
	case "ISO-8859-15", "LATIN-9", "LATIN9":
		return charmap.ISO8859_15
	case "WINDOWS-1250", "CP1250":
		return charmap.Windows1250
	case "WINDOWS-1251", "CP1251":
		return charmap.Windows1251
	case "WINDOWS-1252", "CP1252":
		return charmap.Windows1252
	}
	return nil
}

// Decode brings a document to UTF-8 without byte order mark, as appendix F
// of XML 1.0 finds the encoding: by byte order mark, by the zero bytes of
// UTF-16, by the declaration, else UTF-8.
func Decode(doc []byte) ([]byte, Encoding, error) {
	if len(doc) > MaxBytes {
		return nil, Encoding{}, &SyntaxError{Line: 1, Column: 1, Reason: fmt.Sprintf("the document has more than %d MB", MaxBytes>>20)}
	}
	e := Encoding{Name: "UTF-8"}
	var err error
	switch {
	case bytes.HasPrefix(doc, []byte{0xEF, 0xBB, 0xBF}):
		e.BOM, doc = true, doc[3:]
	case bytes.HasPrefix(doc, []byte{0xFF, 0xFE}):
		e.Name, e.BOM = "UTF-16LE", true
		doc, err = wide(doc[2:], unicode.LittleEndian)
	case bytes.HasPrefix(doc, []byte{0xFE, 0xFF}):
		e.Name, e.BOM = "UTF-16BE", true
		doc, err = wide(doc[2:], unicode.BigEndian)
	case len(doc) > 3 && doc[0] == '<' && doc[1] == 0 && doc[3] == 0:
		e.Name = "UTF-16LE"
		doc, err = wide(doc, unicode.LittleEndian)
	case len(doc) > 3 && doc[0] == 0 && doc[1] == '<' && doc[2] == 0:
		e.Name = "UTF-16BE"
		doc, err = wide(doc, unicode.BigEndian)
	}
	if err != nil {
		return nil, e, &SyntaxError{Line: 1, Column: 1, Reason: err.Error()}
	}
	if m := declaration().FindSubmatch(doc[:min(len(doc), 300)]); m != nil {
		e.Declared = string(m[1])
	}
	if e.Name == "UTF-8" && !e.BOM && e.Declared != "" {
		name := strings.ToUpper(e.Declared)
		if c := table(name); c != nil {
			e.Name = name
			if doc, err = c.NewDecoder().Bytes(doc); err != nil {
				return nil, e, &SyntaxError{Line: 1, Column: 1, Reason: "the bytes are not in the encoding that the document declares"}
			}
		} else if name != "UTF-8" && name != "UTF8" && name != "US-ASCII" && !strings.HasPrefix(name, "UTF-16") {
			return nil, e, &SyntaxError{Line: 1, Column: 1, Reason: "the declared encoding " + e.Declared + " is not one that can be read"}
		}
	}
	if at := bad(doc); at >= 0 {
		why := "the bytes are not valid UTF-8"
		if at < len(doc) && doc[at] == 0 {
			why = "a NUL character, which XML does not allow"
		}
		return nil, e, place(doc, at, why)
	}
	return doc, e, nil
}

var version11 = expression.Lazy(`^\s*<\?xml\s+version\s*=\s*["']1\.1["']`)

// Version10 returns a document that declares XML 1.1 with a declaration of
// 1.0 in its place, every other byte where it was: Go's parser knows no other
// version. What 1.1 allows besides, control characters, stays an error.
func Version10(doc []byte) []byte {
	m := version11().FindIndex(doc[:min(len(doc), 300)])
	if m == nil {
		return doc
	}
	out := append([]byte(nil), doc...)
	out[m[1]-2] = '0'
	return out
}

// bad returns the first byte that is NUL or not UTF-8, or -1.
func bad(doc []byte) int {
	nul := bytes.IndexByte(doc, 0)
	if utf8.Valid(doc) {
		return nul
	}
	for i := 0; i < len(doc); {
		r, n := utf8.DecodeRune(doc[i:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return i
		}
		i += n
	}
	return nul
}

func wide(doc []byte, order unicode.Endianness) ([]byte, error) {
	if len(doc)%2 != 0 {
		return nil, errors.New("the document is UTF-16 with half a character at its end")
	}
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(doc)
	if err != nil {
		return nil, errors.New("the document is UTF-16 and cannot be read as such")
	}
	return out, nil
}

// place makes an error at a byte of the document.
func place(doc []byte, at int, reason string) *SyntaxError {
	at = min(max(at, 0), len(doc))
	line := 1 + bytes.Count(doc[:at], []byte{'\n'})
	return &SyntaxError{Offset: at, Line: line, Column: at - bytes.LastIndexByte(doc[:at], '\n'), Reason: reason}
}
