package capture

import (
	"bytes"
	"html"
	"strings"
	"unicode"
)

// A page is what a person sees of an HTML document.
type page struct {
	Title string
	Lines []string // one for each block, white space folded
	// Picker tells that it is AWS's role picker.
	Picker bool
}

// blockTag reports whether a tag ends a line of text.
func blockTag(name []byte) bool {
	switch string(name) {
	case "address", "article", "blockquote", "body", "br", "button", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
		"h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "label", "legend", "li", "main", "nav", "ol", "option", "p",
		"pre", "section", "table", "tbody", "td", "th", "title", "tr", "ul":
		return true
	}
	return false
}

// silentTag reports whether a tag holds text that is not shown.
func silentTag(name []byte) bool {
	switch string(name) {
	case "script", "style", "template", "noscript", "textarea", "svg", "iframe", "object":
		return true
	}
	return false
}

// readPage takes the visible text out of an HTML document, at most limit
// bytes of it.
func readPage(doc []byte, limit int) (p page) {
	var line []byte
	total := 0
	inTitle, more := false, true
	flush := func() {
		text := bytes.Trim(line, " \t\r\n")
		line = line[:0]
		if len(text) == 0 || total >= limit && !inTitle {
			return
		}
		s := fold(html.UnescapeString(string(text)))
		switch {
		case s == "":
		case inTitle:
			p.Title = s
		case total < limit:
			s = printable(s, limit-total)
			total += len(s) + 1
			p.Lines = append(p.Lines, s)
		}
	}
	for len(doc) > 0 {
		i := bytes.IndexByte(doc, '<')
		if i < 0 {
			i = len(doc)
		}
		if len(line) < 64<<10 {
			line = append(line, doc[:min(i, 64<<10)]...)
		}
		if i == len(doc) {
			break
		}
		doc = doc[i:]
		if bytes.HasPrefix(doc, []byte("<!--")) {
			doc = behind(doc[4:], "-->")
			continue
		}
		name, closing, rest, ok := tag(doc)
		if !ok {
			line = append(line, '<')
			doc = doc[1:]
			continue
		}
		if string(name) == "input" && bytes.Contains(doc[:len(doc)-len(rest)], []byte("roleIndex")) {
			p.Picker = true
		}
		doc = rest
		if silentTag(name) && !closing {
			doc = behindClosing(doc, name)
			continue
		}
		if blockTag(name) {
			flush()
		}
		if string(name) == "title" {
			inTitle = !closing
		}
		if more && total >= limit && !inTitle {
			if more = tellsMore(doc); !more {
				return p
			}
		}
	}
	flush()
	return p
}

// tellsMore reports whether the rest of a page, of whose text enough was read,
// may hold a title or show that it is the role picker.
func tellsMore(doc []byte) bool {
	if bytes.Contains(doc, []byte("roleIndex")) {
		return true
	}
	const title = "title"
	for {
		i := bytes.IndexByte(doc, '<')
		if i < 0 || len(doc) <= i+len(title) {
			return false
		}
		if doc = doc[i+1:]; bytes.EqualFold(doc[:len(title)], []byte(title)) {
			return true
		}
	}
}

// tag reads the tag at the beginning of b, its name in lower case, and returns
// what is behind it.
func tag(b []byte) (name []byte, closing bool, rest []byte, ok bool) {
	i := 1
	if i < len(b) && b[i] == '/' {
		closing = true
		i++
	}
	j := i
	for j < len(b) && j-i < 32 && (b[j] >= 'a' && b[j] <= 'z' || b[j] >= 'A' && b[j] <= 'Z' || b[j] >= '0' && b[j] <= '9') {
		j++
	}
	if j == i {
		if i < len(b) && (b[i] == '!' || b[i] == '?') {
			return b[i : i+1], false, behind(b, ">"), true
		}
		return nil, false, nil, false
	}
	name = lower(b[i:j])
	for q := byte(0); j < len(b); j++ {
		switch c := b[j]; {
		case q != 0:
			if c == q {
				q = 0
			}
		case (c == '"' || c == '\'') && b[j-1] == '=':
			q = c
		case c == '>':
			return name, closing, b[j+1:], true
		}
	}
	return name, closing, nil, true
}

// lower returns a name in lower case: itself where it is.
func lower(name []byte) []byte {
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			return bytes.ToLower(name)
		}
	}
	return name
}

func behind(b []byte, end string) []byte {
	if i := bytes.Index(b, []byte(end)); i >= 0 {
		return b[i+len(end):]
	}
	return nil
}

// behindClosing returns what follows the end tag of name.
func behindClosing(b, name []byte) []byte {
	for len(b) > 0 {
		i := bytes.Index(b, []byte("</"))
		if i < 0 {
			return nil
		}
		b = b[i:]
		if n, closing, rest, ok := tag(b); ok && closing && bytes.Equal(n, name) {
			return rest
		}
		b = b[2:]
	}
	return nil
}

// fold makes one space of each run of white space.
func fold(s string) string {
	if folded(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == 0xA0 || r == 0x200B }), " ")
}

// folded reports whether s is visible ASCII with single spaces in it, of which
// fold makes nothing else.
func folded(s string) bool {
	space := true
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && space {
			return false
		}
		space = s[i] == ' '
	}
	return !space
}

// text joins the lines, at most n bytes.
func (p page) text(n int) string { return printable(strings.Join(p.Lines, " · "), n) }
