package capture

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
)

// readDocument reads what is no HAR and fits into memory.
func readDocument(name string, doc []byte, depth int) []Source {
	src := Source{Name: name}
	if plain, ok := unprintable(doc); ok && depth < 4 {
		out := readDocument(name, plain, depth+1)
		for i := range out {
			for k := range out[i].SignIns {
				c := &out[i].SignIns[k].Capture
				c.Repairs = append(c.Repairs, evidence.Repair{What: "quoted-printable undone", Offset: -1})
			}
		}
		return out
	}
	scripted := bytes.Contains(doc, []byte(`=\"`)) && !bytes.Contains(doc, []byte(`="`)) // a string's content, escapes and all
	if envelope.XML(doc) && !scripted {
		return []Source{readXML(src, doc)}
	}
	text, repairs := plainText(doc)
	body := bytes.TrimSpace(text)
	if len(body) > 0 && (body[0] == '{' || body[0] == '[') {
		if s, ok := readJSON(name, body); ok {
			return []Source{s}
		}
	}
	if binary(text) {
		src.Err = fail(ErrUnknown, "the file is "+binaryKind(doc)+", not a capture", "export the sign-in as a HAR, or copy the SAMLResponse as text")
		src.Err.Source = name
		return []Source{src}
	}
	if bytes.HasPrefix(body, []byte("-----BEGIN ")) {
		src.Kind, src.Document = KindKey, doc
		return []Source{src}
	}
	if parts := readMail(name, body, depth); parts != nil {
		return parts
	}
	if lead := bytes.TrimLeft(text, " \t\r\n"); len(lead) > len(body) && bytes.HasPrefix(lead, body) && lead[len(body)] == ' ' {
		body = lead[:len(body)+1] // a space behind it may be the last plus of a value
	}
	in, kind, err := readText(body)
	if err != nil {
		err.Source = name
		src.Err = err
		return []Source{src}
	}
	in.Capture.Repairs = append(in.Capture.Repairs, repairs...)
	src.Kind, src.SignIns = kind, []SignIn{*in}
	return []Source{src}
}

// plainText brings a text to UTF-8.
func plainText(doc []byte) ([]byte, []evidence.Repair) {
	end := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(doc, []byte{0xEF, 0xBB, 0xBF}):
		return doc[3:], nil
	case len(doc) > 3 && (doc[0] == 0xFF && doc[1] == 0xFE || doc[0] != 0 && doc[1] == 0 && doc[2] != 0 && doc[3] == 0):
	case len(doc) > 3 && (doc[0] == 0xFE && doc[1] == 0xFF || doc[0] == 0 && doc[1] != 0 && doc[2] == 0 && doc[3] != 0):
		end = unicode.BigEndian
	default:
		return doc, nil
	}
	out, err := unicode.UTF16(end, unicode.UseBOM).NewDecoder().Bytes(doc)
	if err != nil {
		return doc, nil
	}
	return out, []evidence.Repair{{What: "text read as UTF-16", Offset: -1}}
}

func binary(b []byte) bool {
	head := b[:min(len(b), 4096)]
	if bytes.IndexByte(head, 0) >= 0 {
		return true
	}
	bad := 0
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != 0x1B {
			bad++
		}
		i += n
	}
	return bad > len(head)/20
}

func binaryKind(b []byte) string {
	for _, k := range [...]struct{ magic, name string }{
		{"\x89PNG", "a PNG image"}, {"\xFF\xD8\xFF", "a JPEG image"}, {"GIF8", "a GIF image"}, {"%PDF", "a PDF"}, {"\x7FELF", "a program"},
		{"7z\xBC\xAF", "a 7z archive"}, {"Rar!", "a RAR archive"}, {"BZh", "a bzip2 file"}, {"\xFD7zXZ", "an xz file"}, {"\x28\xB5\x2F\xFD", "a zstd file"},
		{"\xD4\xC3\xB2\xA1", "a packet capture (TLS hides the sign-in in it)"}, {"\x0A\x0D\x0D\x0A", "a packet capture (TLS hides the sign-in in it)"}, {"SQLite", "a database"},
	} {
		if bytes.HasPrefix(b, []byte(k.magic)) {
			return k.name
		}
	}
	return "a binary file"
}

// readXML reads a document that begins as XML or HTML does.
func readXML(src Source, doc []byte) Source {
	head := strings.ToLower(string(utf8Head(doc)[:min(len(utf8Head(doc)), 2048)]))
	trim := strings.TrimLeft(head, " \t\r\n")
	isPage := strings.HasPrefix(trim, "<!doctype html") || strings.HasPrefix(trim, "<html") || strings.HasPrefix(trim, "<form") ||
		strings.HasPrefix(trim, "<input") || strings.HasPrefix(trim, "<body") || strings.HasPrefix(trim, "<head") || strings.HasPrefix(trim, "<div") || strings.HasPrefix(trim, "<script") || strings.Contains(trim, "<html")
	root, ok := peekRoot(doc)
	if isPage || ok && root.content() == htmlPage {
		return readPageFile(src, doc)
	}
	if ok && root.content() == otherXML {
		if f, has := findForm(doc); has {
			return fromForm(src, f)
		}
		if in, kind := inside(unescapePage(doc)); in != nil { // a log or another tool's export
			src.Kind, src.SignIns = kind, []SignIn{*in}
			return src
		}
	}
	in, kind, err := xmlSignIn(doc, root, ok, evidence.FormXML)
	if err != nil {
		err.Source = src.Name
		src.Err = err
		return src
	}
	src.Kind = kind
	if kind == KindMetadata {
		src.Document = doc
		return src
	}
	src.SignIns = []SignIn{*in}
	return src
}

// xmlSignIn makes a sign-in of a document.
func xmlSignIn(doc []byte, root Root, ok bool, form evidence.Form) (*SignIn, Kind, *Error) {
	in := &SignIn{Document: doc, Root: root, Decoded: form == evidence.FormXML}
	in.Capture.Form, in.Capture.Entry = form, -1
	if !ok {
		return nil, "", fail(ErrBroken, "the document begins as XML and has no element that can be read", "copy it again, whole")
	}
	switch root.content() {
	case samlMetadata:
		return nil, KindMetadata, nil
	case samlRequest:
		in.Capture.Form = evidence.FormRequest
		in.Capture.Found = requestFound(root)
		return in, KindRequest, nil
	case samlResponse, samlOld, samlFederated:
		return in, KindXML, nil
	case otherXML, htmlPage:
	}
	return nil, "", fail(ErrNotSAML, "the document is XML with the root element <"+printable(root.Name, 60)+">, not a SAML response",
		"capture the POST to https://signin.aws.amazon.com/saml and take its SAMLResponse")
}

func requestFound(root Root) string {
	return "a SAML request (" + printable(root.Name, 40) + "), which goes to the IdP; what is wanted is the SAMLResponse that comes back and is posted to AWS"
}

// readPageFile reads a saved HTML page.
func readPageFile(src Source, doc []byte) Source {
	if f, ok := findForm(doc); ok {
		return fromForm(src, f)
	}
	// A viewer may show the response as text inside its page.
	if in, kind, err := readText([]byte(unescapePage(doc))); err == nil {
		src.Kind, src.SignIns = kind, []SignIn{*in}
		return src
	}
	p := readPage(doc[:min(len(doc), 1<<20)], 4<<10)
	found := "the page"
	if p.Title != "" {
		found += " “" + printable(p.Title, 80) + "”"
	}
	src.Err = fail(ErrNoSAML, found+" holds no form with a SAMLResponse", "save the page that the IdP sends just before AWS, or record a HAR")
	src.Err.Source = src.Name
	for _, l := range p.Lines {
		if s := (&step{page: page{Lines: []string{l}}}); s.known() != "" {
			src.Err.Found += "; it says “" + printable(l, 160) + "”"
			break
		}
	}
	return src
}

// fromForm makes the source of an IdP's auto-submit page.
func fromForm(src Source, f form) Source {
	m := formMessage(f, evidence.Spot{In: evidence.InPage}, nil)
	src.Kind = KindHTML
	in := bareSignIn(m, evidence.FormHTML)
	if !strings.Contains(f.Action, "://") {
		// A saved page without its address does not say where it posts.
		in.Capture.Posted = nil
	}
	if !f.Whole && in.Capture.RelayState.State == evidence.Absent {
		in.Capture.RelayState = evidence.Fact[evidence.Text]{}
	}
	src.SignIns = []SignIn{in}
	return src
}

// bareSignIn makes the sign-in of a message that stands alone.
func bareSignIn(m *message, form evidence.Form) SignIn {
	in := SignIn{From: m.from}
	c := &in.Capture
	c.Form, c.Entry, c.RelayState = form, -1, m.relay
	if m.post.URL != "" {
		p := m.post
		c.Posted = &p
	}
	c.PickedRole = m.role
	c.Repairs = append(append([]evidence.Repair{}, m.mended...), m.opened.Repairs...)
	settle(&in, m)
	if in.Document != nil && (m.field == "SAMLRequest" || in.Root.content() == samlRequest) {
		c.Form, c.Found = evidence.FormRequest, requestFound(in.Root)
	}
	return in
}

// opened makes a sign-in of a value that envelope.Open understood, if it is
// SAML.
func openedSignIn(d envelope.Document, form evidence.Form) (*SignIn, Kind, *Error) {
	root, ok := peekRoot(d.XML)
	in, kind, err := xmlSignIn(d.XML, root, ok, form)
	if err != nil || in == nil {
		if err == nil {
			err = fail(ErrNotSAML, "the value is base64 of SAML metadata", "give the metadata itself with --metadata")
		}
		return nil, "", err
	}
	in.EncodedLen, in.Decoded = d.EncodedLen, d.EncodedLen == 0
	in.Capture.Repairs = d.Repairs
	if kind == KindXML && d.EncodedLen > 0 {
		kind = KindBase64
	}
	return in, kind, nil
}

// undecodable makes the sign-in of a value that is meant to be a response and
// cannot be opened.
func undecodable(value []byte, err error, form evidence.Form) *SignIn {
	in := &SignIn{}
	in.Capture.Form, in.Capture.Entry = form, -1
	m := &message{field: "SAMLResponse", value: string(value), err: err, masked: maskedBy(string(value))}
	settle(in, m)
	return in
}
