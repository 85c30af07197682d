package capture

import (
	"bytes"
	"html"
	"strings"
)

// A form is an HTML form with a SAML message, as identity providers send it
// for the browser to post.
type form struct {
	Action string
	Method string
	Fields []field // values with character references resolved
	// Whole tells that the inputs stood inside a form element: then one that
	// is not there was not sent.
	Whole bool
}

// findForm returns the first form of a document that has a SAML message; an
// input outside any form makes one without an action.
func findForm(doc []byte) (form, bool) {
	if !mayPost(doc) {
		return form{}, false
	}
	return firstForm(doc)
}

// mayPost reports whether a document may have a field for a SAML message: it
// names one, or holds characters by their numbers, which might. It costs much
// less than looking for the field, and most pages have none.
func mayPost(doc []byte) bool {
	for _, s := range [...]string{"SAMLRe", "wresult", "&#"} {
		if bytes.Contains(doc, []byte(s)) {
			return true
		}
	}
	return false
}

func firstForm(doc []byte) (form, bool) {
	var f form
	inForm := false
	for len(doc) > 0 {
		i := bytes.IndexByte(doc, '<')
		if i < 0 {
			break
		}
		doc = doc[i:]
		if bytes.HasPrefix(doc, []byte("<!--")) {
			doc = behind(doc[4:], "-->")
			continue
		}
		name, closing, rest, ok := tag(doc)
		if !ok {
			doc = doc[1:]
			continue
		}
		whole := doc[:len(doc)-len(rest)]
		doc = rest
		switch {
		case string(name) == "form" && !closing:
			if f.has() {
				return f, true
			}
			a := attributes(whole)
			f, inForm = form{Action: a["action"], Method: a["method"], Whole: true}, true
		case string(name) == "form":
			if f.has() {
				return f, true
			}
			f, inForm = form{}, false
		case string(name) == "input" && !closing && len(f.Fields) < 64:
			a := attributes(whole)
			if a["name"] != "" {
				f.Fields = append(f.Fields, field{a["name"], a["value"]})
			}
		case string(name) == "textarea" && !closing && len(f.Fields) < 64:
			a := attributes(whole)
			end := bytes.Index(bytes.ToLower(doc), []byte("</textarea"))
			if end >= 0 && a["name"] != "" {
				f.Fields = append(f.Fields, field{a["name"], html.UnescapeString(string(doc[:end]))})
				doc = doc[end:]
			}
		case silentTag(name) && !closing && !inForm && string(name) != "noscript":
			doc = behindClosing(doc, name)
		}
	}
	return f, f.has()
}

func (f form) has() bool {
	for _, x := range f.Fields {
		if isMessage(x.name) {
			return true
		}
	}
	return false
}

// attributes reads a tag's attributes, names in lower case, values with
// character references resolved.
func attributes(tag []byte) map[string]string {
	out := map[string]string{}
	s := string(tag)
	i := strings.IndexAny(s, " \t\r\n/")
	for i >= 0 && i < len(s) && len(out) < 64 {
		for i < len(s) && strings.IndexByte(" \t\r\n/", s[i]) >= 0 {
			i++
		}
		start := i
		for i < len(s) && strings.IndexByte(" \t\r\n/=>", s[i]) < 0 {
			i++
		}
		name := strings.ToLower(s[start:i])
		for i < len(s) && strings.IndexByte(" \t\r\n", s[i]) >= 0 {
			i++
		}
		value := ""
		if i < len(s) && s[i] == '=' {
			i++
			for i < len(s) && strings.IndexByte(" \t\r\n", s[i]) >= 0 {
				i++
			}
			if i < len(s) && (s[i] == '"' || s[i] == '\'') {
				q := s[i]
				end := strings.IndexByte(s[i+1:], q)
				if end < 0 {
					end = len(s) - i - 1
				}
				value = s[i+1 : i+1+end]
				i = min(len(s), i+2+end)
			} else {
				start := i
				for i < len(s) && strings.IndexByte(" \t\r\n>", s[i]) < 0 {
					i++
				}
				value = s[start:i]
			}
		}
		if name == "" {
			if i < len(s) && s[i] == '>' {
				break
			}
			i++
			continue
		}
		if _, ok := out[name]; !ok {
			out[name] = html.UnescapeString(value)
		}
	}
	return out
}
