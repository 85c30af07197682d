package capture

import (
	"regexp"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

var (
	powerURI  = expression.Lazy(`(?is)-Uri\s+("(?:[^"\x60]|\x60.|"")*"|'(?:[^']|'')*'|\S+)`)
	powerBody = expression.Lazy(`(?is)-Body\s+(?:\(\[System\.Text\.Encoding\]::UTF8\.GetBytes\()?("(?:[^"\x60]|\x60.|"")*"|'(?:[^']|'')*')`)
	fetchURL  = expression.Lazy(`fetch\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`)
	fetchBody = expression.Lazy(`["']?body["']?\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`)
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
