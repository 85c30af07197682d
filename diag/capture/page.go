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

// blockTags end a line of text.
var blockTags = map[string]bool{
	"address": true, "article": true, "blockquote": true, "body": true, "br": true, "button": true, "center": true, "dd": true, "div": true,
	"dl": true, "dt": true, "fieldset": true, "footer": true, "form": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"head": true, "header": true, "hr": true, "html": true, "label": true, "legend": true, "li": true, "main": true, "nav": true, "ol": true,
	"option": true, "p": true, "pre": true, "section": true, "table": true, "tbody": true, "td": true, "th": true, "title": true, "tr": true, "ul": true,
}

// silentTags hold text that is not shown.
var silentTags = map[string]bool{"script": true, "style": true, "template": true, "noscript": true, "textarea": true, "svg": true, "iframe": true, "object": true}

// readPage takes the visible text out of an HTML document, at most limit
// bytes of it.
func readPage(doc []byte, limit int) (p page) {
	var line strings.Builder
	total := 0
	inTitle := false
	flush := func() {
		if total >= limit && !inTitle {
			line.Reset()
			return
		}
		s := fold(html.UnescapeString(line.String()))
		line.Reset()
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
		if line.Len() < 64<<10 {
			line.Write(doc[:min(i, 64<<10)])
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
			line.WriteByte('<')
			doc = doc[1:]
			continue
		}
		if name == "input" && bytes.Contains(doc[:len(doc)-len(rest)], []byte("roleIndex")) {
			p.Picker = true
		}
		doc = rest
		if silentTags[name] && !closing {
			doc = behindClosing(doc, name)
			continue
		}
		if blockTags[name] {
			flush()
		}
		if name == "title" {
			inTitle = !closing
		}
	}
	flush()
	return p
}

// tag reads the tag at the beginning of b and returns what is behind it.
func tag(b []byte) (name string, closing bool, rest []byte, ok bool) {
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
			return "!", false, behind(b, ">"), true
		}
		return "", false, nil, false
	}
	name = strings.ToLower(string(b[i:j]))
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

func behind(b []byte, end string) []byte {
	if i := bytes.Index(b, []byte(end)); i >= 0 {
		return b[i+len(end):]
	}
	return nil
}

// behindClosing returns what follows the end tag of name.
func behindClosing(b []byte, name string) []byte {
	for len(b) > 0 {
		i := bytes.Index(b, []byte("</"))
		if i < 0 {
			return nil
		}
		b = b[i:]
		if n, closing, rest, ok := tag(b); ok && closing && n == name {
			return rest
		}
		b = b[2:]
	}
	return nil
}

// fold makes one space of each run of white space.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == 0xA0 || r == 0x200B }), " ")
}

// text joins the lines, at most n bytes.
func (p page) text(n int) string { return printable(strings.Join(p.Lines, " · "), n) }
