package envelope

import (
	"html"
	"strings"

	"example.com/samlens/diag/evidence"
)

// A text is a value on its way, with the place in the original that each of
// its bytes comes from.
type text struct {
	b   []byte
	pos []int32 // nil while b is the original, shifted by lead
	// lead is the place of b[0] in the original while pos is nil.
	lead    int
	at      evidence.Spot
	repairs []evidence.Repair
	// blank tells that a space stood behind the value: it may have been the
	// plus that ends it.
	blank bool
}

// where is the place in the original of byte i.
func (t *text) where(i int) int {
	switch {
	case t.pos == nil:
		return t.lead + i
	case i < len(t.pos):
		return int(t.pos[i])
	case len(t.pos) > 0:
		return int(t.pos[len(t.pos)-1]) + 1
	}
	return 0
}

// mend notes a repair.
func (t *text) mend(what string, i, count int) {
	off := -1
	if i >= 0 {
		off = t.where(i)
	}
	t.repairs = append(t.repairs, evidence.Repair{What: what, At: t.at, Offset: off, Count: count})
}

// trim cuts n bytes off the front and m off the end.
func (t *text) trim(n, m int) {
	if t.pos != nil {
		t.pos = t.pos[n : len(t.pos)-m]
	} else {
		t.lead += n
	}
	t.b = t.b[n : len(t.b)-m]
}

// rewrite replaces the bytes. step is called with the rest of the text and
// returns how many bytes it takes and what stands for them; 0 taken copies
// one byte. It returns how many places were replaced and the first of them.
func (t *text) rewrite(step func(rest []byte) (taken int, put []byte)) (count, first int) {
	first = -1
	out := make([]byte, 0, len(t.b))
	pos := make([]int32, 0, len(t.b))
	for i := 0; i < len(t.b); {
		n, put := step(t.b[i:])
		if n == 0 {
			out, pos = append(out, t.b[i]), append(pos, int32(t.where(i)))
			i++
			continue
		}
		if count++; first < 0 {
			first = t.where(i)
		}
		for range put {
			pos = append(pos, int32(t.where(i)))
		}
		out = append(out, put...)
		i += n
	}
	t.b, t.pos = out, pos
	return count, first
}

// noted rewrites and notes a repair if anything was replaced.
func (t *text) noted(what string, step func(rest []byte) (int, []byte)) {
	n, first := t.rewrite(step)
	if n > 0 {
		t.repairs = append(t.repairs, evidence.Repair{What: what, At: t.at, Offset: first, Count: n})
	}
}

// percent resolves one percent escape.
func percent(rest []byte) (int, []byte) {
	if rest[0] != '%' || len(rest) < 3 {
		return 0, nil
	}
	hi, lo := hexDigit(rest[1]), hexDigit(rest[2])
	if hi < 0 || lo < 0 {
		return 0, nil
	}
	return 3, []byte{byte(hi<<4 | lo)}
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// entity resolves one character reference such as &#x2b; or &plus;.
func entity(rest []byte) (int, []byte) {
	if rest[0] != '&' {
		return 0, nil
	}
	end := strings.IndexByte(string(rest[:min(len(rest), 12)]), ';')
	if end < 2 {
		return 0, nil
	}
	s := html.UnescapeString(string(rest[:end+1]))
	if strings.HasPrefix(s, "&") && s != "&" {
		return 0, nil
	}
	return end + 1, []byte(s)
}

// jsonEscape resolves one escape as JSON and scripts write it.
func jsonEscape(rest []byte) (int, []byte) {
	if rest[0] != '\\' || len(rest) < 2 {
		return 0, nil
	}
	switch rest[1] {
	case '/', '\\', '"', '\'':
		return 2, rest[1:2]
	case 'n', 'r', 't':
		return 2, []byte{'\n'}
	case 'u':
		if len(rest) < 6 {
			return 0, nil
		}
		return codePoint(rest[2:6], 6)
	case 'x':
		if len(rest) < 4 {
			return 0, nil
		}
		return codePoint(rest[2:4], 4)
	}
	return 0, nil
}

func codePoint(hex []byte, n int) (int, []byte) {
	v := 0
	for _, c := range hex {
		d := hexDigit(c)
		if d < 0 {
			return 0, nil
		}
		v = v<<4 | d
	}
	if v >= 0x80 {
		return 0, nil
	}
	return n, []byte{byte(v)}
}

// quotedPrintable resolves one escape of a mail's transfer encoding.
func quotedPrintable(rest []byte) (int, []byte) {
	if rest[0] != '=' || len(rest) < 2 {
		return 0, nil
	}
	switch {
	case rest[1] == '\n':
		return 2, nil
	case len(rest) > 2 && rest[1] == '\r' && rest[2] == '\n':
		return 3, nil
	case len(rest) > 2 && rest[1] == '3' && (rest[2] == 'D' || rest[2] == 'd'):
		return 3, []byte{'='}
	}
	return 0, nil
}
