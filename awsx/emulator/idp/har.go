package idp

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A Browser is one whose way of writing captures is known.
type Browser int

// The browsers, and the test driver that writes captures too.
const (
	Chrome Browser = iota
	Firefox
	Safari
	Playwright
)

// A Visit is a sign-in as a browser goes through it: the portal, the identity
// provider's page with its form that posts itself, the post, and what AWS and
// Connect answered. Empty addresses get those of a company called Northwind.
type Visit struct {
	Browser    Browser
	At         time.Time // of the post to AWS, on the browser's clock
	Portal     string    // https://apps.northwind.example/
	SSO        string    // the identity provider's page
	Response   []byte    // the SAML response
	RelayState string
	Answer     Page   // AWS's to the post; its URL is where it is posted
	Then       []Page // what followed
	// Skew is how far AWS's clock is ahead of the browser's; IDPSkew likewise.
	Skew, IDPSkew time.Duration
}

// A Page is one answer.
type Page struct {
	URL       string // for Visit.Answer https://signin.aws.amazon.com/saml where empty
	Status    int    // 200, or 302 with a Location
	Location  string
	Body      string // HTML
	RequestID string
	Cookies   []string // Set-Cookie
}

// HAR writes the capture as the visit's browser would.
func HAR(v Visit) ([]byte, error) {
	v.defaults()
	form := "SAMLResponse=" + escapeForm(Encode(v.Response))
	if v.RelayState != "" {
		form += "&RelayState=" + escapeForm(v.RelayState)
	}
	w := writer{Visit: v}
	w.entry(-1800*time.Millisecond, http.MethodGet, v.Portal, "", Page{Body: "<!DOCTYPE html><title>My apps</title><a href=\"" + html.EscapeString(v.SSO) + "\">Amazon Connect</a>"}, v.IDPSkew)
	w.entry(-1500*time.Millisecond, http.MethodGet, strings.TrimSuffix(v.Portal, "/")+"/static/portal.css", "", Page{Body: "body{font-family:sans-serif}"}, v.IDPSkew)
	w.entry(-600*time.Millisecond, http.MethodGet, v.SSO, "", Page{Body: v.selfPosting()}, v.IDPSkew)
	w.entry(0, http.MethodPost, v.Answer.URL, form, v.Answer, v.Skew)
	for i, p := range v.Then {
		w.entry(time.Duration(i+1)*300*time.Millisecond, http.MethodGet, p.URL, "", p, v.Skew)
	}
	out, err := json.MarshalIndent(w.log(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing a capture: %w", err)
	}
	return append(out, '\n'), nil
}

func (v *Visit) defaults() {
	if v.Portal == "" {
		v.Portal = "https://apps.northwind.example/"
	}
	if v.SSO == "" {
		v.SSO = "https://sso.northwind.example/app/amazon-connect/sso/saml"
	}
	if v.Answer.URL == "" {
		v.Answer.URL = "https://signin.aws.amazon.com/saml"
	}
}

// selfPosting is the page by which the HTTP-POST binding works.
func (v *Visit) selfPosting() string {
	relay := ""
	if v.RelayState != "" {
		relay = `<input type="hidden" name="RelayState" value="` + html.EscapeString(v.RelayState) + `">`
	}
	return `<!DOCTYPE html><html><head><title>Signing in</title></head><body onload="document.forms[0].submit()">` +
		`<form method="post" action="` + html.EscapeString(v.Answer.URL) + `"><input type="hidden" name="SAMLResponse" value="` +
		Encode(v.Response) + `">` + relay + `<noscript><button>Continue</button></noscript></form></body></html>`
}

// escapeForm escapes as browsers do in forms.
func escapeForm(s string) string { return url.QueryEscape(s) }

// A writer collects entries in one browser's dialect.
type writer struct {
	Visit
	entries []entry
	title   string
}

func (w *writer) entry(after time.Duration, method, address, form string, p Page, skew time.Duration) {
	at := w.At.Add(after)
	if p.Status == 0 {
		p.Status = http.StatusOK
		if p.Location != "" {
			p.Status = http.StatusFound
		}
	}
	took := 85.25
	kind := "text/html;charset=UTF-8"
	if strings.HasSuffix(address, ".css") {
		kind = "text/css"
	}
	if p.Location == "" && kind != "text/css" {
		w.title = address
	}
	headers := []pair{{"Content-Type", kind}, {"Date", at.Add(skew).UTC().Format(http.TimeFormat)}}
	if p.Location != "" {
		headers = append(headers, pair{"Location", p.Location})
	}
	if p.RequestID != "" {
		headers = append(headers, pair{"x-amzn-RequestId", p.RequestID})
	}
	for _, c := range p.Cookies {
		headers = append(headers, pair{"Set-Cookie", c})
	}
	e := entry{
		Started: at.UTC().Format("2006-01-02T15:04:05.000Z"), Time: took, Page: "page_1",
		Request: request{
			Method: method, URL: address, Version: "HTTP/2.0", Cookies: []any{}, Query: query(address),
			Headers: []pair{{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, {"User-Agent", agents[w.Browser]}},
			Size:    -1,
		},
		Response: response{
			Status: p.Status, Text: http.StatusText(p.Status), Version: "HTTP/2.0", Cookies: []any{}, Headers: headers,
			Redirect: p.Location, HeadersSize: -1, Size: len(p.Body),
			Content: content{Size: len(p.Body), Kind: kind, Text: p.Body},
		},
		Cache:   struct{}{},
		Timings: timings{Blocked: 1.5, Send: 0.25, Wait: 80.5, Receive: 3},
	}
	if form != "" {
		origin, _ := url.Parse(w.SSO)
		e.Request.Headers = append(e.Request.Headers, pair{"Content-Type", "application/x-www-form-urlencoded"})
		if origin != nil {
			e.Request.Headers = append(e.Request.Headers, pair{"Origin", origin.Scheme + "://" + origin.Host})
		}
		e.Request.BodySize = len(form)
		e.Request.Post = &post{Kind: "application/x-www-form-urlencoded", Text: form, Params: params(form)}
	}
	w.dialect(&e)
	w.entries = append(w.entries, e)
}

func query(address string) []pair {
	out := []pair{}
	u, err := url.Parse(address)
	if err != nil {
		return out
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if k, v, ok := strings.Cut(part, "="); ok {
			out = append(out, pair{k, v})
		}
	}
	return out
}

// params splits a form without decoding it.
func params(form string) []pair {
	var out []pair
	for part := range strings.SplitSeq(form, "&") {
		k, v, _ := strings.Cut(part, "=")
		out = append(out, pair{k, v})
	}
	return out
}
