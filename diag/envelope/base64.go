package envelope

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
)

// sextet marks the characters of standard base64.
var sextet = func() (s [256]byte) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		s[c] = 1
	}
	return s
}()

// base64 decodes the text; n is how many characters it has. It mends what
// can be mended and notes that.
func (t *text) base64() (raw []byte, n int, err error) {
	t.unseen()
	t.spaces()
	if t.blank && len(t.b)%4 == 3 && !bytes.ContainsAny(t.b, "+=-_") {
		t.lastPlus()
	}
	if bytes.ContainsAny(t.b, "-_") && !bytes.ContainsAny(t.b, "+/") {
		t.noted("URL-safe alphabet turned into the standard one", func(rest []byte) (int, []byte) {
			switch rest[0] {
			case '-':
				return 1, []byte{'+'}
			case '_':
				return 1, []byte{'/'}
			}
			return 0, nil
		})
	}
	body, pad := t.b, 0
	for i, c := range t.b {
		if sextet[c] == 1 {
			continue
		}
		if c != '=' {
			return nil, len(t.b), &Error{Kind: Illegal, Offset: t.where(i), Reason: "the value holds " + character(t.b[i:]) + ", which base64 has not"}
		}
		body = t.b[:i]
		for i+pad < len(t.b) && t.b[i+pad] == '=' {
			pad++
		}
		if rest := len(t.b) - i - pad; rest > 0 {
			t.mend("bytes behind the end of the base64 left out", i+pad, rest)
		}
		break
	}
	n = len(body) + pad
	want := (4 - len(body)%4) % 4
	switch {
	case want == 3:
		return nil, n, &Error{Kind: Short, Offset: t.where(len(body)), Reason: "the base64 ends in the middle of a group; characters are missing"}
	case pad < want:
		t.mend("padding added", len(body), want-pad)
	case pad > want:
		t.mend("padding too many left out", len(body), pad-want)
	}
	raw = make([]byte, base64.RawStdEncoding.DecodedLen(len(body)))
	k, err := base64.RawStdEncoding.Decode(raw, body)
	if err != nil {
		return nil, n, &Error{Kind: Illegal, Offset: t.where(k), Reason: "the value is no base64"}
	}
	return raw[:k], n, nil
}

// spaces takes out line breaks and settles what spaces mean: the plus signs
// that form decoding made of them, or a wrapped text's joints.
func (t *text) spaces() {
	breaks, blanks, first := 0, 0, -1
	for i, c := range t.b {
		switch c {
		case '\n':
			breaks++
			if first < 0 {
				first = i
			}
		case ' ', '\t':
			blanks++
		}
	}
	if breaks > 0 || bytes.IndexByte(t.b, '\r') >= 0 {
		// White space and quote marks beside a line break belong to it.
		if first < 0 {
			first = bytes.IndexByte(t.b, '\r')
		}
		where := t.where(first)
		start := true
		t.rewrite(func(rest []byte) (int, []byte) {
			c := rest[0]
			if c == '\n' || c == '\r' {
				start = true
				return 1, nil
			}
			if start && (c == ' ' || c == '\t' || c == '>' || c == '|') {
				return 1, nil
			}
			start = false
			if c == ' ' || c == '\t' {
				k := 1
				for k < len(rest) && (rest[k] == ' ' || rest[k] == '\t') {
					k++
				}
				if k == len(rest) || rest[k] == '\n' || rest[k] == '\r' {
					return k, nil
				}
			}
			return 0, nil
		})
		t.repairs = append(t.repairs, evidence.Repair{What: "line breaks removed", At: t.at, Offset: where, Count: max(breaks, 1)})
		blanks = bytes.Count(t.b, []byte{' '}) + bytes.Count(t.b, []byte{'\t'})
	}
	if blanks == 0 {
		return
	}
	if bytes.IndexByte(t.b, '+') >= 0 || bytes.ContainsAny(t.b, "-_\t") || joints(t.b) {
		t.noted("white space removed", func(rest []byte) (int, []byte) {
			if rest[0] == ' ' || rest[0] == '\t' {
				return 1, nil
			}
			return 0, nil
		})
		return
	}
	t.noted("spaces turned back into plus", func(rest []byte) (int, []byte) {
		if rest[0] == ' ' {
			return 1, []byte{'+'}
		}
		return 0, nil
	})
	if t.blank && len(t.b)%4 == 3 && bytes.IndexByte(t.b, '=') < 0 {
		t.lastPlus()
	}
}

// lastPlus puts back the plus that ends every unpadded value of an XML
// document: its last byte is '>', whose low six bits are those of the plus.
// Form decoding makes a space of it, which is lost where white space is cut.
func (t *text) lastPlus() {
	t.mend("plus at the end put back", len(t.b), 1)
	if t.pos == nil {
		t.b = append(bytes.Clone(t.b), '+')
		return
	}
	t.pos = append(t.pos, int32(t.where(len(t.b))))
	t.b = append(t.b, '+')
}

// unseen takes out the characters that show nothing and come along when a
// value is copied from a page: zero-width ones, soft hyphens, byte order
// marks; a no-break space is white space.
func (t *text) unseen() {
	if !bytes.ContainsAny(t.b, invisible+"\u00A0") {
		return
	}
	t.noted("invisible characters removed", func(rest []byte) (int, []byte) {
		if rest[0] < utf8.RuneSelf {
			return 0, nil
		}
		r, n := utf8.DecodeRune(rest)
		switch {
		case strings.ContainsRune(invisible, r):
			return n, nil
		case r == '\u00A0':
			return n, []byte{' '}
		}
		return 0, nil
	})
}

const invisible = "\u00AD\u200B\u200C\u200D\u2060\uFEFF"

// joints reports whether spaces stand where a wrapped text was joined: at
// equal distances of at least 40, but for the last.
func joints(b []byte) bool {
	parts := bytes.Split(b, []byte{' '})
	for _, p := range parts[:len(parts)-1] {
		if len(p) != len(parts[0]) || len(p) < 40 {
			return false
		}
	}
	return len(parts) > 1 && len(parts[len(parts)-1]) <= len(parts[0])
}

// character names the first character of b so that it can be printed.
func character(b []byte) string {
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n < 2:
		return fmt.Sprintf("the byte 0x%02X", b[0])
	case r == '…':
		return "an ellipsis (the value was shortened when it was shown or copied)"
	case r > ' ' && r < 0x7F:
		return fmt.Sprintf("%q", r)
	}
	return fmt.Sprintf("the character %U", r)
}
