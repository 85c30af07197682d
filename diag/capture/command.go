package capture

import (
	"regexp"
	"strings"

	"example.com/samlens/diag/evidence"
)

var (
	powerURI  = lazily(`(?is)-Uri\s+("(?:[^"\x60]|\x60.|"")*"|'(?:[^']|'')*'|\S+)`)
	powerBody = lazily(`(?is)-Body\s+(?:\(\[System\.Text\.Encoding\]::UTF8\.GetBytes\()?("(?:[^"\x60]|\x60.|"")*"|'(?:[^']|'')*')`)
	fetchURL  = lazily(`fetch\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`)
	fetchBody = lazily(`["']?body["']?\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`)
)

// readCommand reads a request that was copied as a command: cURL for bash or
// cmd, PowerShell, fetch. nil where it posts no SAML message.
func readCommand(s string) *message {
	if strings.Contains(s, "Invoke-WebRequest") || strings.Contains(s, "Invoke-RestMethod") {
		return commandMessage(unquotePower(group1(powerURI(), s)), unquotePower(group1(powerBody(), s)), false)
	}
	if strings.Contains(s, "fetch(") && !strings.Contains(s, "curl ") {
		return commandMessage(unquoteScript(group1(fetchURL(), s)), unquoteScript(group1(fetchBody(), s)), false)
	}
	i := strings.Index(s, "curl")
	if i < 0 {
		return nil
	}
	s = s[i:]
	if strings.Contains(s, `^"`) || strings.Contains(s, "^\n") || strings.Contains(s, "^\r\n") {
		s = unCaret(s)
	}
	return curlMessage(words(s))
}

func group1(re *regexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// curlMessage reads curl's arguments.
func curlMessage(args []string) *message {
	var url string
	var data, parts []string
	for i := 1; i < len(args); i++ {
		a := args[i]
		name, value, joined := a, "", false
		if strings.HasPrefix(a, "--") {
			name, value, joined = strings.Cut(a, "=")
		}
		next := func() string {
			if joined {
				return value
			}
			if i+1 < len(args) {
				i++
				return args[i]
			}
			return ""
		}
		switch name {
		case "--url":
			url = next()
		case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode":
			data = append(data, strings.TrimPrefix(next(), "$"))
		case "-F", "--form", "--form-string":
			parts = append(parts, next())
		case "-H", "--header", "-X", "--request", "-b", "--cookie", "-A", "--user-agent", "-e", "--referer", "-o", "--output", "-u", "--user":
			next()
		default:
			if url == "" && strings.Contains(a, "://") && !strings.HasPrefix(a, "-") {
				url = a
			}
		}
	}
	if len(parts) > 0 {
		m := newCommand(url)
		var fields []field
		for _, p := range parts {
			n, v, _ := strings.Cut(p, "=")
			fields = append(fields, field{n, v})
		}
		if m.take(fields, evidence.Spot{}, false, false) {
			return m
		}
	}
	return commandMessage(url, strings.Join(data, "&"), true)
}

func newCommand(url string) *message {
	m := &message{entry: -1, acs: parseACS(url)}
	m.post = evidence.Post{URL: url, Entry: -1, Method: "POST"}
	return m
}

// commandMessage makes a message of an address and a body; nil without one.
func commandMessage(url, body string, _ bool) *message {
	m := newCommand(url)
	if strings.HasPrefix(strings.TrimSpace(body), "--") {
		if m.take(multipartFields(body), evidence.Spot{}, false, false) {
			return m
		}
	}
	if m.take(formFields(strings.TrimSpace(body)), evidence.Spot{}, true, false) {
		return m
	}
	if _, query, ok := strings.Cut(url, "?"); ok {
		m.post.Method = "GET"
		if m.take(formFields(query), evidence.Spot{}, true, false) {
			return m
		}
	}
	return nil
}

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
