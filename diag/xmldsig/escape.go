package xmldsig

import (
	"strings"

	"example.com/samlens/diag/markup"
)

// misc writes a comment or instruction.
func (c *canonical) misc(n *markup.Node) {
	value := strings.ReplaceAll(n.Value, "\r", "&#xD;")
	if n.Kind == markup.Comment {
		c.buf = append(append(append(c.buf, "<!--"...), value...), "-->"...)
		return
	}
	c.buf = append(append(c.buf, "<?"...), n.Name...)
	if value != "" {
		c.buf = append(append(c.buf, ' '), value...)
	}
	c.buf = append(c.buf, "?>"...)
}

func (c *canonical) name(n *markup.Node) {
	if n.Prefix != "" {
		c.buf = append(append(c.buf, n.Prefix...), ':')
	}
	c.buf = append(c.buf, n.Name...)
}

func (c *canonical) value(s string) {
	c.buf = append(c.buf, `="`...)
	c.escape(s, true)
	c.buf = append(c.buf, '"')
}

// escape writes text as section 2.3 of Canonical XML has it.
func (c *canonical) escape(s string, attribute bool) {
	from := 0
	for i := range len(s) {
		var as string
		switch b := s[i]; {
		case b > '>':
			continue
		case b == '&':
			as = "&amp;"
		case b == '<':
			as = "&lt;"
		case b == '\r':
			as = "&#xD;"
		case b == '>' && !attribute:
			as = "&gt;"
		case b == '"' && attribute:
			as = "&quot;"
		case b == '\t' && attribute:
			as = "&#x9;"
		case b == '\n' && attribute:
			as = "&#xA;"
		default:
			continue
		}
		c.buf = append(append(c.buf, s[from:i]...), as...)
		from = i + 1
	}
	c.buf = append(c.buf, s[from:]...)
}

func (c *canonical) flush() {
	if c.err == nil && len(c.buf) > 0 {
		_, c.err = c.to.Write(c.buf)
	}
	c.buf = c.buf[:0]
}
