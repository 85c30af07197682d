package capture

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/har"
)

// Limits of what a story keeps, so that memory does not grow with the file.
const (
	maxExchanges = 400
	maxMessages  = 200
	maxCarriers  = 8
	maxValues    = 16 << 20 // bytes of values and documents
	maxHosts     = 4096
)

// A story is a recording as it is read, entry by entry.
type story struct {
	form     evidence.Form
	writer   string
	rawParam bool // params hold values as they were sent, not decoded
	requests int
	hosts    map[string]bool
	steps    []*step
	messages []*message
	carriers []carrier
	bodies   int
	values   int
	dropped  int // messages beyond the limits
	asked    int // SAML requests
	beside   attach
}

// A step is one exchange that is kept.
type step struct {
	evidence.Exchange
	url   *url.URL
	host  string
	html  bool
	page  page
	body  bool // the answer's body was recorded
	asset bool
}

// A carrier is an IdP's page with the form that posts a response.
type carrier struct {
	step  *step
	form  form
	entry int
}

func newStory(form evidence.Form) *story {
	return &story{form: form, hosts: map[string]bool{}}
}

// add takes one entry of an archive.
func (s *story) add(e *har.Entry) {
	s.requests++
	u, err := url.Parse(e.URL)
	if err != nil {
		u = &url.URL{}
	}
	host := strings.ToLower(u.Hostname())
	if host != "" && len(s.hosts) < maxHosts {
		s.hosts[host] = true
	}
	s.files(e)
	mime, _, _ := strings.Cut(strings.ToLower(e.Content.MIME), ";")
	mime = strings.TrimSpace(mime)
	asset := isAsset(mime, u)
	m := read(e, s.rawParam)
	if m != nil {
		s.message(m)
	} else if asset {
		return // most of an archive is parts of pages
	}
	x := &step{url: u, host: host, html: isHTML(mime, e), asset: asset, body: e.Content.Present || e.Content.Text != ""}
	x.Exchange = evidence.Exchange{
		Entry: e.Index, At: e.Started, Took: e.Took, Method: strings.ToUpper(e.Method), URL: safeURL(e.URL), Status: e.Status,
		MIME: printable(mime, 100), Redirect: safeURL(e.Location), Date: e.Date, Party: party(u),
	}
	if e.Location == "" {
		x.Redirect = ""
	}
	if m != nil {
		x.SAML = m.field
	} else if x.Party == "" && !x.html && (e.Status < 300 || e.Status >= 400) && x.Method != "POST" {
		return
	}
	room := len(s.steps) < maxExchanges || m != nil && len(s.steps) < maxExchanges+maxMessages || ofAWS(x.Party) && x.html && len(s.steps) < 2*maxExchanges
	if x.html && e.Content.Text != "" {
		s.document(x, e, room)
	}
	if room {
		s.steps = append(s.steps, x)
	}
}

// message keeps a message within the limits.
func (s *story) message(m *message) {
	if m.field == "SAMLRequest" {
		s.asked++
	}
	s.values += len(m.value) + len(m.opened.XML)
	if len(s.messages) >= maxMessages || s.values > maxValues {
		s.dropped++
		return
	}
	s.messages = append(s.messages, m)
}

// files fetches bodies that are kept beside the archive.
func (s *story) files(e *har.Entry) {
	if s.beside == nil {
		return
	}
	if e.Post.File != "" && e.Post.Text == "" {
		if b, err := s.beside(e.Post.File, har.MaxPost); err == nil {
			e.Post.Text, e.Post.Over = string(b), len(b) > har.MaxPost
		}
	}
	if e.Content.File != "" && e.Content.Text == "" && strings.Contains(strings.ToLower(e.Content.MIME), "html") {
		if b, err := s.beside(e.Content.File, har.MaxDocument); err == nil {
			e.Content.Text, e.Content.Encoding, e.Content.Present = string(b[:min(len(b), har.MaxDocument)]), "", true
		}
	}
}

// document reads an HTML answer: what it shows, where its step is kept, and
// whether it carries a SAML response for the browser to post.
func (s *story) document(x *step, e *har.Entry, kept bool) {
	posts := !e.Content.Over && (!ofAWS(x.Party) || x.Party == partyCenter)
	if !kept && !posts {
		return
	}
	doc := decodeBody(e.Content.Text, e.Content.Encoding)
	if kept {
		s.show(x, doc)
	}
	if posts {
		if f, ok := findForm(doc); ok {
			if len(s.carriers) == maxCarriers {
				s.carriers = slices.Delete(s.carriers, 0, 1)
			}
			s.carriers = append(s.carriers, carrier{x, f, e.Index})
		}
	}
}

// show keeps what a document shows. The lines of a page are searched for
// errors where it is AWS's own; of others the beginning of the text is enough.
func (s *story) show(x *step, doc []byte) {
	const most = 4 << 10
	if ofAWS(x.Party) {
		x.page = readPage(doc, 4*most)
	} else {
		x.page = readPage(doc, 2*most) // more than will be shown, so that the end is cut once
	}
	x.Text = safeText(x.page.text(most))
	if !ofAWS(x.Party) {
		x.page.Lines = nil
	}
	if s.bodies < maxBodies {
		x.ResponseBody = safeBody(doc)
		s.bodies += len(x.ResponseBody)
	}
}

func isHTML(mime string, e *har.Entry) bool {
	return strings.Contains(mime, "html") || e.Content.Text != "" && (mime == "" || mime == "x-unknown") && envelope.XML(decodeBody(e.Content.Text, e.Content.Encoding))
}

// isAsset reports whether an answer is a part of a page and none itself.
func isAsset(mime string, u *url.URL) bool {
	for _, p := range [...]string{"image/", "font/", "audio/", "video/", "text/css", "application/javascript", "text/javascript", "application/x-javascript", "application/wasm", "application/font"} {
		if strings.HasPrefix(mime, p) {
			return true
		}
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".js", ".css", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".woff", ".woff2", ".ttf", ".map", ".json", ".webmanifest", ".txt", ".webp", ".mp3", ".wav":
		return true
	}
	return false
}

// order sorts what was read by time. DevTools does not write in order of
// time; where times are equal or missing the file's order counts.
func (s *story) order() {
	slices.SortStableFunc(s.steps, func(a, b *step) int { return byTime(a.At, b.At, a.Entry, b.Entry) })
	slices.SortStableFunc(s.messages, func(a, b *message) int { return byTime(a.started, b.started, a.entry, b.entry) })
	slices.SortStableFunc(s.carriers, func(a, b carrier) int { return byTime(a.step.At, b.step.At, a.entry, b.entry) })
}

func byTime(a, b time.Time, i, j int) int {
	if !a.IsZero() && !b.IsZero() {
		if c := a.Compare(b); c != 0 {
			return c
		}
	}
	return i - j
}

// stepOf returns the step of an entry.
func (s *story) stepOf(entry int) *step {
	for _, x := range s.steps {
		if x.Entry == entry {
			return x
		}
	}
	return nil
}
