package idp

import (
	"net/url"
	"strings"
	"time"
)

// The members that captures have in common, in the order in which HAR 1.2
// names them.
type (
	pair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	entry struct {
		Page      string   `json:"pageref,omitempty"`
		Started   string   `json:"startedDateTime"`
		Time      float64  `json:"time"`
		Request   request  `json:"request"`
		Response  response `json:"response"`
		Cache     struct{} `json:"cache"`
		Timings   timings  `json:"timings"`
		Server    string   `json:"serverIPAddress,omitempty"`
		Resource  string   `json:"_resourceType,omitempty"`
		Priority  string   `json:"_priority,omitempty"`
		Monotonic float64  `json:"_monotonicTime,omitempty"`
	}
	request struct {
		Method   string `json:"method"`
		URL      string `json:"url"`
		Version  string `json:"httpVersion"`
		Cookies  []any  `json:"cookies"`
		Headers  []pair `json:"headers"`
		Query    []pair `json:"queryString"`
		Size     int    `json:"headersSize"`
		BodySize int    `json:"bodySize"`
		Post     *post  `json:"postData,omitempty"`
	}
	post struct {
		Kind   string `json:"mimeType"`
		Text   string `json:"text"`
		Params []pair `json:"params"`
	}
	response struct {
		Status      int     `json:"status"`
		Text        string  `json:"statusText"`
		Version     string  `json:"httpVersion"`
		Cookies     []any   `json:"cookies"`
		Headers     []pair  `json:"headers"`
		Content     content `json:"content"`
		Redirect    string  `json:"redirectURL"`
		HeadersSize int     `json:"headersSize"`
		Size        int     `json:"bodySize"`
		Transfer    int     `json:"_transferSize,omitempty"`
		FetchType   string  `json:"_fetchType,omitempty"`
	}
	content struct {
		Size int    `json:"size"`
		Kind string `json:"mimeType"`
		Text string `json:"text,omitempty"`
	}
	timings struct {
		Blocked float64 `json:"blocked"`
		DNS     float64 `json:"dns"`
		Connect float64 `json:"connect"`
		SSL     float64 `json:"ssl"`
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
	named struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
)

var agents = map[Browser]string{
	Chrome:     "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	Firefox:    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
	Safari:     "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
	Playwright: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
}

var creators = map[Browser]named{
	Chrome:     {"WebInspector", "537.36"},
	Firefox:    {"Firefox", "144.0"},
	Safari:     {"WebKit Web Inspector", "1.0"},
	Playwright: {"Playwright", "1.56.1"},
}

// dialect gives an entry what only its browser does.
func (w *writer) dialect(e *entry) {
	e.Timings.DNS, e.Timings.Connect, e.Timings.SSL = -1, -1, -1
	switch w.Browser {
	case Chrome:
		// Names in lower case under HTTP/2, pseudo headers, and since version 130
		// no cookies unless asked for. Parameters stay percent-encoded.
		e.Resource, e.Priority, e.Server = "document", "VeryHigh", "192.0.2.10"
		e.Response.Transfer, e.Response.Text = e.Response.Size+210, ""
		e.Response.Size = -1
		e.Response.Content.Kind, _, _ = strings.Cut(e.Response.Content.Kind, ";")
		lower(e.Request.Headers)
		e.Response.Headers = without(e.Response.Headers, "Set-Cookie")
		lower(e.Response.Headers)
		if u, err := url.Parse(e.Request.URL); err == nil {
			pseudo := []pair{{":authority", u.Host}, {":method", e.Request.Method}, {":path", u.RequestURI()}, {":scheme", u.Scheme}}
			e.Request.Headers = append(pseudo, e.Request.Headers...)
		}
		e.Request.Version, e.Response.Version = "http/2.0", "http/2.0"
	case Firefox:
		// Parameters are decoded, and the text begins with nothing but the form.
		e.Request.Version, e.Response.Version = "HTTP/2", "HTTP/2"
		e.Server = "192.0.2.10"
		decode(e.Request.Post)
		e.Timings.DNS, e.Timings.Connect, e.Timings.SSL = 0, 0, 0
		e.Started = strings.TrimSuffix(e.Started, "Z") + "+00:00"
	case Safari:
		e.Response.FetchType = "Network Load"
		e.Response.Transfer = e.Response.Size + 210
		if e.Request.Post != nil {
			e.Request.Post.Params = []pair{}
		}
	case Playwright:
		// The text is empty where there are parameters, and those are decoded.
		e.Resource, e.Monotonic, e.Server = "document", 174672.5, "192.0.2.10"
		lower(e.Request.Headers)
		lower(e.Response.Headers)
		decode(e.Request.Post)
		if e.Request.Post != nil {
			e.Request.Post.Text = ""
		}
	}
}

func lower(h []pair) {
	for i := range h {
		h[i].Name = strings.ToLower(h[i].Name)
	}
}

func without(h []pair, name string) []pair {
	out := []pair{}
	for _, p := range h {
		if p.Name != name {
			out = append(out, p)
		}
	}
	return out
}

func decode(p *post) {
	if p == nil {
		return
	}
	for i, v := range p.Params {
		if plain, err := url.QueryUnescape(v.Value); err == nil {
			p.Params[i].Value = plain
		}
	}
}

// log is the whole file.
func (w *writer) log() any {
	type page struct {
		Started string             `json:"startedDateTime"`
		ID      string             `json:"id"`
		Title   string             `json:"title"`
		Timings map[string]float64 `json:"pageTimings"`
	}
	type log struct {
		Version string  `json:"version"`
		Creator named   `json:"creator"`
		Browser *named  `json:"browser,omitempty"`
		Pages   []page  `json:"pages"`
		Entries []entry `json:"entries"`
	}
	l := log{Version: "1.2", Creator: creators[w.Browser], Entries: w.entries, Pages: []page{{
		Started: w.At.Add(-1800 * time.Millisecond).UTC().Format("2006-01-02T15:04:05.000Z"), ID: "page_1", Title: w.title,
		Timings: map[string]float64{"onContentLoad": 191.5, "onLoad": 193.75},
	}}}
	switch w.Browser {
	case Firefox:
		l.Browser = &named{"Firefox", "144.0"}
	case Playwright:
		l.Browser = &named{"chromium", "142.0.7444.0"}
	case Chrome, Safari:
	}
	return map[string]any{"log": l}
}
