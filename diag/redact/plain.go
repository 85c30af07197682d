package redact

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"example.com/samlens/diag/expression"
)

var (
	posted   = expression.Lazy(`(?i)\b(SAMLResponse|SAMLRequest|RelayState|wresult)=([^&\s"'<>]+)`)
	blocks   = expression.Lazy(`[A-Za-z0-9+/=_-]{40,}(?:[ \t]*\r?\n[ \t>]*[A-Za-z0-9+/=_-]{4,})*`)
	curlHead = expression.Lazy(`((?:-H|--header)\s+\$?)('[^']*'|"(?:[^"\\]|\\.)*")`)
	curlData = expression.Lazy(`((?:-d|--data(?:-raw|-binary|-urlencode|-ascii)?)\s+\$?)('[^']*'|"(?:[^"\\]|\\.)*")`)
	curlAuth = expression.Lazy(`((?:-b|--cookie|-u|--user|--proxy-user|--oauth2-bearer)\s+\$?)('[^']*'|"(?:[^"\\]|\\.)*"|\S+)`)
	inText   = expression.Lazy(`(?s)<(?:[A-Za-z0-9_]+:)?(?:Response|Assertion|EncryptedAssertion|EntityDescriptor|EntitiesDescriptor)\b.*</(?:[A-Za-z0-9_]+:)?(?:Response|Assertion|EncryptedAssertion|EntityDescriptor|EntitiesDescriptor)\s*>`)
	broken   = expression.Lazy(`(<(?:[A-Za-z0-9_]+:)?(NameID|NameIdentifier|AttributeValue|SignatureValue|DigestValue|CipherValue|X509Certificate)\b[^<>]*>)([^<]*)`)
)

var (
	comments = expression.Lazy(`(?s)<!--.*?-->`)
	session  = expression.Lazy(`(\bSessionIndex\s*=\s*["'])([^"'<>]*)`)
)

// learnBroken learns from XML inside a text, be it whole or not.
func (n *Names) learnBroken(s string) {
	for _, x := range inText().FindAllString(s, -1) {
		n.study(x)
	}
	for _, p := range broken().FindAllStringSubmatch(s, -1) {
		if v := p[3]; !strings.Contains(v, "arn:aws") && (p[2] == "NameID" || p[2] == "NameIdentifier" || p[2] == "AttributeValue") {
			n.learn(v)
		}
	}
}

// free redacts text of no form: a mail, a ticket, a copied command. What is
// redacted by its form is held back meanwhile, so as not to be gone through
// again.
func (n *Names) free(s string) string {
	var held []string
	hold := func(v string) string {
		held = append(held, v)
		return fmt.Sprintf("\x00%d\x00", len(held)-1)
	}
	s = strings.ReplaceAll(s, "\x00", "")
	s = inText().ReplaceAllStringFunc(s, func(x string) string {
		if out, ok := n.document([]byte(x)); ok {
			return hold(string(out))
		}
		return x
	})
	s = n.brokenXML(s)
	if strings.Contains(s, "curl") {
		s = n.command(s, hold)
	}
	s = posted().ReplaceAllStringFunc(s, func(q string) string { return hold(n.query(q)) })
	s = blocks().ReplaceAllStringFunc(s, func(b string) string {
		if out, ok := n.message(b); ok {
			return hold(out)
		}
		return b
	})
	var b strings.Builder
	for _, line := range strings.SplitAfter(s, "\n") {
		body := strings.TrimRight(line, "\r\n")
		b.WriteString(n.text(body) + line[len(body):])
	}
	return back().ReplaceAllStringFunc(b.String(), func(m string) string {
		if i, err := strconv.Atoi(strings.Trim(m, "\x00")); err == nil && i < len(held) {
			return held[i]
		}
		return ""
	})
}

var back = expression.Lazy("\x00[0-9]+\x00")

// brokenXML redacts what can be told of XML that cannot be read.
func (n *Names) brokenXML(s string) string {
	s = comments().ReplaceAllStringFunc(s, func(c string) string {
		if strings.Contains(c, Marker) {
			return c
		}
		return "<!---->"
	})
	s = session().ReplaceAllStringFunc(s, func(m string) string {
		p := session().FindStringSubmatch(m)
		return p[1] + n.session(p[2])
	})
	return broken().ReplaceAllStringFunc(s, func(m string) string {
		p := broken().FindStringSubmatch(m)
		switch {
		case strings.TrimSpace(p[3]) == "" || strings.Contains(p[3], Marker):
			return m
		case p[2] == "NameID" || p[2] == "NameIdentifier":
			return p[1] + n.person(p[3])
		case p[2] == "AttributeValue" && strings.Contains(p[3], "arn:aws"):
			return p[1] + n.text(p[3])
		case p[2] == "AttributeValue":
			return p[1] + n.person(p[3])
		case p[2] == "X509Certificate" && strings.Contains(p[3], "\n"):
			return m
		}
		return p[1] + Marker
	})
}

// command redacts the parts of a copied cURL command.
func (n *Names) command(s string, hold func(string) string) string {
	quoted := func(re *regexp.Regexp, f func(string) string) {
		s = re.ReplaceAllStringFunc(s, func(m string) string {
			p := re.FindStringSubmatch(m)
			q := ""
			if v := p[2]; len(v) > 1 && (v[0] == '\'' || v[0] == '"') {
				q, p[2] = v[:1], v[1:len(v)-1]
			}
			return p[1] + q + hold(f(p[2])) + q
		})
	}
	quoted(curlAuth(), func(string) string { return Marker })
	quoted(curlHead(), func(h string) string {
		name, value, ok := strings.Cut(h, ":")
		if !ok {
			return Marker
		}
		return name + ": " + n.header(name, strings.TrimSpace(value))
	})
	quoted(curlData(), n.query)
	return s
}
