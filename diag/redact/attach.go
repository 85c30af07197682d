package redact

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/samlens/diag/har"
)

// Attachments reads a body that an archive keeps in a file of its own, as
// Playwright does, by the name in the archive; at most limit bytes of it.
type Attachments func(name string, limit int) ([]byte, error)

// attached is the member of a body that names its file.
const attached = "_file"

// attachment is the body that a file holds; "" where it cannot be had as a
// whole, or no diagnosis reads it.
func (n *Names) attachment(a about, content jsontext.Pointer, name string) string {
	limit := 0
	switch content.LastToken() {
	case "postData":
		limit = har.MaxPost
	case "content":
		if strings.Contains(strings.ToLower(a.strings[content+"/mimeType"]), "html") {
			limit = har.MaxDocument
		}
	}
	if n.beside == nil || name == "" || limit == 0 {
		return ""
	}
	b, err := n.beside(name, limit+1)
	if err != nil || len(b) > limit {
		return ""
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// attach is the member that takes the place of a body's file: its text, or,
// where there is none, that there was one.
func (n *Names) attach(a about, content jsontext.Pointer, name string) (key, value string) {
	if _, both := a.strings[content+"/text"]; both {
		return attached, Marker
	}
	if s := n.attachment(a, content, name); s != "" {
		return "text", n.plainBody(a, content, s)
	}
	return attached, Marker
}
