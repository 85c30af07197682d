package envelope

import (
	"bytes"

	"example.com/samlens/diag/evidence"
)

// MaxDocument bounds a document in bytes, before and after decompression.
const MaxDocument = 20 << 20

// A Value is one SAML message as a capture holds it.
type Value struct {
	Text []byte
	// At is where the value stands; repairs carry it.
	At evidence.Spot
	// Form tells that the value comes from a form body or query as it was
	// sent: one level of percent-encoding is right there and no repair.
	Form bool
	// Redirect tells that DEFLATE is right and no repair.
	Redirect bool
}

// A Document is an opened value.
type Document struct {
	XML []byte // byte for byte as sent, whatever its encoding
	// EncodedLen is the number of base64 characters, white space not
	// counted; 0 where the value was XML already.
	EncodedLen int
	Deflated   bool
	Repairs    []evidence.Repair
}

// Open takes the document out of a value. The error is an *Error.
func Open(v Value) (Document, error) {
	if len(v.Text) > MaxDocument {
		return Document{}, &Error{Kind: TooLarge, Offset: MaxDocument, Reason: "the value is longer than 20 MB"}
	}
	t := &text{b: v.Text, at: v.At}
	t.shell()
	if len(t.b) == 0 {
		return Document{Repairs: t.repairs}, &Error{Kind: Empty, Offset: -1, Reason: "the value is empty"}
	}
	if XML(t.b) {
		t.script()
		return Document{XML: t.b, Repairs: t.repairs}, nil
	}
	t.hex()
	t.escapes(v.Form)
	t.shell()
	if XML(t.b) {
		return Document{XML: t.b, Repairs: t.repairs}, nil
	}
	var d Document
	for round := 0; ; round++ {
		raw, n, err := t.base64()
		if err != nil {
			return Document{Repairs: t.repairs}, err
		}
		if round == 0 {
			d.EncodedLen = n
		}
		if d.XML, err = t.unpack(raw, v.Redirect, &d.Deflated); err != nil {
			return Document{EncodedLen: d.EncodedLen, Repairs: t.repairs}, err
		}
		if XML(d.XML) {
			d.Repairs = t.repairs
			return d, nil
		}
		inner := bytes.TrimSpace(d.XML)
		if round == 2 || !looksEncoded(inner) {
			return Document{EncodedLen: d.EncodedLen, Repairs: t.repairs}, foreign(d.XML)
		}
		t.mend("encoded twice", -1, 0)
		// Inside, places can only be told as the whole.
		t = &text{b: inner, pos: make([]int32, len(inner)), at: v.At, repairs: t.repairs}
		t.escapes(false)
		if XML(t.b) {
			d.XML, d.Repairs = t.b, t.repairs
			return d, nil
		}
	}
}

// XML reports whether b begins as an XML document does, in UTF-8 or UTF-16,
// with or without a byte order mark.
func XML(b []byte) bool {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		b = b[3:]
	case len(b) >= 4 && b[0] == 0xFF && b[1] == 0xFE:
		return b[2] == '<' && b[3] == 0
	case len(b) >= 4 && b[0] == 0xFE && b[1] == 0xFF:
		return b[2] == 0 && b[3] == '<'
	case len(b) >= 4 && b[0] == '<' && b[1] == 0:
		return true
	case len(b) >= 4 && b[0] == 0 && b[1] == '<':
		return true
	}
	b = bytes.TrimLeft(b, " \t\r\n")
	if len(b) < 2 || b[0] != '<' {
		return false
	}
	c := b[1]
	return c == '?' || c == '!' || c == '_' || c == ':' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}

// looksEncoded reports whether what base64 gave is itself encoded: base64 or
// percent-encoding of something that begins with "<".
func looksEncoded(b []byte) bool {
	if bytes.HasPrefix(b, []byte("%3C")) || bytes.HasPrefix(b, []byte("%3c")) {
		return true
	}
	if len(b) < 16 {
		return false
	}
	for _, c := range b {
		if sextet[c] == 0 && c != '=' && c != '\n' && c != '\r' && c != '%' && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// shell cuts off what stands around the value: white space, quotes, a byte
// order mark, a comma or semicolon behind it.
func (t *text) shell() {
	for {
		before := len(t.b)
		n := 0
		for n < len(t.b) && (t.b[n] <= ' ' && t.b[n] != 0) {
			n++
		}
		if XML(t.b[n:]) {
			// A document keeps its own end.
			if n > 0 {
				t.trim(n, 0)
			}
			return
		}
		m := 0
		for m < len(t.b)-n && t.b[len(t.b)-1-m] <= ' ' {
			m++
		}
		t.blank = t.blank || m > 0 && t.b[len(t.b)-m] == ' '
		t.trim(n, m)
		if bytes.HasPrefix(t.b, []byte{0xEF, 0xBB, 0xBF}) {
			t.mend("byte order mark removed", 0, 3)
			t.trim(3, 0)
		}
		for _, q := range [...][2]string{{`"`, `"`}, {`'`, `'`}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}} {
			for _, end := range [...]string{q[1], q[1] + ",", q[1] + ";"} {
				if len(t.b) >= len(q[0])+len(end) && bytes.HasPrefix(t.b, []byte(q[0])) && bytes.HasSuffix(t.b, []byte(end)) {
					t.mend("quotes removed", 0, 2)
					t.trim(len(q[0]), len(end))
				}
			}
		}
		if len(t.b) == before {
			return
		}
	}
}

// escapes resolves what programs lay over base64: percent-encoding, character
// references, escapes of JSON and of mail.
func (t *text) escapes(form bool) {
	for depth := 0; depth < 4 && bytes.IndexByte(t.b, '%') >= 0; depth++ {
		n, first := t.rewrite(percent)
		if n == 0 {
			break
		}
		switch {
		case depth == 0 && form:
		case depth == 0:
			t.repairs = append(t.repairs, evidence.Repair{What: "percent-encoding undone", At: t.at, Offset: first, Count: n})
		default:
			t.repairs = append(t.repairs, evidence.Repair{What: "percent-encoded once too often", At: t.at, Offset: first, Count: n})
		}
		if XML(t.b) {
			return
		}
	}
	for depth := 0; depth < 3 && bytes.IndexByte(t.b, '&') >= 0 && !XML(t.b); depth++ {
		t.noted("character references resolved", entity)
	}
	if bytes.IndexByte(t.b, '\\') >= 0 {
		t.noted("escapes of JSON resolved", jsonEscape)
	}
	if i := bytes.IndexByte(t.b, '='); i >= 0 && (bytes.Contains(t.b, []byte("=\n")) || bytes.Contains(t.b, []byte("=\r\n")) || bytes.Contains(t.b, []byte("=3D")) || bytes.Contains(t.b, []byte("=3d"))) {
		if rest := bytes.TrimRight(t.b[i:], "= \r\n\t>|"); len(rest) > 0 {
			t.noted("quoted-printable undone", quotedPrintable)
		}
	}
}
