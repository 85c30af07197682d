package capture

import "strings"

// unCaret takes the escapes of cmd.exe out of a command: a caret before a
// character, and at a line's end.
func unCaret(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '^' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch {
		case s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
			i++
			b.WriteByte(' ')
		case s[i] == '\n':
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// words splits a command as a shell does: quotes of all three kinds, and a
// backslash before a line's end. It stops at the end of the first command.
func words(s string) []string {
	var out []string
	var w strings.Builder
	in := false
	for i := 0; i < len(s) && len(out) < 400; i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			i++
			if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
			if s[i] != '\n' {
				w.WriteByte(s[i])
				in = true
			}
		case c == '\'' || c == '$' && i+1 < len(s) && s[i+1] == '\'':
			script := c == '$'
			if script {
				i++
			}
			end := i + 1
			for end < len(s) && s[end] != '\'' {
				if script && s[end] == '\\' {
					end++
				}
				end++
			}
			end = min(end, len(s))
			inner := s[i+1 : end]
			if script {
				inner = unquoteScript(`"` + inner + `"`)
			}
			w.WriteString(inner)
			i, in = end, true
		case c == '"':
			i++
			for i < len(s) && s[i] != '"' {
				if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\"\\$`\n", s[i+1]) >= 0 {
					i++
				}
				w.WriteByte(s[i])
				i++
			}
			in = true
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if in {
				out = append(out, w.String())
				w.Reset()
				in = false
			}
			if c == '\n' && len(out) > 1 {
				return out
			}
		case (c == ';' || c == '|') && len(out) > 1 && !in:
			return out
		default:
			w.WriteByte(c)
			in = true
		}
	}
	if in {
		out = append(out, w.String())
	}
	return out
}

// unquotePower takes a PowerShell string out of its quotes.
func unquotePower(s string) string {
	if len(s) < 2 || s[0] != '"' && s[0] != '\'' {
		return s
	}
	q, body := s[0], s[1:len(s)-1]
	if q == '\'' {
		return strings.ReplaceAll(body, "''", "'")
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		switch {
		case body[i] == '`' && i+1 < len(body):
			i++
			switch body[i] {
			case 'r', 'n', 't', '0':
				b.WriteByte('\n')
			default:
				b.WriteByte(body[i])
			}
		case body[i] == '"' && i+1 < len(body) && body[i+1] == '"':
			i++
			b.WriteByte('"')
		default:
			b.WriteByte(body[i])
		}
	}
	return b.String()
}

// unquoteScript takes a string of JavaScript or bash's $'…' out of its
// quotes.
func unquoteScript(s string) string {
	if len(s) < 2 {
		return s
	}
	body := s[1 : len(s)-1]
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' || i+1 == len(body) {
			b.WriteByte(body[i])
			continue
		}
		i++
		n := map[byte]int{'u': 4, 'x': 2}[body[i]]
		switch {
		case n > 0 && i+n < len(body) && hexValue(body[i+1:i+1+n]) >= 0:
			b.WriteRune(rune(hexValue(body[i+1 : i+1+n])))
			i += n
		case body[i] == 'n':
			b.WriteByte('\n')
		case body[i] == 'r':
			b.WriteByte('\r')
		case body[i] == 't':
			b.WriteByte('\t')
		default:
			b.WriteByte(body[i])
		}
	}
	return b.String()
}

func hexValue(s string) int {
	v := 0
	for _, c := range s {
		i := strings.IndexRune("0123456789abcdef", c|0x20)
		if c >= '0' && c <= '9' {
			i = int(c - '0')
		}
		if i < 0 {
			return -1
		}
		v = v<<4 | i
	}
	return v
}
